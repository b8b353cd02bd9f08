"""The shapes of what is entered about lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gsp.uploads import mapping
from gsp.uploads.models import UploadHabits
from gsp.uploads.opening import habits_of
from gsp.uploads.purpose import purpose_of


class HeadingsForm(forms.Form):
    """One choice for each heading of a file: the column it stands for, or none."""

    def __init__(self, *args, upload, **kwargs):
        super().__init__(*args, **kwargs)
        row = purpose_of(upload.kind).row
        columns = mapping.columns_of(row)
        known = getattr(row, "headings", {})
        choices = [("", _("Leave this column out"))]
        choices += [
            (one.name, f"{mapping.heading(known, one.name)}{' *' if one.is_required else ''}")
            for one in columns
        ]
        remembered = habits_of(upload).headings.get(upload.kind, {})
        proposal = mapping.propose(upload.headings, columns, remembered, upload.chosen)
        self.headings = [match for match in proposal.matches if match.heading]
        for match in self.headings:
            self.fields[f"heading-{match.place}"] = forms.ChoiceField(
                label=match.heading, choices=choices, initial=match.column, required=False
            )

    def chosen(self) -> dict[str, str]:
        """Return the column of each heading."""
        return {
            match.heading: self.cleaned_data[f"heading-{match.place}"] for match in self.headings
        }


class HabitsForm(forms.ModelForm):
    """How the files of an organisation are read."""

    class Meta:
        model = UploadHabits
        fields = ["date_order", "decimal", "encoding"]
        help_texts = {
            "date_order": _("Dates of a spreadsheet’s own kind are always understood."),
            "decimal": _(
                "Where a number could be read in two ways, it is refused with the remedy."
            ),
            "encoding": _("For CSV files only. Leave it unless letters come out wrong."),
        }
