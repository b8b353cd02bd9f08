"""Reads for the pages and the API of lists."""

from dataclasses import dataclass

from gsp.uploads.batch import Finding, Verdict
from gsp.uploads.models import Upload
from gsp.uploads.purpose import purpose_of, seen_by
from gsp.uploads.staging import Staged, open_chunk
from gsp.uploads.states import UploadState

PAGE = 25


def uploads_for(member):
    """Return the lists of the kinds a member may see, those in progress first."""
    return Upload.objects.filter(kind__in=seen_by(member)).latest()


def applied_before(upload: Upload) -> Upload | None:
    """Return the last list with the very same content that was applied for the same thing."""
    same = Upload.objects.filter(
        organisation=upload.organisation_id,
        kind=upload.kind,
        subject=upload.subject,
        sha256=upload.sha256,
        state=UploadState.APPLIED,
    )
    return same.exclude(pk=upload.pk).order_by("-applied_at").first()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview; ``cells`` are texts by column, for those who may see them."""

    number: int
    verdict: Verdict
    cells: dict[str, str]
    decision: str = ""


def rows_of(upload: Upload, finding: Finding, start: int, count: int = PAGE) -> list[ShownRow]:
    """Return rows with a finding, from the ``start``-th on; only their chunks are opened."""
    found: list[ShownRow] = []
    columns = list(purpose_of(upload.kind).row.model_fields)
    chunks = upload.chunks.order_by("number").values_list("number", finding.value)
    for number, here in chunks:
        if start >= here:
            start -= here
            continue
        rows = open_chunk(upload.chunks.get(number=number))
        for place in rows.places(finding)[start : start + count - len(found)]:
            found.append(_shown(upload, rows, place, columns))
        start = 0
        if len(found) == count:
            break
    return found


def _shown(upload: Upload, rows: Staged, place: int, columns: list[str]) -> ShownRow:
    number = rows.numbers[place]
    cells = {name: rows.cells[name][place] for name in columns if rows.cells[name][place]}
    decision = upload.decisions.get(str(number), "")
    return ShownRow(number, rows.verdict(place), cells, decision)


def counts_of(upload: Upload) -> dict[Finding, int]:
    """Return how many rows there are of each finding."""
    return {
        Finding.NEW: upload.created,
        Finding.UPDATED: upload.updated,
        Finding.UNCHANGED: upload.unchanged,
        Finding.POSSIBLE_DUPLICATE: upload.duplicates,
        Finding.ERROR: upload.faulty,
    }
