"""The shapes of what is entered about trainees."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainees.models import Counselling, TrackDecision
from trainees.rules.tracks import NOT_CHOSEN
from trainees.states import Track
from training.web.forms import date_input


class ListForm(forms.Form):
    """A file with the list of a cohort."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX, XLS, ODS or CSV, up to 25 MB and 20,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
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
            *(one for one in TrackDecision.Reason.choices if one[0] not in NOT_CHOSEN),
        ],
        required=False,
        help_text=_("Needed for every change; the first choice needs none."),
    )
    on = forms.DateField(label=_("Decided on"), widget=date_input())
    adviser = forms.CharField(
        label=_("Counselled by"),
        help_text=_("Empty: the decision rests on the counselling recorded last."),
        max_length=120,
        required=False,
    )
    counselled_on = forms.DateField(label=_("Counselled on"), widget=date_input(), required=False)
    form = forms.ChoiceField(
        label=_("Form of the counselling"), choices=Counselling.Form.choices, required=False
    )
    note = forms.CharField(
        label=_("Note on the counselling"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class CertificateForm(forms.Form):
    """The day of the certificate."""

    certified_on = forms.DateField(label=_("Certified on"), widget=date_input())
