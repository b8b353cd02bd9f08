"""What the audit tables hold, in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gsp.audit.queries import kind_name
from gsp.web import formats


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


def shown(value) -> str:
    """Return a recorded value as people read it."""
    if value is None:
        return formats.NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    return str(value)


def change_lines(rows) -> list[dict]:
    """Return grouped changes with their words."""
    return [
        {
            "at": row["pgh_created_at"],
            "by": row["log_by"],
            "look": KINDS[row["pgh_label"]],
            "model": row["log_model"],
            "kind_name": kind_name(row["log_model"]),
            "count": row["log_count"],
            "record": row["log_record"],
            "way": way(row["log_via"]),
        }
        for row in rows
    ]


def step_lines(steps) -> list[dict]:
    """Return the steps of a record with their words."""
    return [
        {
            "step": step,
            "changes": [
                {
                    "field": change.field,
                    "old": shown(change.old),
                    "new": shown(change.new),
                    "is_secret": change.is_secret,
                }
                for change in step.changes
            ],
            "look": KINDS[step.kind],
            "meta": ", ".join(part for part in (step.by, way(step.via), step.reason) if part),
        }
        for step in steps
    ]
