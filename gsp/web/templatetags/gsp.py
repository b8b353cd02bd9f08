"""The words every template knows without loading anything (registered as builtin)."""

from django import template
from django.conf import settings
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import (
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    RadioSelect,
    Select,
)
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from gsp.web import formats, tones

register = template.Library()

register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("money", formats.money)
register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("country_name", formats.country_name)
register.filter("language_name", formats.language_name)
register.filter("state_look", tones.state_look)
register.filter("track_look", tones.track_look)
register.filter("reason_look", tones.reason_look)
register.filter("notice_look", tones.notice_look)
register.simple_tag(formats.money, name="money")

THEMES = ("light", "dark")


@register.filter
def since(value):
    """How long ago, or until when, in words; a dash where there is no moment."""
    return formats.since(value, timezone.now()) if value else formats.NOTHING


@register.filter
def bdi(value):
    """Isolate a name or reference, so that its direction leaves the text around it alone."""
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def called(name, words):
    """What ``words`` calls a name; the name itself where they do not know it."""
    return words.get(name, name)


@register.filter
def initials(name):
    """The first letters of the first and last word of a name."""
    words = str(name).replace("@", " ").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def endonym(code):
    """A language's name in that language itself, for the language switch."""
    return get_language_info(code)["name_local"].capitalize()


@register.simple_tag(takes_context=True)
def desk_url(context, name, **kwargs):
    """The address of a page at the open desk: ``{% desk_url 'cohort' uid=cohort.uid %}``."""
    return context["desk"].url(name, **kwargs)


@register.simple_tag(takes_context=True)
def audit_url(context, record):
    """The address of a record's audit trail; nothing for members who may not read it."""
    desk = context.get("desk")
    if not desk or not desk.member.may("view_audit"):
        return ""
    return desk.url("audit", label=record._meta.label_lower, uid=record.uid)


@register.simple_tag(takes_context=True)
def querystring_with(context, **changes):
    """The current query with some values changed: ``{% querystring_with page=2 %}``.

    ``None`` or an empty text removes a key. Always starts with "?".
    """
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = value
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def sort_link(context, key, parameter="sort"):
    """Where a column heading leads and how it is sorted now: ``url`` and ``direction``.

    ``direction`` is "ascending", "descending" or "" and fits ``aria-sort``.
    """
    request = context.get("request")
    current = request.GET.get(parameter, "") if request else ""
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    following = f"-{key}" if direction == "ascending" else key
    url = querystring_with(context, **{parameter: following, "page": None, "cursor": None})
    return {"url": url, "direction": direction}


@register.simple_tag
def page_numbers(page):
    """The page numbers worth showing, with gaps as None, from a Django ``Page``."""
    ellipsis = page.paginator.ELLIPSIS
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [None if number == ellipsis else number for number in numbers]


@register.simple_tag(takes_context=True)
def theme(context):
    """The reader's theme from its cookie: "light", "dark", or "auto" (follow the device)."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme") if request else None
    return chosen if chosen in THEMES else "auto"


@register.simple_tag
def languages():
    """The languages the product speaks, as their codes."""
    return [code for code, _ in settings.LANGUAGES]


@register.filter
def field_kind(field):
    """How a bound field is laid out: "check", "choices", "select", "file" or "text"."""
    widget = field.field.widget
    kinds = (
        (RadioSelect, "choices"),
        (CheckboxSelectMultiple, "choices"),
        (CheckboxInput, "check"),
        (Select, "select"),
        (ClearableFileInput, "file"),
    )
    return next((kind for widget_class, kind in kinds if isinstance(widget, widget_class)), "text")


def _name_no_choice(field):
    """Put words in place of Django's row of hyphens, which no screen reader can say."""
    words = _("Choose…") if field.required else formats.NOTHING
    field.widget.choices = [
        (value, words if label == BLANK_CHOICE_DASH[0][1] else label)
        for value, label in field.widget.choices
    ]


@register.filter
def control(field):
    """Render a bound field's widget with the classes of our forms; its own attributes stay.

    A group of choices stays bare, because Django gives its class to the box around it too.
    """
    kind = field_kind(field)
    if kind == "choices":
        return field.as_widget()
    css = {"check": "form-check-input", "select": "form-select"}.get(kind, "form-control")
    if kind == "select":
        _name_no_choice(field.field)
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{own} {css}".strip()})
