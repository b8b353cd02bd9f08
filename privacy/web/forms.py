"""Forms of the privacy pages."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gsp.web import formats
from privacy.models import DataRequest, Erasure


class ErasureForm(forms.Form):
    """Why a person's data are erased, and that this is meant."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Erasure.Reason.choices)
    sure = forms.BooleanField(label=_("I know that this cannot be undone."))


class AnswerForm(forms.Form):
    """The answer to a request."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("The person reads it on their own page."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    done = forms.TypedChoiceField(
        label=_("What was decided"),
        choices=[("yes", _("Done as asked")), ("no", _("Refused, for the reason above"))],
        coerce=lambda value: value == "yes",
    )


class RuleForm(forms.Form):
    """How long one kind of record is kept."""

    months = forms.IntegerField(
        label=_("Months"),
        help_text=_("Counted from the last thing that happened."),
        min_value=1,
        max_value=600,
    )
    is_on = forms.BooleanField(
        label=_("The night acts on it"),
        help_text=_("Look at the preview first: what is erased cannot be brought back."),
        required=False,
    )


class WordingForm(forms.Form):
    """The words of a consent, one field for each language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields[code] = forms.CharField(
                label=formats.language_name(code),
                max_length=2000,
                required=code == "en",
                widget=forms.Textarea(
                    attrs={"rows": 3, "lang": code, "dir": "rtl" if code == "ar" else "ltr"}
                ),
            )


class AskForm(forms.Form):
    """What a person asks on their own page."""

    kind = forms.ChoiceField(label=_("What do you want?"), choices=DataRequest.Kind.choices)
    text = forms.CharField(
        label=_("In your own words"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class BirthDateForm(forms.Form):
    """The day of birth, as the key beside the link."""

    birth_date = forms.DateField(
        label=_("Your date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
    )
