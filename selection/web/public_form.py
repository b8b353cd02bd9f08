"""The public form: the application, what is agreed, and what a robot would fill in."""

from django import forms
from django.utils.translation import gettext as _

from selection.web.application_form import ApplicationForm
from trainees.models.consent import Purpose

# What an applicant may agree to; nothing of it is needed to be selected.
OFFERED = (Purpose.PROPOSAL, Purpose.FOLLOW_UP)


class PublicForm(ApplicationForm):
    """The form as it stands on the public page; consent is asked, never assumed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["has_read"] = forms.BooleanField(
            label=_("I have read how my data are used for this selection, and apply.")
        )
        for purpose in OFFERED:
            self.fields[f"agrees_{purpose}"] = forms.BooleanField(
                label=purpose.label, required=False
            )

    def as_given(self) -> dict[str, str]:
        """Return what was typed so far, unchecked and cut to a sane length, for a draft."""
        return {
            name: str(self.data[name])[: getattr(field, "max_length", None) or 200]
            for name, field in self.fields.items()
            if self.data.get(name) and name != "has_read" and not name.startswith("agrees_")
        }

    def main_fields(self):
        """Return the bound fields of the application itself."""
        own = [name for name in self.fields if name != "has_read"]
        return [self[name] for name in own if not name.startswith("agrees_")]
