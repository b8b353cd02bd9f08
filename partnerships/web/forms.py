"""The shapes of what is entered about partnerships, organisations and members."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Country, Language
from partnerships.models import Membership, Organisation, Partnership
from partnerships.models.partnership import Sector
from partnerships.roles import Role

HUNDRED = Decimal(100)


def _date():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def countries():
    """Return countries by name."""
    return Country.objects.order_by("name")


class TermsForm(forms.ModelForm):
    """The terms of a partnership; the home floor is entered as a percentage."""

    origins = forms.ModelMultipleChoiceField(
        Country.objects.none(),
        label=_("Countries of origin"),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Hold Ctrl or Cmd to choose several."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), choices=Sector.choices, widget=forms.CheckboxSelectMultiple
    )
    home_floor = forms.DecimalField(
        label=_("Home floor in percent"),
        help_text=_("The least share of graduates who stay in the country of origin."),
        min_value=0,
        max_value=100,
        decimal_places=1,
    )

    class Meta:
        model = Partnership
        fields = [
            "name",
            "origins",
            "destination",
            "sectors",
            "agreement_reference",
            "starts_on",
            "ends_on",
            "home_seats",
            "away_seats",
            "home_floor",
            "away_language",
            "away_level",
            "away_language_days",
            "minimum_age",
            "maximum_age",
            "note",
        ]
        widgets = {"starts_on": _date(), "ends_on": _date(), "note": forms.Textarea({"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["origins"].queryset = countries()
        self.fields["destination"].queryset = countries()
        self.fields["away_language"].queryset = Language.objects.order_by("name")

    def clean_home_floor(self):
        """Return the percentage as a share."""
        return self.cleaned_data["home_floor"] / HUNDRED


class NewPartnershipForm(TermsForm):
    """The terms and the address, which stays."""

    class Meta(TermsForm.Meta):
        fields = ["name", "slug", *TermsForm.Meta.fields[1:]]
        help_texts = {"slug": _("Part of web addresses, such as “germany-kosovo”. It stays.")}


class ParticipantForm(forms.Form):
    """An organisation that joins."""

    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=_("Organisation"))
    since = forms.DateField(label=_("Since"), widget=_date())

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class OrganisationForm(forms.ModelForm):
    """What may change about an organisation."""

    class Meta:
        model = Organisation
        fields = ["name", "country", "registry_number"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries()


class NewOrganisationForm(OrganisationForm):
    """Everything about an organisation; its kind and address stay."""

    class Meta(OrganisationForm.Meta):
        fields = ["name", "slug", "kind", "country", "registry_number"]
        help_texts = {
            "slug": _("Part of web addresses, such as “isar-bau”. It stays."),
            "kind": _("Decides which role its members have. It stays."),
        }


class InvitationForm(forms.Form):
    """Who is invited, to which desk, as what."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=_("Organisation"),
        required=False,
        empty_label=_("The agency itself"),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.order_by("name", "id")


class RoleForm(forms.ModelForm):
    """Another role at the same desk."""

    class Meta:
        model = Membership
        fields = ["role"]
