"""The form of a demand: its facts, and rows of skills and languages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import CefrLevel, Currency, Language, SkillLevel, SkillRelation
from employers.models import Demand
from employers.queries import (
    countries_of_partnerships,
    employers_of_partnerships,
    partnerships_open_to,
)
from employers.states import Stage, Term

DAY = {"type": "date"}
SKILL_ROWS, LANGUAGE_ROWS = 5, 2


class DemandForm(forms.Form):
    """The facts of a demand; the occupation is chosen on the page before."""

    employer = forms.ModelChoiceField(None, label=_("Employer"), to_field_name="slug")
    partnership = forms.ModelChoiceField(None, label=_("Partnership"), to_field_name="slug")
    openings = forms.IntegerField(label=_("Openings"), min_value=1, max_value=100_000, initial=1)
    country = forms.ChoiceField(label=_("Country of work"), choices=countries_of_partnerships)
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    term = forms.ChoiceField(label=_("Term"), choices=Term.choices)
    stage = forms.ChoiceField(
        label=_("Commitment"),
        choices=Stage.choices,
        help_text=_("An employer that is not verified yet can only express demand."),
    )
    starts_from = forms.DateField(label=_("Start from"), widget=forms.DateInput(attrs=DAY))
    starts_until = forms.DateField(label=_("Start until"), widget=forms.DateInput(attrs=DAY))
    minimum_age = forms.IntegerField(label=_("Minimum age"), initial=18, min_value=0, max_value=120)
    wage = forms.DecimalField(
        label=_("Wage before tax"), max_digits=12, decimal_places=2, required=False
    )
    currency = forms.ModelChoiceField(None, label=_("Currency"), required=False)
    wage_period = forms.ChoiceField(
        label=_("Paid"), choices=[("", "–"), *Demand.WagePeriod.choices], required=False
    )
    reference = forms.CharField(
        label=_("Your reference"),
        max_length=60,
        required=False,
        help_text=_("Each can be used once."),
    )
    skills_from_occupation = forms.BooleanField(required=False)

    def __init__(self, *args, employer=None, **kwargs):
        """Offer what the scope sees; at an employer's desk the employer is given."""
        super().__init__(*args, **kwargs)
        partnerships = self.fields["partnership"]
        partnerships.queryset = partnerships_open_to(employer)
        if "partnership" not in self.initial and len(partnerships.queryset) == 1:
            partnerships.initial, partnerships.empty_label = partnerships.queryset[0].slug, None
        self.fields["currency"].queryset = Currency.objects.order_by("code")
        if employer is None:
            self.fields["employer"].queryset = employers_of_partnerships()
        else:
            del self.fields["employer"]

    def facts(self) -> dict:
        """Return the values in the words of ``employers.actions.demand``."""
        return {name: value for name, value in self.cleaned_data.items() if name != "employer"}


class SkillRow(forms.Form):
    """A skill to require; an empty row is left out."""

    skill = forms.CharField(
        label=_("Skill"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "skills-known", "autocomplete": "off"}),
    )
    relation = forms.ChoiceField(label=_("Importance"), choices=SkillRelation.choices)
    minimum_level = forms.TypedChoiceField(
        label=_("From level"), choices=SkillLevel.choices, coerce=int
    )


class LanguageRow(forms.Form):
    """A language to require; an empty row is left out."""

    language = forms.ModelChoiceField(None, label=_("Language"), required=False)
    level = forms.ChoiceField(label=_("From CEFR level"), choices=CefrLevel.choices)

    def __init__(self, *args, languages, **kwargs):
        """Offer ``languages``, one list for all rows."""
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        field.queryset = Language.objects.all()
        field.choices = languages


Skills = forms.formset_factory(SkillRow, extra=SKILL_ROWS, max_num=200, absolute_max=300)
Languages = forms.formset_factory(LanguageRow, extra=LANGUAGE_ROWS, max_num=20, absolute_max=20)


class DemandForms:
    """The form and both lists of rows, checked and read as one."""

    def __init__(self, data=None, *, employer=None, demand=None):
        """Bind to ``data``, or start from ``demand`` where there is one."""
        names = sorted((str(one), one.pk) for one in Language.objects.all())
        languages = [("", "–"), *((code, name) for name, code in names)]
        known = _initial(demand) if demand else {}
        self.form = DemandForm(data, employer=employer, initial=known.get("facts"))
        self.skills = Skills(data, prefix="skills", initial=known.get("skills"))
        self.languages = Languages(
            data,
            prefix="languages",
            initial=known.get("languages"),
            form_kwargs={"languages": languages},
        )

    def is_valid(self) -> bool:
        """Check all parts, so that all errors show at once."""
        return all([self.form.is_valid(), self.skills.is_valid(), self.languages.is_valid()])

    def facts(self) -> dict:
        """Return everything in the words of ``employers.actions.demand``."""
        return self.form.facts() | {
            "skills": [row.cleaned_data for row in self._filled("skills", "skill")],
            "languages": [row.cleaned_data for row in self._filled("languages", "language")],
        }

    def show(self, refusal) -> None:
        """Put a refusal beside the field it names."""
        part, *rest = refusal.field.split("/")
        if part in ("skills", "languages") and rest:
            row = self._filled(part, part.removesuffix("s"))[int(rest[0])]
            row.add_error(rest[1], refusal.message)
            self.form.add_error(None, refusal.message)
        else:
            self.form.add_error(part if part in self.form.fields else None, refusal.message)

    def _filled(self, rows: str, field: str) -> list[forms.Form]:
        return [row for row in getattr(self, rows) if row.cleaned_data.get(field)]


def _initial(demand) -> dict:
    names = ["region", "openings", "term", "stage", "minimum_age", "wage", "wage_period"]
    facts = {name: getattr(demand, name) for name in [*names, "reference"]}
    facts |= {
        "partnership": demand.partnership.slug,
        "country": demand.country_id,
        "currency": demand.currency_id,
        "starts_from": demand.starts_from.isoformat(),
        "starts_until": demand.starts_until.isoformat(),
    }
    return {
        "facts": facts,
        "skills": [
            {"skill": one.skill.title, "relation": one.relation, "minimum_level": one.minimum_level}
            for one in demand.skills.all()
        ],
        "languages": [
            {"language": one.language_id, "level": one.level} for one in demand.languages.all()
        ],
    }
