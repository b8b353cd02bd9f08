"""Attendance: recorded for a whole session at once; what somebody else recorded is never lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from learning import rules
from learning.models import Attendance, Session
from learning.queries import roster
from learning.states import Presence
from partnerships.roles import Permission
from partnerships.rules import may_act_for

BATCH = 500
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """How one trainee took part, as somebody states it."""

    status: str
    minutes_late: int = 0
    note: str = ""

    def same_as(self, row: Attendance) -> bool:
        """Tell whether the row says the same."""
        return (self.status, self.minutes_late, self.note) == (
            row.status,
            row.minutes_late,
            row.note,
        )


@dataclass(slots=True)
class Recorded:
    """What recording did: how many marks were written or stood already, and the conflicts.

    ``conflicts`` are the rows that somebody else changed after they were read, by enrolment.
    """

    written: int = 0
    unchanged: int = 0
    conflicts: dict[int, Attendance] = field(default_factory=dict)


@transaction.atomic
def record(session, marks: Mapping[int, Mark], *, by, at, seen=MappingProxyType({})) -> Recorded:
    """Record the marks of one session, by enrolment id; return what was done.

    The same marks again change nothing. ``seen`` gives, by enrolment id, the ``recorded_at`` that
    the writer had before their eyes (None where nothing was recorded); a row that is no longer as
    seen, and says otherwise than the mark, is a conflict and stays. Of those not in ``seen`` the
    later writer wins.

    Raises:
        Refused: the session is cancelled or not yet held, a mark is impossible, or names somebody
            who is not in the cohort.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(session.centre_id, Permission.RECORD_ATTENDANCE, by)
    session = Session.objects.select_for_update().get(pk=session.pk)
    rules.takes_place(session)
    rules.has_begun(session, at)
    _are_sound(marks)
    _are_expected(session, marks)
    held = {row.enrolment_id: row for row in session.attendance.filter(enrolment__in=marks)}
    done, rows = Recorded(), []
    for enrolment, mark in marks.items():
        row = held.get(enrolment)
        if row is not None and mark.same_as(row):
            done.unchanged += 1
        elif enrolment in seen and seen[enrolment] != (row.recorded_at if row else None):
            done.conflicts[enrolment] = row
        else:
            rows.append(_row(session, enrolment, mark, by, at))
    done.written = len(rows)
    write(rows)
    return done


def write(rows: list[Attendance]) -> None:
    """Write attendance in one statement for each 500 rows, a later mark over an earlier one."""
    Attendance.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=["status", "minutes_late", "note", "recorded_by", "recorded_at"],
        unique_fields=["tenant", "session", "enrolment"],
    )


def _row(session, enrolment: int, mark: Mark, by, at) -> Attendance:
    return Attendance(
        session=session,
        enrolment_id=enrolment,
        centre_id=session.centre_id,
        status=mark.status,
        minutes_late=mark.minutes_late,
        note=mark.note,
        recorded_by=name_of(by),
        recorded_at=at,
    )


def name_of(by) -> str:
    """Return the name of who acts, as records keep it."""
    return (by.user.name if hasattr(by, "user") else by.name)[:150]


def _are_sound(marks: Mapping[int, Mark]) -> None:
    for mark in marks.values():
        if mark.status not in Presence.values:
            raise Refused(
                _("“%(value)s” is not one of: %(choices)s.")
                % {"value": mark.status, "choices": ", ".join(Presence.values)},
                field="status",
                code="unknown_choice",
            )
        if mark.minutes_late and mark.status != Presence.LATE:
            raise Refused(_("Only who is late has minutes."), field="minutes_late", code="not_late")
        if not 0 <= mark.minutes_late <= 960 or len(mark.note) > LONGEST_NOTE:
            raise Refused(
                _("Give 0 to 960 minutes and a note of at most 200 characters."),
                field="minutes_late",
                code="out_of_range",
            )


def _are_expected(session, marks: Mapping[int, Mark]) -> None:
    expected = {enrolment.pk for enrolment in roster(session)}
    strangers = len(marks.keys() - expected)
    if strangers:
        raise Refused(
            _("%(count)s of these trainees are not expected in this session.")
            % {"count": strangers},
            field="enrolment",
            code="not_expected",
        )
