"""A stored list as a file that can be read, in the way its organisation writes files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from gsp import vault
from gsp.uploads.models import Upload, UploadHabits
from gsp.uploads.sheet import Reading


@contextmanager
def plain_copy(upload: Upload) -> Iterator[Path]:
    """Yield the path of the file as it was sent, readable by this process and gone afterwards."""
    folder = settings.DATA_DIR / "reading"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=folder) as file:
        vault.copy_to(upload.stored, Path(file.name))
        yield Path(file.name)


def habits_of(upload: Upload) -> UploadHabits:
    """Return what is known of an organisation's files; where nothing is, a row to be saved."""
    own = UploadHabits.objects.filter(organisation=upload.organisation_id)
    return own.first() or UploadHabits(organisation_id=upload.organisation_id)


def reading_of(habits: UploadHabits) -> Reading:
    """Return how an organisation's files are read."""
    return Reading(habits.date_order, habits.decimal, habits.encoding)
