"""What a member decides of a list: its headings, its doubtful rows, to apply it or not."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import vault
from gsp.uploads.actions.apply import apply
from gsp.uploads.actions.examine import examine
from gsp.uploads.actor import Sender, name_of
from gsp.uploads.batch import ANOTHER, Finding
from gsp.uploads.mapping import columns_of
from gsp.uploads.models import Upload
from gsp.uploads.opening import habits_of
from gsp.uploads.purpose import purpose_of
from gsp.uploads.staging import open_chunk
from gsp.uploads.states import UploadState
from gsp.workflow import NotAllowed, Refused, move

HABITS = ("date_order", "decimal", "encoding")


@transaction.atomic
def confirm(upload: Upload, *, by, at) -> Upload:
    """Have the valid rows applied and hold the others.

    Raises:
        Refused: no row is valid, or the list does not wait for this.
        NotAllowed, Stale: see ``workflow.move``.

    """
    if upload.state == UploadState.WAITING and upload.rows == upload.held:
        raise Refused(
            _("No row can be applied. Correct the file and send it again."),
            field="state",
            code="nothing_valid",
        )
    moved = _moved(upload, UploadState.CONFIRMED, by, at)
    apply.after_commit(upload=moved.pk)
    return moved


@transaction.atomic
def discard(upload: Upload, *, by, at) -> Upload:
    """Write nothing of the list and forget its rows and its file; the record stays.

    Raises:
        Refused: it is applied already, or in the hands of a worker.
        NotAllowed, Stale: see ``workflow.move``.

    """
    moved = _moved(upload, UploadState.DISCARDED, by, at)
    forget_rows(moved)
    return moved


def forget_rows(upload: Upload) -> None:
    """Remove what is kept of a list beside its record."""
    names = [upload.stored, upload.annotated, *upload.parts.values_list("stored", flat=True)]
    upload.chunks.all().delete()
    upload.parts.all().delete()
    upload.stored = upload.annotated = ""
    upload.save(update_fields=["stored", "annotated"])
    transaction.on_commit(lambda: [vault.remove(name) for name in names if name])


@transaction.atomic
def match_headings(upload: Upload, chosen: dict[str, str], *, by, at) -> Upload:
    """Say which column each heading stands for (“” leaves it out); remembered for next time.

    Raises:
        Refused: a column is named twice or unknown, a needed one is missing, or the list does
            not ask.
        NotAllowed, Stale: see ``workflow.move``.

    """
    _check_chosen(upload, chosen)
    moved = _moved(upload, UploadState.RECEIVED, by, at, chosen=chosen, notice="")
    habits = habits_of(upload)
    habits.headings = habits.headings | {upload.kind: habits.headings.get(upload.kind, {}) | chosen}
    habits.save()
    examine.after_commit(upload=moved.pk)
    return moved


@transaction.atomic
def examine_again(upload: Upload, *, by, at) -> Upload:
    """Have a list read and compared once more: after a failure, or with other settings.

    Raises:
        Refused, NotAllowed, Stale: see ``workflow.move``.

    """
    moved = _moved(upload, UploadState.RECEIVED, by, at, notice="")
    examine.after_commit(upload=moved.pk)
    return moved


@transaction.atomic
def decide_row(upload: Upload, number: int, decision: str, *, by, at) -> Upload:
    """Say of a possible duplicate who it is: ``another`` person, or a candidate's uid.

    Raises:
        Refused: the row is no possible duplicate, or the person no candidate.
        NotAllowed: ``by`` may not send such lists.

    """
    _may(upload, by)
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    candidates = _candidates(locked, number)
    if locked.state != UploadState.WAITING or candidates is None:
        raise Refused(
            _("There is nothing to decide about this row."), field="row", code="no_duplicate"
        )
    if decision not in {ANOTHER, *candidates}:
        raise Refused(_("Choose one of the persons shown."), field="decision", code="unknown")
    if str(number) not in locked.decisions:
        locked.held -= 1
    locked.decisions = locked.decisions | {str(number): decision}
    locked.save(update_fields=["decisions", "held"])
    return locked


@transaction.atomic
def set_habits(upload_organisation, facts: dict[str, str], *, by, at):
    """Say how an organisation's files are read from now on; return the settings.

    Raises:
        NotAllowed: ``by`` sends no lists for this organisation.

    """
    from gsp.uploads.purpose import purposes

    own = getattr(by, "organisation_id", None) in (None, upload_organisation.pk)
    if not own or not any(by.may(one.permission) for one in purposes()):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    habits = habits_of(Upload(organisation=upload_organisation))
    for name in HABITS:
        setattr(habits, name, facts.get(name, ""))
    habits.save()
    return habits


def _may(upload: Upload, by) -> None:
    if not by.may(purpose_of(upload.kind).permission):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")


def _moved(upload: Upload, target: UploadState, by, at, **changes) -> Upload:
    facts = {"decided_by": name_of(by), "decided_at": at} | changes
    return move(upload, target, by=Sender(by, upload.kind), at=at, **facts)


def _check_chosen(upload: Upload, chosen: dict[str, str]) -> None:
    columns = columns_of(purpose_of(upload.kind).row)
    named = [column for column in chosen.values() if column]
    known = {one.name for one in columns}
    if not set(named) <= known or len(set(named)) < len(named):
        raise Refused(_("Give each column to one heading only."), field="columns", code="doubled")
    missing = [one.name for one in columns if one.is_required and one.name not in named]
    if missing:
        raise Refused(
            _("No heading stands for “%(column)s”. Choose one, or add the column to the file.")
            % {"column": missing[0]},
            field="columns",
            code="missing",
        )


def _candidates(upload: Upload, number: int) -> set[str] | None:
    """Return the persons a possible duplicate may be; None where the row is none."""
    for chunk in upload.chunks.filter(possible_duplicate__gt=0).order_by("number"):
        rows = open_chunk(chunk)
        for place in rows.places(Finding.POSSIBLE_DUPLICATE):
            if rows.numbers[place] == number:
                return {one.uid for one in rows.details[place].candidates}
    return None
