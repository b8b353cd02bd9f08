"""The shapes of what is entered about certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from credentials.rules import REVOCATION_REASONS
from training.web.forms import date_input


class ValidityForm(forms.Form):
    """How long a certificate shall be valid."""

    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=date_input(),
        help_text=_("Leave empty for a certificate that does not expire."),
    )


class RevokeForm(forms.Form):
    """Why a certificate is revoked."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=REVOCATION_REASONS,
        widget=forms.RadioSelect,
        help_text=_("Whoever checks the certificate reads this reason."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the centre and the agency alone."),
    )
