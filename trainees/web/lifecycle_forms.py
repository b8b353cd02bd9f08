"""The shapes of what is entered about leaving, returning, journeys and follow-ups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainees.journey_states import PlacementKind
from trainees.models import Counselling, FollowUp
from trainees.states import LeftReason
from training.models import Cohort
from training.web.forms import date_input

# Reasons that actions write themselves.
WRITTEN = ("cohort_cancelled", "other_cohort", "duplicate", "not_recorded")


def note_field():
    """Return the field of a note, which lies encrypted."""
    area = forms.Textarea({"rows": 3})
    return forms.CharField(label=_("Note"), required=False, max_length=2000, widget=area)


class LeaveForm(forms.Form):
    """Why somebody leaves, and when they mean to be back."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", "–"), *(one for one in LeftReason.choices if one[0] not in WRITTEN)],
    )
    returns_on = forms.DateField(label=_("Plans to return on"), widget=date_input())
    note = note_field()

    def __init__(self, *args, asks_return=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_return:
            del self.fields["returns_on"]


class KeepsTrack(forms.Form):
    """Whether the track is kept."""

    keeps_track = forms.BooleanField(
        label=_("Keep the track"),
        help_text=_("Without it the trainee is undecided again, and needs no seat on a track."),
        required=False,
        initial=True,
    )


class ReturnForm(KeepsTrack):
    """How somebody comes back."""

    note = note_field()


class TransferForm(KeepsTrack):
    """Into which cohort somebody moves."""

    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=_("Cohort"), to_field_name="uid")
    note = note_field()
    field_order = ["cohort", "keeps_track", "note"]

    def __init__(self, *args, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts
        self.fields["cohort"].label_from_instance = lambda row: f"{row.code} · {row.centre.name}"


class CounselForm(forms.Form):
    """A talk about home and away."""

    adviser = forms.CharField(label=_("Counselled by"), max_length=120)
    held_on = forms.DateField(label=_("Counselled on"), widget=date_input())
    form = forms.ChoiceField(label=_("Form"), choices=Counselling.Form.choices)
    note = note_field()


class StepForm(forms.Form):
    """A step of a journey; which facts it asks for depends on where it leads."""

    on = forms.DateField(label=_("On"), widget=date_input())
    placement_kind = forms.ChoiceField(label=_("Kind of work"), choices=PlacementKind.choices)
    work_started_on = forms.DateField(label=_("Work started on"), widget=date_input())
    departs_on = forms.DateField(
        label=_("Planned departure"),
        help_text=_("Language, passport and permit must be valid until then."),
        widget=date_input(),
        required=False,
    )
    note = note_field()

    def __init__(self, *args, asks=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("placement_kind", "work_started_on", "departs_on"):
            if name not in asks:
                del self.fields[name]


class FollowUpForm(forms.Form):
    """What became of a follow-up."""

    status = forms.ChoiceField(
        label=_("Outcome"),
        choices=[one for one in FollowUp.State.choices if one[0] not in ("planned", "dropped")],
    )
    on = forms.DateField(label=_("On"), widget=date_input())
    note = note_field()
