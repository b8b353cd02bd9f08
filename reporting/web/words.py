"""What the audit tables hold, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from gsp.audit.queries import kind_name


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of write is said and drawn."""

    words: str
    icon: str
    tone: str


KINDS = {
    "insert": Kind(_("Recorded"), "plus-lg", "good"),
    "update": Kind(_("Changed"), "pencil", "info"),
    "delete": Kind(_("Deleted"), "trash", "bad"),
}
WAYS = {
    "web": _("website"),
    "api": _("API"),
    "background": _("background work"),
    "command": _("command line"),
    "demonstration": _("demonstration"),
}


def way(via: str) -> str:
    """Return by which way something was written."""
    return str(WAYS.get(via, via or ""))


def change_lines(rows) -> list[dict]:
    """Return grouped changes with their words."""
    return [
        row
        | {
            "look": KINDS[row["label"]],
            "kind_name": kind_name(row["kind"]),
            "way": way(row["via"]),
        }
        for row in rows
    ]


def step_lines(steps) -> list[dict]:
    """Return the steps of a record with their words."""
    return [
        {
            "step": step,
            "look": KINDS[step.kind],
            "meta": ", ".join(part for part in (step.by, way(step.via), step.reason) if part),
        }
        for step in steps
    ]
