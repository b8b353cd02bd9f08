"""A centre uploads the list of a cohort: all rows are applied, or none."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.uploads.models import Upload
from gsp.uploads.receive import Counts, Purpose, receive
from gsp.uploads.rows import RowError, examine, refuse_if
from gsp.uploads.sheet import Sheet
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.actions.cohort_known import Known
from trainees.actions.cohort_rows import Codes, TraineeRow
from trainees.actions.cohort_write import write
from trainees.states import Track
from training.models import Cohort
from training.queries import seats_held


@transaction.atomic
def upload(cohort, *, file_name: str, content: bytes, by, at) -> Upload:
    """Bring the cohort's trainees up to a file's rows; return the record, with its errors if any.

    A trainee is known by the centre's reference: an existing case is updated, never doubled, and
    an empty cell changes nothing. Either every row is applied or nothing is written.

    Raises:
        Refused: the cohort takes no more trainees.
        NotAllowed: ``by`` is neither the cohort's centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, Permission.UPLOAD_TRAINEES, by)
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    rules.takes_lists(cohort)
    purpose = Purpose("cohort", cohort.centre, cohort.uid, cohort.code)
    apply = partial(_apply, cohort, at)
    return receive(purpose, file_name=file_name, content=content, apply=apply, by=by, at=at)


def _apply(cohort, at, sheet: Sheet) -> Counts:
    today = at.date()
    rows, errors = examine(sheet, TraineeRow, Codes.of(sheet, today=today))
    known = Known.of(cohort, [row.reference for _number, row in rows])
    errors += _twice(rows)
    errors += _tracks(cohort, rows, known, today)
    refuse_if(errors)
    return write(cohort, [row for _number, row in rows], known, on=today)


def _twice(rows) -> list[RowError]:
    first, errors = {}, []
    for number, row in rows:
        if first.setdefault(row.reference, number) != number:
            message = _("This reference stands in row %(row)s already.") % {
                "row": first[row.reference]
            }
            remedy = _("Give every trainee one row and a reference of their own.")
            errors.append(RowError(number, "reference", row.reference, message, remedy))
    return errors


def _tracks(cohort, rows, known: Known, today) -> list[RowError]:
    """Return the errors of rows whose track the cohort's terms do not allow."""
    changes = [(number, row) for number, row in rows if known.changes_track(row)]
    free = _free_seats(cohort, [known.track(row) for _number, row in changes])
    errors = []
    for number, row in changes:
        refusal = _refusal(cohort, row, known, today)
        if refusal is None and free[row.track] <= 0:
            refusal = Refused(
                _("All %(track)s seats are held: %(seats)s of %(seats)s.")
                % {"seats": rules.seats_of(cohort, row.track), "track": row.track.label.lower()}
            )
        free[row.track] -= 1
        if refusal:
            remedy = _("Leave the track empty, or have the cohort's seats or window changed.")
            errors.append(RowError(number, "track", row.track.value, refusal.message, remedy))
    return errors


def _free_seats(cohort, leaving: list[str]) -> dict[str, int]:
    held = seats_held(cohort)
    return {
        track: rules.seats_of(cohort, track) - held.get(track, 0) + leaving.count(track)
        for track in (Track.HOME, Track.AWAY)
    }


def _refusal(cohort, row, known: Known, today) -> Refused | None:
    """Return why an enrolled trainee may not take the row's track now, seats aside."""
    enrolment = known.enrolment(row)
    if enrolment is None:
        return None  # the list may state the track on which somebody starts
    try:
        rules.is_open(enrolment)
        rules.window_is_open(cohort, today)
    except Refused as refusal:
        return refusal
    return None
