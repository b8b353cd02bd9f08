"""The shapes of what is entered into a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.notes import Readers
from cases.models import ContactAttempt, DocumentKind, DocumentRequirement
from cases.models.contact import ChannelKind
from cases.models.document import Stage
from cases.states import RecognitionState
from catalogue.models import Country, Occupation
from training.models import Module
from training.web.forms import date_input

ACCEPT = "application/pdf,image/jpeg,image/png,image/webp,image/tiff"
NONE = [("", "–")]


def day(label, **options):
    """Return a field for a day."""
    return forms.DateField(label=label, widget=date_input(), **options)


def long_text(label, **options):
    """Return a field for some lines of text."""
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, widget=area, max_length=5000, **options)


class FactsForm(forms.Form):
    """What stands in a document."""

    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    country = forms.ModelChoiceField(
        Country.objects.order_by("name"), label=_("Issuing country"), required=False
    )
    issued_on = day(_("Issued on"), required=False)
    expires_on = day(_("Valid until"), required=False)


class DocumentForm(FactsForm):
    """A file with what stands in it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG, PNG, WebP or TIFF, up to 15 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        allow_empty_file=True,  # an empty file gets the same answer as every other bad one
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=[*NONE, *DocumentKind.choices])
    field_order = ["kind", "file", "number", "country", "issued_on", "expires_on"]


class RejectForm(forms.Form):
    """Why a document does not do."""

    because = forms.CharField(
        label=_("Why, and what would do?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RequirementForm(forms.Form):
    """A document that a partnership asks for."""

    kind = forms.ChoiceField(label=_("Document"), choices=[*NONE, *DocumentKind.choices])
    stage = forms.ChoiceField(label=_("Needed by"), choices=Stage.choices)
    track = forms.ChoiceField(label=_("Track"), choices=DocumentRequirement.Track.choices)
    months_valid = forms.IntegerField(
        label=_("Valid for months after departure"),
        help_text=_("0: on the day of departure. Empty: its end does not matter."),
        min_value=0,
        max_value=120,
        required=False,
    )
    note = forms.CharField(label=_("What exactly"), max_length=300, required=False)


class RecognitionForm(forms.Form):
    """A qualification and the authority that is to recognise it."""

    qualification = forms.CharField(label=_("Qualification"), max_length=200)
    occupation = forms.ModelChoiceField(
        Occupation.objects.none(), label=_("As which occupation"), to_field_name="isco_code"
    )
    authority = forms.CharField(label=_("Authority"), max_length=200)
    country = forms.ModelChoiceField(Country.objects.order_by("name"), label=_("Country"))
    usual_days = forms.IntegerField(
        label=_("Usual duration in days"), min_value=1, max_value=1000, initial=90
    )
    file_reference = forms.CharField(
        label=_("Reference of the authority"), max_length=100, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = Occupation.objects.filter(level=4).order_by("isco_code")
        self.fields["occupation"].queryset = groups


class OnForm(forms.Form):
    """A day."""

    on = day(_("On"))


class DecisionForm(OnForm):
    """What an authority decided."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (state.value, state.label)
            for state in (
                RecognitionState.FULL,
                RecognitionState.PARTIAL,
                RecognitionState.REFUSED,
            )
        ],
        widget=forms.RadioSelect,
    )
    deficits = forms.CharField(
        label=_("What is missing"),
        help_text=_("For partial recognition: one line each, hours after a colon: masonry: 120"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
    appeal_until = day(_("Appeal possible until"), required=False)
    field_order = ["outcome", "on", "deficits", "appeal_until"]

    def clean_deficits(self):
        """Return triples of topic, no skill, and hours."""
        lines = filter(None, map(str.strip, self.cleaned_data["deficits"].splitlines()))
        return [self._deficit(line) for line in lines]

    def _deficit(self, line: str):
        topic, colon, hours = line.rpartition(":")
        if not colon:
            return line[:200], None, None
        if not hours.strip().isdecimal() or int(hours) > 30_000 or not topic.strip():
            raise forms.ValidationError(_("Write the topic, a colon and the number of hours."))
        return topic.strip()[:200], None, int(hours)


class CloseDeficitForm(OnForm):
    """By what a deficit was made up."""

    module = forms.ModelChoiceField(
        Module.objects.none(), label=_("Module"), to_field_name="uid", required=False
    )
    closed_by = forms.CharField(label=_("Or what else"), max_length=200, required=False)

    def __init__(self, *args, modules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module"].queryset = modules


class TaskForm(forms.Form):
    """Something to do."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = day(_("Due on"))
    whose = forms.ChoiceField(
        label=_("For"),
        choices=[("me", _("Me")), ("role", _("Everybody with my role"))],
        widget=forms.RadioSelect,
        initial="me",
    )


class SnoozeForm(forms.Form):
    """Until when a task may rest."""

    until = day(_("Put off until"))


class NoteForm(forms.Form):
    """A note with its readers."""

    text = long_text(_("Note"))
    readers = forms.ChoiceField(
        label=_("Who reads it"), choices=Readers.choices, widget=forms.RadioSelect, initial="mine"
    )
    is_confidential = forms.BooleanField(
        label=_("Counselling, confidential: nobody but I reads it"), required=False
    )


class AttemptForm(forms.Form):
    """An attempt to reach somebody."""

    kind = forms.ChoiceField(label=_("By"), choices=ChannelKind.choices)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ContactAttempt.Outcome.choices)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class ChannelForm(forms.Form):
    """A further way to reach somebody."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ChannelKind.choices)
    value = forms.CharField(label=_("Number, address or name there"), max_length=200)


class TrustForm(forms.Form):
    """Whom to ask when somebody cannot be reached."""

    name = forms.CharField(label=_("Name"), max_length=150)
    relation = forms.CharField(label=_("Relation"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Channel"), choices=ChannelKind.choices)
    value = forms.CharField(label=_("Number or address"), max_length=200)
    consented_on = day(_("Agreed to be asked on"))


class DepartureForm(forms.Form):
    """When somebody is to leave."""

    on = day(
        _("Planned departure"),
        required=False,
        help_text=_("Empty: none is planned. The journey's own day goes first, once it has one."),
    )
