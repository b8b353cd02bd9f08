"""The one engine of lifecycles: tables of moves, and the only code that assigns ``state``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _


class Refused(Exception):  # noqa: N818  reads as what happened: the action was refused
    """An anticipated refusal: what is wrong, field by field, and what would satisfy it."""

    def __init__(self, message: str, *, field: str = "", code: str = "refused"):
        super().__init__(message)
        self.message, self.field, self.code = message, field, code


class NotAllowed(Refused):
    """The member may not do this."""


class Stale(Refused):
    """Somebody else moved first."""


@dataclass(frozen=True, slots=True)
class Move:
    """From, to, the permission it needs and the fields that must be filled before."""

    source: str
    target: str
    needs: str
    requires: tuple[str, ...] = ()


class Lifecycle:
    """All moves of one kind of row."""

    def __init__(self, *moves: Move, initial: str):
        self.moves = {(move.source, move.target): move for move in moves}
        self.initial = initial
        if len(self.moves) != len(moves):
            raise ValueError("a move is listed twice")

    @property
    def states(self) -> list[str]:
        """Return every state in order of first mention, the initial one first."""
        seen = dict.fromkeys([self.initial])
        for source, target in self.moves:
            seen |= dict.fromkeys([source, target])
        return list(seen)

    def after(self, state: str) -> list[Move]:
        """Return the moves that leave ``state``."""
        return [move for (source, _target), move in self.moves.items() if source == state]

    def open_to(self, row, by) -> list[Move]:
        """Return the moves ``by`` may make with this row now: the buttons of its page."""
        return [move for move in self.after(row.state) if by.may(move.needs)]


def move(row, target: str, *, by, at, **changes):
    """Move ``row`` to ``target`` and write ``changes`` with it; return the row.

    The update names the state it starts from, so that of two clicks one wins. The table of the
    row's model is ``Model.lifecycle``; audit is written by the database.

    Raises:
        Refused: the table has no such move, or a required field is empty.
        NotAllowed: ``by`` lacks the permission of the move.
        Stale: the row was moved by somebody else since it was read.

    """
    step = row.lifecycle.moves.get((row.state, target))
    if step is None:
        raise Refused(
            _("From “%(source)s” it cannot become “%(target)s”.")
            % {"source": row.state, "target": target},
            field="state",
            code="no_such_move",
        )
    if not by.may(step.needs):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    _require(row, step.requires, changes)
    with transaction.atomic():
        changed = (
            type(row)
            .objects.filter(pk=row.pk, state=step.source)
            .update(state=target, state_changed_at=at, **changes)
        )
        if not changed:
            raise Stale(
                _("Somebody else changed this in the meantime. Reload and look again."),
                field="state",
                code="stale",
            )
    row.refresh_from_db()
    return row


def move_all(rows, target: str, *, by, at, sources=(), lifecycle=None, **changes) -> int:
    """Move every row of a queryset that stands where the move starts; return how many moved.

    For sweeps and nights: rows that somebody else moved meanwhile are left alone. ``sources``
    narrows the states it starts from; ``lifecycle`` is the table where a model has several.

    Raises:
        NotAllowed: ``by`` lacks the permission of the move.

    """
    table = (lifecycle or rows.model.lifecycle).moves.values()
    steps = [
        step for step in table if step.target == target and (not sources or step.source in sources)
    ]
    if not all(by.may(step.needs) for step in steps):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    starts = [step.source for step in steps]
    return rows.filter(state__in=starts).update(state=target, state_changed_at=at, **changes)


def _require(row, fields: Iterable[str], changes: dict) -> None:
    for name in fields:
        if changes.get(name, getattr(row, name, None)) in (None, ""):
            label = row._meta.get_field(name).verbose_name
            raise Refused(
                _("Fill in “%(field)s” first.") % {"field": label}, field=name, code="required"
            )
