"""The shapes of what is entered about trainees."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainees.models import TrackDecision
from trainees.states import Track
from training.web.forms import date_input


class ListForm(forms.Form):
    """A file with the list of a cohort."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, up to 10 MB and 20,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,  # an empty file gets the same answer as every other bad one
    )


class TrackForm(forms.Form):
    """A decision for home or away."""

    track = forms.ChoiceField(
        label=_("Track"),
        choices=[(track.value, track.label) for track in (Track.HOME, Track.AWAY)],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            ("", "–"),
            *(one for one in TrackDecision.Reason.choices if one[0] != "correction"),
        ],
        required=False,
        help_text=_("Needed for every change; the first choice needs none."),
    )
    on = forms.DateField(label=_("Decided on"), widget=date_input())
    adviser = forms.CharField(label=_("Counselled by"), max_length=120, required=False)


class CertificateForm(forms.Form):
    """The day of the certificate."""

    certified_on = forms.DateField(label=_("Certified on"), widget=date_input())
