"""Shares of a selection as charts and tables."""

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from gsp.web.charts import grouped_bars
from gsp.web.formats import number, percent
from selection.shares import STAGES, Breakdown
from trainees.models import Person

SERIES = dict(zip(STAGES, ("quiet", "supply", "wait", "good"), strict=True))
HIDDEN = "< 5"


def charts(shares: Breakdown) -> list[dict]:
    """Return, for each dimension, title, drawing, legend and the same as a table."""
    stages, titles = stage_names(), dimension_names()
    legend = [(SERIES[stage], stages[stage]) for stage in STAGES]
    return [
        {
            "title": titles[name],
            "svg": _drawing(titles[name], name, lines),
            "legend": legend,
            "columns": [titles[name], *stages.values()],
            "rows": _rows(name, lines),
        }
        for name, lines in shares.lines.items()
        if lines
    ]


def stage_names() -> dict[str, str]:
    """Return how far applications got, in words."""
    return {
        "applied": _("Applied"),
        "eligible": _("Eligible"),
        "shortlisted": _("Shortlisted"),
        "offered": _("Offered a place"),
    }


def dimension_names() -> dict[str, str]:
    """Return by what people are counted, in words."""
    return {
        "sex": _("Sex"),
        "age": _("Age"),
        "region": _("Region"),
        "disability": _("Disability"),
    }


def value_name(dimension: str, value: str) -> str:
    """Return one value of a dimension in words."""
    if dimension == "sex":
        return str(Person.Sex(value).label)
    known = {
        "under_18": _("Under 18"),
        "18_24": _("18 to 24"),
        "25_29": _("25 to 29"),
        "30_34": _("30 to 34"),
        "35_and_over": _("35 and over"),
        "unknown": _("Not known"),
        "not_said": _("Not said"),
        "elsewhere": _("Other regions"),
        "yes": _("Yes"),
        "no": _("No"),
    }
    return known.get(value, value)


def _drawing(title: str, name: str, lines: dict):
    rows = [
        (
            value_name(name, value),
            [(SERIES[stage], line[stage].share or 0) for stage in STAGES],
        )
        for value, line in lines.items()
    ]
    return grouped_bars(
        [
            (label, [(series, round(100 * share, 1)) for series, share in bars])
            for label, bars in rows
        ],
        title=title,
        description=_("Percent of everybody at that stage"),
        rtl=get_language_bidi(),
    )


def _rows(name: str, lines: dict) -> list[list[str]]:
    return [
        [value_name(name, value), *(_written(line[stage]) for stage in STAGES)]
        for value, line in lines.items()
    ]


def _written(figure) -> str:
    if figure.count is None:
        return HIDDEN
    if figure.share is None:
        return number(figure.count)
    return f"{number(figure.count)} ({percent(figure.share)})"
