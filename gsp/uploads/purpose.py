"""What lists are for: each app registers the kinds of list that it takes.

A kind of list is a subclass of ``Purpose``. The pipeline does what is the same for all: it stores
the file, reads it, maps its headings, checks every cell against ``row``, stages, shows, asks,
applies in one transaction and hands the marked file back. The purpose says what rows mean:

    begin    once a file: what is in force, read in a constant number of queries
    learn    once a batch, before its cells are checked: look up what the batch names
    compare  once a batch: one Verdict for each row
    write    once a batch, inside the transaction of the confirmation

``begin`` and ``compare`` run twice: for the preview, and again when the list is applied. A row
that is then found otherwise than it was shown stops the application, and the list is examined
again, so that nobody confirms what they did not see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _

from gsp.uploads.batch import WRITTEN, Batch, Counts, Finding, Verdict, counted
from gsp.uploads.checking import Plan
from gsp.uploads.rows import UploadRow
from gsp.uploads.staging import ROWS, Staged
from gsp.workflow import Refused


@dataclass(frozen=True, slots=True)
class Target:
    """Whose list it is, the record it is for if any, and that record in words."""

    organisation: Any
    subject: UUID | None = None
    label: str = ""


class ChangedMeanwhile(Refused):
    """What is known of some rows has changed since the preview; nothing was written."""


class Purpose:
    """One kind of list. Say ``kind``, ``label``, ``row`` and both permissions.

    ``permission`` sends, confirms and discards; ``view_permission`` sees the list and its rows.
    ``kind`` stays in the database and in addresses: at most 20 letters, never renamed. A list
    whose rows bear on each other (seats) asks for more ``rows_at_once``, and holds them in memory.
    """

    kind: ClassVar[str]
    label: ClassVar[Any]
    row: ClassVar[type[UploadRow]]
    permission: ClassVar[str]
    view_permission: ClassVar[str]
    rows_at_once: ClassVar[int] = ROWS

    def find(self, name: str, organisation):
        """Return the thing that ``name`` (a uid or address, “” if none) means at a desk.

        ``organisation`` is the desk's, None for the agency's staff.

        Raises:
            Refused: there is none.

        """
        raise NotImplementedError

    def target(self, thing, *, by) -> Target:
        """Return for whom and what a list of ``thing`` is.

        Raises:
            NotAllowed: ``by`` may not send it.
            Refused: it takes no list now; the message says what would.

        """
        raise NotImplementedError

    def begin(self, upload, *, at):
        """Return what checking and comparing need, in a constant number of queries.

        It is ``info.context`` for the validators of ``row``. What is counted across rows (seats,
        references that stand twice) is kept in it, for batches come in the order of the file.

        Raises:
            Refused: the thing takes no list any more.

        """
        raise NotImplementedError

    def learn(self, context, texts: Batch) -> None:
        """Look up what unchecked rows name, for their validators; nothing by default.

        Only ``texts.cells`` and ``texts.texts(column)`` are filled.
        """

    def compare(self, context, batch: Batch) -> list[Verdict]:
        """Return one verdict for each row, in a constant number of queries.

        A row of ``batch.decisions`` is no possible duplicate any more: say NEW, UPDATED,
        UNCHANGED or ERROR as the decision has it.
        """
        raise NotImplementedError

    def write(self, context, batch: Batch, *, by, at) -> None:
        """Write rows found NEW or UPDATED, in a constant number of statements.

        It runs right after ``compare`` of the same rows, in the one transaction of the list.
        """
        raise NotImplementedError

    def keep(self, context, batch: Batch) -> dict[str, list[str]]:
        """Return the texts to stage, by column: the cells as they stand, unless said otherwise."""
        return {name: list(cells) for name, cells in batch.cells.items()}

    def apply(self, upload, chunks: Iterable[Staged], *, by, at) -> Counts:
        """Write the confirmed rows; return how many were new, updated and unchanged.

        Each row is checked and compared once more. A purpose whose rows can be written in one
        statement may say so instead.

        Raises:
            ChangedMeanwhile: a row would now become something else than the preview showed.

        """
        context, counts = self.begin(upload, at=at), Counts()
        plan = Plan(self.row, tuple(self.row.model_fields), context)
        for rows in chunks:
            batch, verdicts = again(self, plan, rows, upload.decisions)
            places = [i for i, verdict in enumerate(verdicts) if verdict.finding in WRITTEN]
            if places:
                self.write(context, batch.only(places), by=by, at=at)
            counts += counted(verdicts)
        return counts

    def template(self, thing) -> bytes:
        """Return the XLSX workbook to fill in, in the reader's language."""
        raise NotImplementedError

    def address(self, upload) -> tuple[str, dict]:
        """Return the name and arguments of the page where such a list is sent again."""
        raise NotImplementedError

    def seen(self, upload, rows) -> list:
        """Return the records about persons that a page of the preview shows, for the look log."""
        return []


def again(purpose: Purpose, plan: Plan, rows: Staged, decisions: dict[str, str]):
    """Return the rows of a chunk that are not held, and their verdicts of now.

    Raises:
        ChangedMeanwhile: a verdict is not the one that was shown.

    """
    decided = {number: decisions.get(str(number)) for number in rows.numbers} if decisions else {}
    places = [place for place in range(len(rows.numbers)) if _is_free(rows, place, decided)]
    texts = plan.staged(rows).only(places)
    texts.decisions = {number: choice for number, choice in decided.items() if choice}
    purpose.learn(plan.context, texts)
    found = plan.check(texts)
    verdicts = [] if found.errors else purpose.compare(plan.context, found.good)
    changed = dict.fromkeys(found.errors) or _changed(rows, places, verdicts)
    if changed:
        raise ChangedMeanwhile(
            _("row %(row)s is no longer what the preview showed.") % {"row": min(changed)},
            field="state",
            code="changed_meanwhile",
        )
    return found.good, verdicts


def _is_free(rows: Staged, place: int, decided: dict) -> bool:
    finding = rows.verdict(place).finding
    if finding == Finding.POSSIBLE_DUPLICATE:
        return bool(decided.get(rows.numbers[place]))
    return finding != Finding.ERROR


def _changed(rows: Staged, places: list[int], verdicts: list[Verdict]) -> list[int]:
    """Return the numbers of rows that were shown otherwise, or cannot be written as decided."""
    changed = []
    for place, verdict in zip(places, verdicts, strict=True):
        shown = rows.verdict(place)
        if shown.finding == Finding.POSSIBLE_DUPLICATE:
            same = verdict.finding in (*WRITTEN, Finding.UNCHANGED)
        else:
            same = shown == verdict
        if not same:
            changed.append(rows.numbers[place])
    return changed


_purposes: dict[str, Purpose] = {}


def register(purpose: type[Purpose]) -> type[Purpose]:
    """Make a kind of list known; also as a decorator. Call it where the app is loaded.

    Raises:
        ValueError: the kind is registered already.

    """
    if purpose.kind in _purposes:
        raise ValueError(f"the kind of list {purpose.kind} is registered twice")
    _purposes[purpose.kind] = purpose()
    return purpose


def purpose_of(kind: str) -> Purpose:
    """Return the purpose of a kind.

    Raises:
        LookupError: no app registered it.

    """
    return _purposes[kind]


def purposes() -> list[Purpose]:
    """Return every kind of list, in order of kind."""
    return [_purposes[kind] for kind in sorted(_purposes)]


def seen_by(member) -> list[str]:
    """Return the kinds whose lists the member may see."""
    return [one.kind for one in purposes() if member.may(one.view_permission)]
