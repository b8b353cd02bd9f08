"""The shapes of what is entered about calls, rules and criteria."""

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from catalogue.models import CefrLevel, Country, Language
from selection.models import Call, Criterion, EligibilityRule, Employment
from training.models import Cohort

Kind = EligibilityRule.Kind


def moment_input():
    """Return the browser's own calendar with a clock."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class CallForm(forms.ModelForm):
    """What may change about a call."""

    class Meta:
        model = Call
        fields = [
            "code",
            "opens_at",
            "closes_at",
            "places",
            "home_places",
            "away_places",
            "waiting_places",
            "minimum_score",
            "scorers",
            "tolerance",
            "offer_days",
            "asks_disability",
        ]
        widgets = {"opens_at": moment_input(), "closes_at": moment_input()}
        help_texts = {
            "code": _("Small letters, figures and hyphens; it stands in the public address."),
            "home_places": _("Fill in both, or leave both empty: then all compete together."),
        }


class NewCallForm(CallForm):
    """Everything about a call; its cohort stays."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What applicants should know"), max_length=5000, widget=forms.Textarea
    )
    language = forms.ChoiceField(
        label=_("Language of title and text"), choices=settings.LANGUAGES, initial="en"
    )

    class Meta(CallForm.Meta):
        fields = ["cohort", *CallForm.Meta.fields]

    field_order = ["cohort", "title", "text", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.order_by("-starts_on", "-id")


class TextForm(forms.Form):
    """Title and text of a call in one language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(
        label=_("What applicants should know"),
        max_length=5000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Leave title and text empty to take the language away."),
    )


class QuestionForm(forms.Form):
    """A question of the call's own, in one language; asked again it is put in another."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    label = forms.CharField(label=_("Question"), max_length=300)
    key = forms.SlugField(
        label=_("Code"),
        max_length=30,
        required=False,
        help_text=_("Empty for a new question; its code, to put it in another language."),
    )
    longest = forms.IntegerField(
        label=_("Longest answer, in characters"), min_value=20, max_value=3000, initial=1000
    )

    def clean(self):
        """Make a code where none is given."""
        facts = super().clean()
        if not facts.get("key") and facts.get("label"):
            facts["key"] = slugify(facts["label"])[:30].strip("-") or "question"
        return facts


class RuleForm(forms.Form):
    """An eligibility rule; which fields count depends on what it is about."""

    kind = forms.ChoiceField(label=_("About"), choices=Kind.choices)
    minimum = forms.IntegerField(
        label=_("At least"),
        min_value=0,
        max_value=120,
        required=False,
        help_text=_("Age in years at the cohort’s start, EQF level, or years of work."),
    )
    maximum = forms.IntegerField(label=_("At most"), min_value=0, max_value=120, required=False)
    countries = forms.ModelMultipleChoiceField(
        label=_("Countries"), queryset=Country.objects.order_by("name"), required=False
    )
    regions = forms.CharField(
        label=_("Regions"),
        max_length=1000,
        required=False,
        help_text=_("Separated by commas, written as in the form."),
    )
    employment = forms.MultipleChoiceField(
        label=_("Employment"),
        choices=Employment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ModelChoiceField(
        label=_("Language"), queryset=Language.objects.order_by("name"), required=False
    )
    level = forms.ChoiceField(
        label=_("Level at least"), choices=[("", "–"), *CefrLevel.choices], required=False
    )

    def clean(self):
        """Gather the values of the kind chosen."""
        facts = super().clean()
        named = {
            Kind.COUNTRY: [one.pk for one in facts.get("countries") or ()],
            Kind.REGION: [
                one.strip() for one in facts.get("regions", "").split(",") if one.strip()
            ],
            Kind.EMPLOYMENT: facts.get("employment") or [],
            Kind.LANGUAGE: self._language(facts),
        }
        return {
            "kind": facts.get("kind"),
            "minimum": facts.get("minimum"),
            "maximum": facts.get("maximum"),
            "values": named.get(facts.get("kind"), []),
        }

    def _language(self, facts) -> list[str]:
        language, level = facts.get("language"), facts.get("level")
        if facts.get("kind") == Kind.LANGUAGE and not (language and level):
            self.add_error("level", _("Choose a language and a level."))
        return [language.pk, level] if language and level else []


class CriterionForm(forms.ModelForm):
    """A criterion of the scoring scheme."""

    class Meta:
        model = Criterion
        fields = ["code", "title", "description", "weight", "scale", "scored_by", "is_anonymous"]
        help_texts = {"code": _("Short, such as letter; lists of scores name it.")}


class OverrideForm(forms.Form):
    """A person's decision whether an application is eligible."""

    eligible = forms.ChoiceField(
        label=_("The application is"),
        choices=[
            ("yes", _("Eligible, against the rules")),
            ("no", _("Not eligible, whatever the rules say")),
            ("rules", _("Judged by the rules")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class ScoreForm(forms.Form):
    """Points and a comment for each criterion of one application."""

    def __init__(self, *args, criteria, given=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            before = (given or {}).get(one.pk)
            self.fields[f"points_{one.code}"] = forms.IntegerField(
                label=f"{one.title} (0–{one.scale})",
                help_text=one.description,
                min_value=0,
                max_value=one.scale,
                initial=before.value if before else None,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"comment_{one.code}"] = forms.CharField(
                label=_("Comment"),
                max_length=1000,
                required=False,
                initial=before.comment if before else "",
            )

    def points(self) -> dict:
        """Return ``{criterion: points}``."""
        return {one: self.cleaned_data[f"points_{one.code}"] for one in self.criteria}

    def comments(self) -> dict:
        """Return ``{criterion: comment}``."""
        return {one: self.cleaned_data[f"comment_{one.code}"] for one in self.criteria}
