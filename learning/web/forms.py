"""The shapes of what is entered about sessions, assessments, results and languages."""

from datetime import datetime
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from catalogue.models import CefrLevel, Language
from learning.actions.languages import PARTS
from learning.actions.sessions import Week
from learning.models import Assessment
from trainees.models import LanguageResult
from training.models import Module
from training.web.forms import date_input

WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


def time_input():
    """Return the browser's own clock."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class OfModule(forms.Form):
    """What sessions have in common: module, place, trainer, for whom."""

    module = forms.ModelChoiceField(
        label=_("Module"),
        queryset=Module.objects.none(),
        required=False,
        empty_label=_("The course as a whole"),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    trainer = forms.CharField(label=_("Trainer"), max_length=120, required=False)
    away_only = forms.BooleanField(label=_("For the away track only"), required=False)

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        modules = Module.objects.filter(course=cohort.course_id).order_by("position")
        self.fields["module"].queryset = modules


class SessionForm(OfModule):
    """One session: its day and hours in the agency's time zone."""

    day = forms.DateField(label=_("Day"), widget=date_input())
    starts = forms.TimeField(label=_("Starts at"), widget=time_input())
    ends = forms.TimeField(label=_("Ends at"), widget=time_input())
    field_order = ["module", "day", "starts", "ends", "place", "trainer", "away_only"]

    def facts(self) -> dict:
        """Return the session as the action takes it."""
        facts = dict(self.cleaned_data)
        day, zone = facts.pop("day"), timezone.get_current_timezone()
        return facts | {
            "starts_at": datetime.combine(day, facts.pop("starts"), zone),
            "ends_at": datetime.combine(day, facts.pop("ends"), zone),
        }


class WeekForm(OfModule):
    """A session on the same weekdays, between two days."""

    weekdays = forms.MultipleChoiceField(
        label=_("On"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.TimeField(label=_("Starts at"), widget=time_input())
    ends = forms.TimeField(label=_("Ends at"), widget=time_input())
    first = forms.DateField(label=_("First day"), widget=date_input())
    last = forms.DateField(label=_("Last day"), widget=date_input())
    field_order = ["module", "weekdays", "starts", "ends", "first", "last", "place", "trainer"]

    def week(self) -> Week:
        """Return the pattern, in the agency's time zone."""
        facts = self.cleaned_data
        return Week(
            frozenset(int(number) for number in facts["weekdays"]),
            facts["starts"],
            facts["ends"],
            facts["first"],
            facts["last"],
            timezone.get_current_timezone(),
        )

    def facts(self) -> dict:
        """Return what every session of the pattern shares."""
        names = ("module", "place", "trainer", "away_only")
        return {name: self.cleaned_data[name] for name in names}


class DaysForm(forms.Form):
    """The days of a pattern, each to be kept or left out."""

    days = forms.TypedMultipleChoiceField(
        label=_("Plan a session on"),
        widget=forms.CheckboxSelectMultiple,
        coerce=datetime.fromisoformat,
        required=False,
    )

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(day.isoformat(), date_format(day, "l, j F Y")) for day in days]
        self.fields["days"].choices = named
        self.fields["days"].initial = [value for value, _label in named]


class CancelForm(forms.Form):
    """Why a session does not take place."""

    reason = forms.CharField(label=_("Why it is cancelled"), max_length=200)


class AssessmentForm(forms.ModelForm):
    """What a cohort is assessed by."""

    class Meta:
        model = Assessment
        fields = ["title", "module", "kind", "held_on", "most_points", "pass_points"]
        widgets = {"held_on": date_input()}
        help_texts = {
            "module": _("Who passes all assessments of a module has done it."),
            "most_points": _("Such as 100."),
        }

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        modules = Module.objects.filter(course=cohort.course_id).order_by("position")
        self.fields["module"].queryset = modules
        self.fields["module"].empty_label = _("The course as a whole")
        if not self.instance.pk:
            self.initial = {"most_points": Decimal(100), "pass_points": Decimal(60)} | self.initial

    def _post_clean(self):
        """Leave the model's rules to the action."""


class ModuleDoneForm(forms.Form):
    """A module that somebody has done, recorded by hand."""

    module = forms.ModelChoiceField(label=_("Module"), queryset=Module.objects.none())
    on = forms.DateField(label=_("Done on"), widget=date_input())
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("What it rests on, such as a course elsewhere."),
    )

    def __init__(self, *args, enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        done = enrolment.modules_done.values("module")
        modules = Module.objects.filter(course=enrolment.cohort.course_id).exclude(pk__in=done)
        self.fields["module"].queryset = modules.order_by("position")


class LanguageForm(forms.Form):
    """A language test, skill by skill."""

    language = forms.ModelChoiceField(
        label=_("Language"), queryset=Language.objects.order_by("name")
    )
    tested_on = forms.DateField(label=_("Day of the test"), widget=date_input())
    expires_on = forms.DateField(label=_("Valid until"), widget=date_input(), required=False)
    test = forms.CharField(
        label=_("Test"), max_length=80, required=False, help_text=_("Such as Goethe-Zertifikat.")
    )
    certificate = forms.CharField(
        label=_("Certificate number"),
        max_length=80,
        required=False,
        help_text=_("It is kept encrypted."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        levels = [("", "–"), *CefrLevel.choices]
        for part in PARTS:
            self.fields[part] = forms.ChoiceField(
                label=LanguageResult.Skill(part).label, choices=levels, required=False
            )
        self.fields["overall"] = forms.ChoiceField(
            label=_("Overall"),
            choices=levels,
            required=False,
            help_text=_("Only if the certificate states one; else it is the lowest of the four."),
        )

    def facts(self) -> dict:
        """Return the test as the action takes it."""
        facts = dict(self.cleaned_data)
        return facts | {"levels": {part: facts.pop(part) for part in PARTS}}
