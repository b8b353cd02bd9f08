"""A stored list as a file that can be read, in the way its organisation writes files."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from gsp import vault
from gsp.uploads.models import Upload, UploadHabits
from gsp.uploads.sheet import Reading

LONGEST = timedelta(hours=1)


@contextmanager
def plain_copy(upload: Upload) -> Iterator[Path]:
    """Yield the path of the file as it was sent, readable by this process and gone afterwards."""
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=_folder()) as file:
        vault.copy_to(upload.stored, Path(file.name))
        yield Path(file.name)


def remove_left(*, now: datetime) -> int:
    """Remove plain copies that a killed worker left behind; return how many.

    No worker reads for an hour: its time limit is far below.
    """
    left = [
        path
        for path in _folder().glob("*")
        if datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) < now - LONGEST
    ]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "reading"


def habits_of(upload: Upload) -> UploadHabits:
    """Return what is known of an organisation's files; where nothing is, a row to be saved."""
    own = UploadHabits.objects.filter(organisation=upload.organisation_id)
    return own.first() or UploadHabits(organisation_id=upload.organisation_id)


def reading_of(habits: UploadHabits) -> Reading:
    """Return how an organisation's files are read."""
    return Reading(habits.date_order, habits.decimal, habits.encoding)
