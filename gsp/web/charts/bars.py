"""Horizontal bars: grouped, stacked, and the two-bar picture of a skill gap.

Lengths are percentages of the drawing's width and type keeps its size in pixels, so that the
same drawing fits a telephone and a wide screen.
"""

from textwrap import wrap
from typing import NamedTuple

from django.utils.translation import gettext as _

from gsp.web.charts.svg import element, percent, picture, share
from gsp.web.formats import number

LINE_HEIGHT = 18
LABEL_GAP = 6
BAR_HEIGHT = 14
BAR_GAP = 4
ROW_GAP = 20
LONGEST_BAR = 80  # percent of the width; the rest is for the figure behind it
LABEL_WIDTH = 30  # characters in a line


class Segment(NamedTuple):
    """A stretch of a bar: the series it belongs to (``series-…`` class) and its value."""

    series: str
    value: float


class Bar(NamedTuple):
    """One bar: its segments in order and the text behind its end."""

    segments: tuple
    text: str


def grouped_bars(rows, *, title, description, rtl=False):
    """Draw rows of ``(label, [(series, value), …])`` with one bar for each value."""
    drawn = [
        (label, [Bar((Segment(series, value),), number(value)) for series, value in values])
        for label, values in rows
    ]
    return _draw(drawn, title=title, description=description, rtl=rtl)


def stacked_bar(rows, *, title, description, rtl=False):
    """Draw rows of ``(label, [(series, value), …])`` as one bar each, its parts end to end."""
    drawn = [
        (
            label,
            [
                Bar(
                    tuple(Segment(series, value) for series, value in values),
                    number(sum(value for _series, value in values)),
                )
            ],
        )
        for label, values in rows
    ]
    return _draw(drawn, title=title, description=description, rtl=rtl)


def gap_chart(rows, *, title, description, rtl=False):
    """Draw ``(label, demand, supply, pipeline, gap)`` rows: demand above, what meets it below.

    The lower bar puts supply, pipeline and gap end to end, so the hatched rest is what is missing.
    """
    drawn = []
    for label, demand, supply, pipeline, gap in rows:
        met = (Segment("supply", supply), Segment("pipeline", pipeline), Segment("gap", gap))
        missing = _("gap %(gap)s") % {"gap": number(gap)} if gap else _("no gap")
        drawn.append(
            (label, [Bar((Segment("demand", demand),), number(demand)), Bar(met, missing)])
        )
    return _draw(drawn, title=title, description=description, rtl=rtl)


def _draw(rows, *, title, description, rtl):
    longest = max((_length(bar) for _label, bars in rows for bar in bars), default=0)
    drawing, top = [], 0
    for label, bars in rows:
        lines = wrap(str(label), LABEL_WIDTH, max_lines=2, placeholder="…")
        drawing.append(_row(label, lines, bars, top, longest, rtl))
        top += _bars_top(lines) + len(bars) * (BAR_HEIGHT + BAR_GAP) - BAR_GAP + ROW_GAP
    height = max(top - ROW_GAP, 0)
    return picture(
        *drawing,
        title=title,
        description=description,
        class_="chart-bars",
        width="100%",
        height=height,
        direction="rtl" if rtl else "ltr",
    )


def _bars_top(lines):
    return len(lines) * LINE_HEIGHT + LABEL_GAP


def _row(label, lines, bars, top, longest, rtl):
    start = percent(100 if rtl else 0)
    parts = [element("title", label)]
    for index, line in enumerate(lines):
        y = top + 14 + index * LINE_HEIGHT
        parts.append(element("text", line, class_="chart-label", x=start, y=y))
    for index, bar in enumerate(bars):
        y = top + _bars_top(lines) + index * (BAR_HEIGHT + BAR_GAP)
        parts.extend(_bar(bar, y, longest, rtl))
    return element("g", *parts)


def _bar(bar, y, longest, rtl):
    reached, parts = 0.0, []
    for segment in bar.segments:
        width = _width(segment.value, longest)
        if not width:
            continue
        x = round(100 - reached - width if rtl else reached, 1)
        parts.append(
            element(
                "rect",
                class_=f"series-{segment.series}",
                x=percent(x),
                y=y,
                width=percent(width),
                height=BAR_HEIGHT,
                rx=2,
            )
        )
        reached = round(reached + width, 1)
    parts.append(
        element(
            "text",
            bar.text,
            class_="chart-value",
            x=percent(round(100 - reached if rtl else reached, 1)),
            dx=-8 if rtl else 8,
            y=y + 11,
        )
    )
    return parts


def _length(bar):
    return sum(max(segment.value, 0) for segment in bar.segments)


def _width(value, longest):
    return round(share(max(value, 0), longest) * LONGEST_BAR / 100, 1)
