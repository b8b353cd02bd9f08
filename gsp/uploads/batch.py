"""Rows that passed their check, a few thousand at a time, and what comparing them found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.uploads.rows import RowError, UploadRow


class Finding(TextChoices):
    """What a row means for what is known; the tabs of the preview."""

    NEW = "new", _("New")
    UPDATED = "updated", _("Updated")
    UNCHANGED = "unchanged", _("Unchanged")
    POSSIBLE_DUPLICATE = "possible_duplicate", _("Possible duplicate")
    ERROR = "error", _("In error")


@dataclass(frozen=True, slots=True)
class Change:
    """A column that the row would change, both values as people read them."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the person of the row; ``label`` says only what the reader may see."""

    uid: str
    label: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comparing found of one row.

    ``changes`` with UPDATED, ``errors`` with ERROR; ``explanation`` and ``candidates`` with
    POSSIBLE_DUPLICATE, which waits for a person's decision.
    """

    finding: Finding
    changes: tuple[Change, ...] = ()
    errors: tuple[RowError, ...] = ()
    explanation: str = ""
    candidates: tuple[Candidate, ...] = ()


NEW = Verdict(Finding.NEW)
UNCHANGED = Verdict(Finding.UNCHANGED)
WRITTEN = (Finding.NEW, Finding.UPDATED)

ANOTHER = "another"


def updated(*changes: Change) -> Verdict:
    """Return the verdict of a row that changes these columns."""
    return Verdict(Finding.UPDATED, changes=changes)


def wrong(*errors: RowError) -> Verdict:
    """Return the verdict of a row that cannot be written as it stands."""
    return Verdict(Finding.ERROR, errors=errors)


@dataclass
class Batch:
    """Rows of one file in its order, none of them in error so far.

    ``cells`` are their texts by column (“” where empty), ``columns`` the checked values (the
    default where a cell is empty). Use whichever reads better: ``columns`` for many plain rows,
    ``rows`` for models with their own ``given()``.

    ``decisions`` says, by row number, what a person decided of a possible duplicate: ``ANOTHER``
    (another person, so new) or the uid of the candidate that it is.
    """

    model: type[UploadRow]
    numbers: Sequence[int]
    cells: Mapping[str, Sequence[str]]
    columns: Mapping[str, Sequence]
    decisions: Mapping[int, str] = field(default_factory=dict)

    def __len__(self):
        return len(self.numbers)

    @cached_property
    def rows(self) -> list[UploadRow]:
        """Return each row as its model; ``row.given()`` are the columns that it fills in."""
        return [self._row(place) for place in range(len(self.numbers))]

    def _row(self, place: int) -> UploadRow:
        given = {name for name, cells in self.cells.items() if cells[place]}
        values = {name: column[place] for name, column in self.columns.items()}
        return self.model.model_construct(given, **values)

    def numbered(self) -> Iterator[tuple[int, UploadRow]]:
        """Yield the number of each row in the file, and the row."""
        return zip(self.numbers, self.rows, strict=True)

    def texts(self, column: str) -> set[str]:
        """Return the different texts of a column, to look them up at once."""
        return set(self.cells.get(column, ())) - {""}

    def only(self, places: Sequence[int]) -> "Batch":
        """Return the rows at these places, in this order."""
        if len(places) == len(self):
            return self
        return Batch(
            self.model,
            [self.numbers[place] for place in places],
            {name: [cells[place] for place in places] for name, cells in self.cells.items()},
            {name: [values[place] for place in places] for name, values in self.columns.items()},
            self.decisions,
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of a list, those that are held aside."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


def counted(verdicts: list[Verdict]) -> Counts:
    """Return how many rows are new, updated and unchanged."""
    findings = [verdict.finding for verdict in verdicts]
    return Counts(
        findings.count(Finding.NEW),
        findings.count(Finding.UPDATED),
        findings.count(Finding.UNCHANGED),
    )
