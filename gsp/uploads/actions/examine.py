"""A worker reads a list, checks and compares every row, and stages it for the preview."""

from dataclasses import asdict
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gsp.background.jobs import background
from gsp.uploads import mapping
from gsp.uploads.actions.annotate import annotate
from gsp.uploads.actor import Clock
from gsp.uploads.batch import Finding, Verdict
from gsp.uploads.checking import Checked, Plan, checked
from gsp.uploads.habits import habits
from gsp.uploads.models import Upload, UploadChunk
from gsp.uploads.opening import habits_of, plain_copy, reading_of
from gsp.uploads.progress import Teller, forget
from gsp.uploads.purpose import purpose_of
from gsp.uploads.reader import open_table
from gsp.uploads.rows import RowError
from gsp.uploads.sheet import Unreadable
from gsp.uploads.staging import Staged, chunk_of, staged
from gsp.uploads.states import UploadState
from gsp.workflow import Refused, move

KEPT_ERRORS = 2_000  # of a list, for the record that stays when the staging is gone
COUNTED = {
    "created": Finding.NEW,
    "updated": Finding.UPDATED,
    "unchanged": Finding.UNCHANGED,
    "duplicates": Finding.POSSIBLE_DUPLICATE,
    "faulty": Finding.ERROR,
}


@background
def examine(*, upload: int) -> None:
    """Bring a received list to its preview, to the question about its headings, or refuse it.

    All in one transaction: a worker that dies leaves the list as received, and the next one
    begins again. A list that is past this stage is left alone.
    """
    found = Upload.objects.select_for_update().filter(pk=upload).first()
    if found is None or found.state != UploadState.RECEIVED:
        return
    with translation.override(found.language):
        Examination(found, at=timezone.now()).run()
    forget(found)


@examine.when_given_up
def examination_failed(*, upload: int) -> None:
    """Say of a list that no worker could examine that it failed, and what to do."""
    fail(upload, UploadState.RECEIVED)


def fail(upload: int, stage: UploadState) -> None:
    """Move a list that stayed in a stage to failed, with the remedy."""
    found = Upload.objects.filter(pk=upload, state=stage).first()
    if found is None:
        return
    with translation.override(found.language):
        notice = _("The platform could not finish this. Try again; if it fails again, tell us.")
    move(found, UploadState.FAILED, by=Clock(), at=timezone.now(), notice=notice)


