"""The shapes of what is entered about courses and cohorts."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from catalogue.models import Currency, Language, Occupation, Skill, SkillLevel
from partnerships.models import Organisation, Partnership
from training.models import Cohort, Course, Module


def date_input():
    """Return the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Suggesting(forms.TextInput):
    """A text field that suggests values while typing; anything may be written.

    ``suggestions`` are pairs of value and label.
    """

    suggestions = ()

    def render(self, name, value, attrs=None, renderer=None):
        """Add the list of suggestions behind the field."""
        list_id = f"{name}_suggestions"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.suggestions)
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class CourseForm(forms.ModelForm):
    """What may change about a course."""

    occupation = forms.CharField(
        label=_("Occupation"),
        help_text=_("An ISCO-08 code of four digits, or the code or address of an ESCO one."),
        widget=Suggesting,
    )

    class Meta:
        model = Course
        fields = [
            "code",
            "title",
            "occupation",
            "language",
            "eqf_level",
            "months",
            "hours",
            "fee",
            "currency",
            "least_attendance",
            "attempts",
        ]
        help_texts = {"language": _("In which the course is taught.")}

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        groups = Occupation.objects.current().unit_groups().order_by("code")
        self.fields["occupation"].widget.suggestions = groups.values_list("code", "title")
        self.fields["language"].queryset = Language.objects.order_by("name")
        self.fields["currency"].queryset = Currency.objects.order_by("code")
        self.fields["least_attendance"].required = self.fields["attempts"].required = False
        if self.instance.pk:
            self.initial["occupation"] = self.instance.occupation.code

    def clean(self):
        """Leave the usual values where nothing else is said."""
        facts = super().clean()
        usual = ("least_attendance", "attempts")
        return {name: one for name, one in facts.items() if name not in usual or one is not None}

    def _post_clean(self):
        """Leave the model's rules to the action: the occupation is still a text here."""


class NewCourseForm(CourseForm):
    """Everything about a course; whose it is stays."""

    class Meta(CourseForm.Meta):
        fields = ["centre", *CourseForm.Meta.fields]

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, desk=desk, **kwargs)
        centres = Organisation.objects.of_kind(Organisation.Kind.TRAINING_CENTRE)
        self.fields["centre"].queryset = centres.order_by("name", "id")
        if desk.organisation is not None:
            del self.fields["centre"]


class CourseSkillForm(forms.Form):
    """A skill the course teaches."""

    skill = forms.CharField(
        label=_("Skill"),
        help_text=_("Its exact title, or its ESCO address."),
        widget=Suggesting,
    )
    level = forms.TypedChoiceField(
        label=_("Level that graduates reach"), choices=SkillLevel.choices, coerce=int
    )

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        of_occupation = Skill.objects.current().filter(
            occupation_relations__occupation__unit_group=course.occupation.unit_group_id
        )
        titles = of_occupation.order_by("title").values_list("title", flat=True).distinct()
        self.fields["skill"].widget.suggestions = [(title, "") for title in titles[:300]]
        self.fields["level"].initial = SkillLevel.ADVANCED


class ModuleForm(forms.ModelForm):
    """A part of the course."""

    class Meta:
        model = Module
        fields = ["kind", "title", "hours", "away_only", "is_required"]


class CohortForm(forms.ModelForm):
    """What may change about a cohort."""

    class Meta:
        model = Cohort
        fields = [
            "code",
            "starts_on",
            "ends_on",
            "home_seats",
            "away_seats",
            "decision_opens_on",
            "decision_closes_on",
        ]
        widgets = {
            name: date_input()
            for name in ("starts_on", "ends_on", "decision_opens_on", "decision_closes_on")
        }
        help_texts = {
            "decision_opens_on": _("From this day on trainees may choose home or away."),
            "decision_closes_on": _("After it, only a failed way abroad leads back home."),
        }


class NewCohortForm(CohortForm):
    """Everything about a cohort; its course and partnership stay."""

    class Meta(CohortForm.Meta):
        fields = ["course", "partnership", *CohortForm.Meta.fields]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.order_by("code", "id")
        self.fields["partnership"].queryset = Partnership.objects.order_by("name", "id")
