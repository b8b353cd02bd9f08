"""The gallery: every component with sample data; it doubles as the components' test."""

import datetime as dt
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from gsp.web.charts import gap_chart, grouped_bars, sparkline, stacked_bar

GAPS = [
    (later("Welders and flame cutters"), 42, 18, 9, 15),
    (later("Nursing assistants"), 36, 12, 16, 8),
    (later("Bricklayers and related workers"), 24, 20, 6, 0),
]
NOW = dt.datetime(2026, 11, 22, 2, 14, tzinfo=dt.UTC)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=later("Name"), help_text=later("As in the contract of the partnership.")
    )
    seats = forms.IntegerField(label=later("Seats"), min_value=1)
    starts_on = forms.DateField(
        label=later("Starts on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    country = forms.ChoiceField(
        label=later("Country"), choices=[("XK", later("Kosovo")), ("DE", later("Germany"))]
    )
    track = forms.ChoiceField(
        label=later("Track"),
        choices=[("home", later("Home")), ("away", later("Away"))],
        widget=forms.RadioSelect,
        required=False,
    )
    agreed = forms.BooleanField(label=later("The employer has signed the letter of intent"))
    note = forms.CharField(
        label=later("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def gallery(request):
    """Show every component once."""
    return render(request, "web/gallery.html", sample())


def sample():
    """The gallery's context: fixed figures, so that its picture never changes by itself."""
    return {
        **_lists(),
        **_charts(),
        "page": Paginator(range(240), 25).page(3),
        "form": SampleForm(),
        "faulty_form": SampleForm({"name": "", "seats": "-2", "country": "XK"}),
        "filter_form": SampleForm(auto_id="filter_%s"),
        "now": NOW,
        "wage": Decimal("2850"),
    }


def _lists():
    return {
        "crumbs": [{"label": _("Germany–Kosovo"), "url": "#"}, {"label": _("Cohorts"), "url": "#"}],
        "tabs": [
            {"label": _("Overview"), "url": "#", "current": True, "icon": "grid"},
            {"label": _("Trainees"), "url": "#", "count": 1240},
            {"label": _("History"), "url": "#"},
        ],
        "facts": [(_("Origin"), _("Kosovo")), (_("Agreed seats"), "60"), (_("Home floor"), "50%")],
        "reasons": [
            {"verdict": "met", "label": _("MIG welding"), "detail": _("level 3 of 3")},
            {"verdict": "met", "label": _("German"), "detail": "B1"},
            {"verdict": "claimed", "label": _("reading of drawings")},
            {"verdict": "missing", "label": _("TIG welding")},
            {"verdict": "optional", "label": _("crane licence")},
        ],
        "downloads": [
            {"label": _("Template of the cohort file"), "url": "#", "hint": "XLSX, 12 KB"},
            {"label": _("Codes of occupations"), "url": "#", "icon": "filetype-csv", "hint": "CSV"},
        ],
        "rows": [
            ("Arta Krasniqi", "T-0412", "home", "certified", 0.92),
            ("يوسف بنعلي", "T-0413", "away", "proposed", 0.87),
            ("Мира Петровић", "T-0414", "undecided", "in_training", 0.64),
        ],
        "tones": ["quiet", "info", "accent", "good", "wait", "bad", "home", "away", "undecided"],
        "states": [
            "draft",
            "open",
            "running",
            "proposed",
            "accepted",
            "pending",
            "failed",
            "expired",
        ],
    }


def _charts():
    rtl = get_language_bidi()
    return {
        "gap_svg": gap_chart(
            GAPS,
            title=_("Welders are missing most"),
            description=_("Demand, supply, pipeline and gap of three occupations."),
            rtl=rtl,
        ),
        "gap_legend": [
            ("demand", _("Demand")),
            ("supply", _("Local supply")),
            ("pipeline", _("In training")),
            ("gap", _("Gap")),
        ],
        "gap_data": {
            "columns": [
                _("Occupation"),
                _("Demand"),
                _("Local supply"),
                _("In training"),
                _("Gap"),
            ],
            "rows": GAPS,
        },
        "group_svg": grouped_bars(
            [
                (label, [("home", supply), ("away", demand)])
                for label, demand, supply, *_rest in GAPS
            ],
            title=_("Openings per track"),
            description=_("Openings at home and away of three occupations."),
            rtl=rtl,
        ),
        "stack_svg": stacked_bar(
            [("2026", [("home", 31), ("away", 22), ("undecided", 7)])],
            title=_("Half stay"),
            description=_("Sixty graduates by track."),
            rtl=rtl,
        ),
        "spark_svg": sparkline(
            [12, 14, 13, 17, 19, 24, 22, 27],
            title=_("Placements rise"),
            description=_("Placements per week, eight weeks."),
            rtl=rtl,
        ),
        "track_legend": [("home", _("Home")), ("away", _("Away")), ("undecided", _("Undecided"))],
    }
