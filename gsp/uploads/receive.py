"""The one way a file comes in: read, checked, applied as a whole or not at all, and recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.uploads.models import Upload
from gsp.uploads.reader import read
from gsp.uploads.rows import RowError, RowsRefused
from gsp.uploads.sheet import Sheet, Unreadable
from gsp.uploads.states import UploadState

KEPT_ERRORS = 2000


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a file is for: its kind, whose it is, and the record it belongs to, if any."""

    kind: str
    organisation: object
    subject: UUID | None = None
    label: str = ""


def receive(
    purpose: Purpose,
    *,
    file_name: str,
    content: bytes,
    apply: Callable[[Sheet], Counts],
    by,
    at,
) -> Upload:
    """Apply all rows of a file, or none; return the record kept of it in both cases.

    ``apply`` checks and writes the rows and raises RowsRefused or Unreadable where it cannot;
    nothing it wrote then remains, and the record holds the errors.
    """
    counts, errors, rows = Counts(), [], 0
    try:
        with transaction.atomic():
            sheet = read(file_name, content)
            rows = len(sheet.rows)
            counts = apply(sheet)
    except Unreadable as refusal:
        errors = [RowError(None, "", "", refusal.message, refusal.remedy)]
    except RowsRefused as refusal:
        errors = refusal.errors
    return Upload.objects.create(
        organisation=purpose.organisation,
        kind=purpose.kind,
        subject=purpose.subject,
        subject_label=purpose.label[:120],
        file_name=PurePath(file_name).name[:200],
        sha256=sha256(content).hexdigest(),
        rows=rows,
        created=counts.created,
        updated=counts.updated,
        unchanged=counts.unchanged,
        errors=[error.as_json() for error in _kept(errors)],
        state=UploadState.REFUSED if errors else UploadState.APPLIED,
        sent_by=_name(by),
        received_at=at,
    )


def _kept(errors: list[RowError]) -> list[RowError]:
    further = len(errors) - KEPT_ERRORS
    if further <= 0:
        return errors
    message = _("%(count)s further errors are not listed.") % {"count": f"{further:,}"}
    return [
        *errors[:KEPT_ERRORS],
        RowError(None, "", "", message, _("Correct these first and send the file again.")),
    ]


def _name(by) -> str:
    return str(by.user.name if hasattr(by, "user") else by.name)[:150]