class Examination:
    """One pass over a file; what it finds goes into the record and its chunks."""

    def __init__(self, upload: Upload, *, at):
        self.upload, self.at = upload, at
        self.purpose = purpose_of(upload.kind)
        self.habits = habits_of(upload)
        self.decisions = {int(row): choice for row, choice in upload.decisions.items()}
        self.counts = dict.fromkeys(Finding, 0)
        self.errors: list[RowError] = []

    def run(self) -> None:
        """Examine the file and move the record to what came of it."""
        self.upload.chunks.all().delete()
        try:
            with transaction.atomic(), plain_copy(self.upload) as path:
                self._read(path)
        except Unreadable as refusal:
            self._refuse(refusal.message, refusal.remedy)
        except Refused as refusal:
            self._refuse(refusal.message, _("Correct this first and send the file again."))

    def _read(self, path: Path) -> None:
        """Read the file; once more, with what the first pass taught, if numbers lost zeros."""
        reading, name = reading_of(self.habits), self.upload.file_name
        with open_table(path, name, reading) as table:
            header = list(table.header.cells)
            proposal = self._proposal(header)
            if not proposal.is_clear:
                move(self.upload, UploadState.MAPPING, by=Clock(), at=self.at, headings=header)
                return
            move(self.upload, UploadState.READ, by=Clock(), at=self.at, read_at=self.at)
            widths = self._check(table, proposal.columns)
        if widths:
            self._begin_again()
            with open_table(path, name, reading) as table:
                self._check(table, proposal.columns, widths)
        self.upload.headings, self.upload.reading = header, asdict(table.reading)
        self._wait(table.findings)

    def _begin_again(self) -> None:
        self.upload.chunks.all().delete()
        self.counts, self.errors = dict.fromkeys(Finding, 0), []

    def _proposal(self, header: list[str]) -> mapping.Proposal:
        remembered = self.habits.headings.get(self.upload.kind, {})
        columns = mapping.columns_of(self.purpose.row)
        return mapping.propose(header, columns, remembered, self.upload.chosen)

    def _check(self, table, places, widths=None) -> dict[str, int]:
        """Check, compare and stage every row; return the widths that numbers have lost."""
        rows = iter(table.rows)
        context = self.purpose.begin(self.upload, at=self.at)
        plan = Plan(self.purpose.row, places, context, widths)
        teller = Teller(self.upload, UploadState.CHECKED, table.total)
        number = done = 0
        teller.tell(done)
        while some := list(islice(rows, self.purpose.rows_at_once)):
            with habits(table.reading):
                found = checked(plan, some, self.purpose.learn, self.decisions)
            verdicts = self.purpose.compare(context, found.good)
            kept = self.purpose.keep(context, found.good)
            chunk = chunk_of(self.upload, number, self._counted(found, verdicts, kept))
            UploadChunk.objects.bulk_create([chunk])
            number, done = number + 1, done + len(some)
            teller.tell(done)
        return {} if widths else plan.lost_widths

    def _counted(self, found: Checked, verdicts: list[Verdict], kept: dict) -> Staged:
        if found.errors:
            verdicts, kept = _with_errors(found, verdicts, kept)
        rows = staged(found.numbers, verdicts, kept)
        for finding, count in rows.counts().items():
            self.counts[finding] += count
        for place in rows.places(Finding.ERROR):
            self.errors += rows.details[place].errors
        return rows

    def _wait(self, findings: dict[str, str]) -> None:
        upload, at = self.upload, timezone.now()
        counts = {name: self.counts[finding] for name, finding in COUNTED.items()}
        facts = counts | {
            "rows": sum(counts.values()),
            "errors": [one.as_json() for one in self._kept_errors()],
            "headings": upload.headings,
            "reading": upload.reading,
            "findings": findings,
            "held": counts["faulty"] + counts["duplicates"],
        }
        move(upload, UploadState.CHECKED, by=Clock(), at=at, checked_at=at, **facts)
        move(upload, UploadState.WAITING, by=Clock(), at=at)
        if upload.faulty:
            annotate.after_commit(upload=upload.pk)

    def _kept_errors(self) -> list[RowError]:
        further = len(self.errors) - KEPT_ERRORS
        if further <= 0:
            return self.errors
        message = _("%(count)s further errors are not listed.") % {"count": f"{further:,}"}
        remedy = _("Correct these first and send the file again.")
        return [*self.errors[:KEPT_ERRORS], RowError(None, "", "", message, remedy)]

    def _refuse(self, message: str, remedy: str) -> None:
        self.upload.refresh_from_db()  # what the file was moved to is undone
        errors = [RowError(None, "", "", message, remedy).as_json()]
        move(self.upload, UploadState.REFUSED, by=Clock(), at=self.at, errors=errors)


def _with_errors(found: Checked, verdicts, kept) -> tuple[list[Verdict], dict[str, list[str]]]:
    """Return verdicts and texts of all rows, those in error among them, in their order."""
    good = {number: place for place, number in enumerate(found.good.numbers)}
    places = [good.get(number) for number in found.numbers]
    whole = [
        verdicts[place]
        if place is not None
        else Verdict(Finding.ERROR, errors=tuple(found.errors[number]))
        for number, place in zip(found.numbers, places, strict=True)
    ]
    texts = {}
    for name, cells in kept.items():
        raw = found.cells.get(name, ("",) * len(places))
        texts[name] = [
            cells[place] if place is not None else raw[row] for row, place in enumerate(places)
        ]
    return whole, texts
