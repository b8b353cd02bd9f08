"""The form of an application: it asks what the call's rules and questions need, and no more."""

from datetime import date

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue.models import CefrLevel, Country
from gsp.web.formats import country_name, language_name
from selection import words
from selection.actions.applications import Applicant
from selection.models import EligibilityRule, Employment
from trainees.models import Person
from trainees.states import Track

Kind = EligibilityRule.Kind
PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()./-]{5,24}$",
    gettext_lazy("Write the number with its country code, such as +383 44 123 456."),
)
EDUCATION = [("", gettext_lazy("Choose…")), *words.EDUCATION.items()]


class ApplicationForm(forms.Form):
    """Who applies, how to reach them, and what the call asks."""

    given_name = forms.CharField(
        label=gettext_lazy("Given name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=gettext_lazy("Family name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    birth_date = forms.DateField(
        label=gettext_lazy("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"), choices=Person.Sex.choices, initial=Person.Sex.UNKNOWN
    )
    country = forms.ChoiceField(label=gettext_lazy("Country where you live"))
    region = forms.CharField(label=gettext_lazy("Region"), max_length=80, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=26,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    document_number = forms.CharField(
        label=gettext_lazy("Number of passport or identity card"), max_length=40, required=False
    )

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.call = call
        rules = list(call.rules.order_by("id"))
        self.kinds = {rule.kind for rule in rules}
        self._ask_where(rules)
        if call.is_split:
            self.fields["track"] = forms.ChoiceField(
                label=_("After the training I want to work"),
                choices=[
                    (Track.HOME, pgettext_lazy("track", "At home")),
                    (Track.AWAY, pgettext_lazy("track", "Abroad")),
                ],
                widget=forms.RadioSelect,
            )
        self._ask_what_rules_need(rules)
        for one in call.asked():
            self.fields[f"question_{one['key']}"] = forms.CharField(
                label=one["label"],
                max_length=one["longest"],
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        if call.asks_disability:
            self.fields["disability"] = forms.ChoiceField(
                label=_("Do you have a disability?"),
                choices=[("", _("I prefer not to say")), ("no", _("No")), ("yes", _("Yes"))],
                required=False,
                help_text=_("Only counted. Nobody who decides on your application sees it."),
            )

    def _ask_where(self, rules) -> None:
        names = ((pk, country_name(pk)) for pk in Country.objects.values_list("pk", flat=True))
        self.fields["country"].choices = sorted(names, key=lambda pair: pair[1])
        first = [value for rule in rules if rule.kind == Kind.COUNTRY for value in rule.values]
        self.fields["country"].initial = first[0] if first else self.call.centre.country_id
        regions = [value for rule in rules if rule.kind == Kind.REGION for value in rule.values]
        if regions:
            choices = [*((name, name) for name in regions), ("", _("Elsewhere"))]
            self.fields["region"] = forms.ChoiceField(
                label=_("Region"), choices=choices, required=False
            )

    def _ask_what_rules_need(self, rules) -> None:
        if Kind.EDUCATION in self.kinds:
            self.fields["education"] = forms.TypedChoiceField(
                label=_("Highest education"), choices=EDUCATION, coerce=int
            )
        if Kind.EMPLOYMENT in self.kinds:
            self.fields["employment"] = forms.ChoiceField(
                label=_("What do you do now?"), choices=[("", _("Choose…")), *Employment.choices]
            )
        if Kind.EXPERIENCE in self.kinds:
            self.fields["experience"] = forms.IntegerField(
                label=_("Years of work"), min_value=0, max_value=60
            )
        levels = [("", _("None or very little")), *CefrLevel.choices]
        for rule in rules:
            if rule.kind == Kind.LANGUAGE:
                label = _("Your level of %(language)s") % {
                    "language": language_name(rule.values[0])
                }
                self.fields[f"language_{rule.values[0]}"] = forms.ChoiceField(
                    label=label, choices=levels, required=False
                )

    def clean_birth_date(self) -> date:
        """Refuse a day on which no applicant was born."""
        born_on = self.cleaned_data["birth_date"]
        year = self.call.opens_at.year
        if not year - 100 <= born_on.year <= year - 10:
            raise forms.ValidationError(_("Check the year of your birth."))
        return born_on

    def clean(self):
        """Ask for one way to reach the applicant."""
        facts = super().clean()
        if not (facts.get("phone") or facts.get("email") or self.errors):
            self.add_error("phone", _("Give a telephone number or an e-mail address."))
        return facts

    def applicant(self) -> Applicant:
        """Return what was said, as the action takes it."""
        said = self.cleaned_data
        own = ("education", "employment", "experience", "track")
        plain = ("given_name", "family_name", "birth_date", "sex", "country", "region")
        plain += ("phone", "email", "document_number")
        languages = _of(said, "language_")
        return Applicant(
            **{name: said[name] for name in plain},
            **{name: said[name] for name in own if name in said},
            languages={code: level for code, level in languages.items() if level},
            answers=_of(said, "question_"),
            disability={"yes": True, "no": False}.get(said.get("disability", "")),
        )


def _of(said: dict, prefix: str) -> dict:
    return {name[len(prefix) :]: value for name, value in said.items() if name.startswith(prefix)}
