"""Makes the file that goes back to whoever sent a list with errors."""

from tempfile import TemporaryFile

from django.utils import translation

from gsp import vault
from gsp.background.jobs import background
from gsp.uploads import annotated, mapping
from gsp.uploads.batch import Finding
from gsp.uploads.models import Upload
from gsp.uploads.opening import habits_of, plain_copy, reading_of
from gsp.uploads.purpose import purpose_of
from gsp.uploads.reader import open_table
from gsp.uploads.rows import RowError
from gsp.uploads.staging import chunks_of
from gsp.uploads.states import UploadState


@background
def annotate(*, upload: int) -> None:
    """Store the list with its errors marked; one that is marked or gone is left alone."""
    found = Upload.objects.select_for_update().filter(pk=upload).first()
    if found is None or found.annotated or found.state == UploadState.DISCARDED:
        return
    with translation.override(found.language), TemporaryFile() as file:
        _write(found, file)
        file.seek(0)
        found.annotated = vault.put(file).name
    found.save(update_fields=["annotated"])


def _write(upload: Upload, target) -> None:
    habits = habits_of(upload)
    remembered = habits.headings.get(upload.kind, {})
    columns = mapping.columns_of(purpose_of(upload.kind).row)
    counts = [
        (Finding.NEW.label, upload.created),
        (Finding.UPDATED.label, upload.updated),
        (Finding.UNCHANGED.label, upload.unchanged),
        (Finding.POSSIBLE_DUPLICATE.label, upload.duplicates),
        (Finding.ERROR.label, upload.faulty),
    ]
    marks = annotated.Marks(_errors_of(upload), [(str(word), count) for word, count in counts])
    with (
        plain_copy(upload) as path,
        open_table(path, upload.file_name, reading_of(habits)) as table,
    ):
        found = mapping.propose(table.header.cells, columns, remembered, upload.chosen)
        annotated.write(target, table, list(found.columns), marks)


def _errors_of(upload: Upload) -> dict[int, tuple[RowError, ...]]:
    return {
        rows.numbers[place]: rows.details[place].errors
        for rows in chunks_of(upload)
        for place in rows.places(Finding.ERROR)
    }
