"""SVG elements as escaped text; colours come from classes, never from style attributes."""

from zlib import crc32

from django.utils.html import format_html, format_html_join


def element(name, *children, **attributes):
    """One SVG element; ``class_`` becomes class, ``stroke_width`` becomes stroke-width."""
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    written = format_html_join("", ' {}="{}"', ((k, v) for k, v in pairs if v is not None))
    inner = format_html_join("", "{}", ((child,) for child in children))
    return format_html("<{}{}>{}</{}>", name, written, inner, name)


def picture(*children, title, description, **attributes):
    """A whole drawing with its name and description for screen readers."""
    key = f"chart-{crc32(repr((title, description, children)).encode()):08x}"
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        **attributes,
    )


def share(part, whole):
    """``part`` of ``whole`` as percent with one decimal; 0 where there is no whole."""
    return round(100 * float(part) / float(whole), 1) if whole else 0.0


def percent(value):
    """A length in percent as SVG writes it: 25.0 becomes "25%"."""
    return f"{value:g}%"
