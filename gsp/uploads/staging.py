"""Checked rows on their way: packed and sealed, opened a few thousand at a time."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain

from gsp.encryption import seal, unseal
from gsp.uploads.batch import Candidate, Change, Finding, Verdict
from gsp.uploads.models import UploadChunk
from gsp.uploads.rows import RowError

_JSON = json.JSONEncoder(check_circular=False, separators=(",", ":"))
BETWEEN = "\0"  # stands in no cell: the reader takes it out, and no database keeps it
ROWS = 5_000  # rows in a chunk: fewer cost more statements, more cost memory
_LETTERS = {
    Finding.NEW: "n",
    Finding.UPDATED: "u",
    Finding.UNCHANGED: "s",
    Finding.POSSIBLE_DUPLICATE: "d",
    Finding.ERROR: "e",
}
_FINDINGS = {letter: finding for finding, letter in _LETTERS.items()}


@dataclass
class Staged:
    """Rows of a chunk in order: numbers, findings as one letter each, texts by column, details.

    ``details`` holds, by place, the verdicts that say more than their finding.
    """

    numbers: list[int]
    letters: str
    cells: dict[str, list[str]]
    details: dict[int, Verdict] = field(default_factory=dict)

    def places(self, *findings: Finding) -> list[int]:
        """Return the places of rows with one of these findings."""
        wanted = {_LETTERS[finding] for finding in findings}
        return [place for place, letter in enumerate(self.letters) if letter in wanted]

    def counts(self) -> dict[Finding, int]:
        """Return how many rows there are of each finding."""
        return {finding: self.letters.count(letter) for finding, letter in _LETTERS.items()}

    def verdict(self, place: int) -> Verdict:
        """Return what was found of one row."""
        return self.details.get(place) or Verdict(_FINDINGS[self.letters[place]])


def staged(numbers, verdicts, cells) -> Staged:
    """Return rows with their verdicts, ready to be packed."""
    letters = "".join([_LETTERS[verdict.finding] for verdict in verdicts])
    plain = set(letters) <= {"n", "s"}
    details = {} if plain else {i: v for i, v in enumerate(verdicts) if _says_more(v)}
    return Staged(list(numbers), letters, cells, details)


def _says_more(verdict: Verdict) -> bool:
    return bool(verdict.changes or verdict.errors or verdict.explanation)


def chunk_of(upload, number: int, rows: Staged) -> UploadChunk:
    """Return the chunk that holds these rows; it is not saved."""
    counts = {finding.value: count for finding, count in rows.counts().items()}
    owner = upload.organisation_id
    chunk = UploadChunk(upload=upload, organisation_id=owner, number=number, **counts)
    chunk.payload = seal(_packed(rows), bound_to=chunk.bound_to)
    return chunk


def open_chunk(chunk: UploadChunk) -> Staged:
    """Return the rows of a chunk.

    Raises:
        UnsealError: it was changed, or belongs to another list or another place.

    """
    content = zlib.decompress(unseal(bytes(chunk.payload), bound_to=chunk.bound_to))
    head, *cells = content.decode().split(BETWEEN)
    found = json.loads(head)
    details = {int(place): _verdict(detail) for place, detail in found["details"].items()}
    height = len(found["numbers"])
    columns = {
        name: cells[place * height : (place + 1) * height]
        for place, name in enumerate(found["columns"])
    }
    return Staged(found["numbers"], found["letters"], columns, details)


def chunks_of(upload) -> Iterator[Staged]:
    """Yield the rows of a list, chunk by chunk, one in memory at a time."""
    numbers = list(upload.chunks.order_by("number").values_list("number", flat=True))
    for number in numbers:
        yield open_chunk(upload.chunks.get(number=number))


def _packed(rows: Staged) -> bytes:
    """Return everything but the cells as JSON, then the cells, column by column."""
    head = {
        "numbers": rows.numbers,
        "letters": rows.letters,
        "columns": list(rows.cells),
        "details": {place: asdict(verdict) for place, verdict in rows.details.items()},
    }
    content = BETWEEN.join([_JSON.encode(head), *chain.from_iterable(rows.cells.values())])
    if content.count(BETWEEN) != len(rows.numbers) * len(rows.cells):
        raise ValueError("A column is longer or shorter than the list, or a cell holds NUL.")
    return zlib.compress(content.encode(), 1)


def _verdict(detail: dict) -> Verdict:
    return Verdict(
        Finding(detail["finding"]),
        changes=tuple(Change(**one) for one in detail["changes"]),
        errors=tuple(RowError(**one) for one in detail["errors"]),
        explanation=detail["explanation"],
        candidates=tuple(Candidate(**one) for one in detail["candidates"]),
    )
