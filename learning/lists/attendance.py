"""Attendance as a list: a trainee and a session a row."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.uploads.batch import NEW, UNCHANGED, Change, Verdict, updated
from gsp.uploads.cells import Day, count, identifier, one_of, text
from gsp.uploads.purpose import Purpose, Target, register
from gsp.uploads.rows import UploadRow
from gsp.uploads.template import columns_of, workbook
from learning import rules
from learning.actions.attendance import Mark, name_of, write
from learning.headings import ATTENDANCE
from learning.lists import people
from learning.models import Attendance
from learning.states import Presence
from partnerships.models import Agency
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from training.models import Cohort

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
FACTS = ("attendance", "minutes_late", "note")


class AttendanceRow(UploadRow):
    """How one trainee took part in one session, found by its day (and hour, if there are two)."""

    headings: ClassVar = ATTENDANCE

    reference: identifier(40)
    session_on: Day
    session_at: text(5) = ""
    attendance: one_of(Presence)
    minutes_late: count(960) = 0
    note: text(200) = ""


@dataclass
class Class:
    """A cohort with its trainees by reference and its sessions by day."""

    cohort: Cohort
    zone: ZoneInfo
    at: object
    trainees: dict
    sessions: dict
    seen: people.Seen = field(default_factory=people.Seen)
    rows: dict = field(default_factory=dict)


@register
class AttendanceList(Purpose):
    """A mark a row; sending it again corrects it."""

    kind, label, row = "attendance", gettext_lazy("Attendance"), AttendanceRow
    permission, view_permission = Permission.RECORD_ATTENDANCE, Permission.VIEW_TRAINEES

    def find(self, name, organisation):
        """Return the cohort of an identifier."""
        return people.cohort_named(name)

    def target(self, thing, *, by):
        """Return the cohort's centre, for itself and for the agency's staff."""
        may_act_for(thing.centre_id, self.permission, by)
        rules.cohort_runs(thing)
        return Target(thing.centre, thing.uid, thing.code)

    def begin(self, upload, *, at):
        """Read the cohort, its trainees and its sessions."""
        cohort = people.cohort_named(str(upload.subject))
        rules.cohort_runs(cohort)
        zone = ZoneInfo(Agency.objects.get(pk=cohort.tenant_id).time_zone)
        sessions = defaultdict(list)
        for one in cohort.sessions.planned().order_by("starts_at", "id"):
            sessions[one.starts_at.astimezone(zone).date()].append(one)
        return Class(cohort, zone, at, people.trainees_of(cohort), sessions)

    def compare(self, context, batch):
        """Compare each mark with the one that is held."""
        held = _held(context, batch)
        return [_verdict(context, number, row, held) for number, row in batch.numbered()]

    def write(self, context, batch, *, by, at):
        """Write the marks in one statement."""
        rows = [context.rows[number] for number in batch.numbers]
        for row in rows:
            row.recorded_by, row.recorded_at = name_of(by), at
        write(rows)

    def template(self, thing):
        """Return the sessions held without a mark, a line for each trainee."""
        codes = {"attendance": tuple((str(c), str(label)) for c, label in Presence.choices)}
        columns = columns_of(AttendanceRow, _hints(), codes)
        return workbook(columns, title=_("Attendance"), rows=_lines(thing))

    def address(self, upload):
        """Return the page where attendance is sent."""
        return "attendance-upload", {"uid": upload.subject}


def _held(context: Class, batch) -> dict[tuple[int, int], Attendance]:
    wanted = [context.trainees.get(name) for name in batch.texts("reference")]
    rows = Attendance.objects.filter(
        session__cohort=context.cohort, enrolment__in=[one.pk for one in wanted if one]
    )
    return {(row.session_id, row.enrolment_id): row for row in rows}


def _verdict(context: Class, number: int, row, held) -> Verdict:
    trainee = context.trainees.get(row.reference)
    if trainee is None:
        return people.no_such_trainee(number, row.reference)
    session, verdict = _session(context, number, row)
    verdict = verdict or _impossible(context, number, row, trainee, session)
    if verdict:
        return verdict
    first = context.seen.first((session.pk, trainee.pk), number)
    if first is not None:
        return people.stands_already(number, "reference", row.reference, first)
    mark = Mark(row.attendance.value, row.minutes_late, row.note)
    known = held.get((session.pk, trainee.pk))
    context.rows[number] = Attendance(
        session=session,
        enrolment=trainee,
        centre_id=context.cohort.centre_id,
        status=mark.status,
        minutes_late=mark.minutes_late,
        note=mark.note,
    )
    if known is None:
        return NEW
    return UNCHANGED if mark.same_as(known) else updated(*_changes(known, mark))


def _changes(known: Attendance, mark: Mark) -> list[Change]:
    before = (known.get_status_display(), str(known.minutes_late), known.note)
    after = (str(Presence(mark.status).label), str(mark.minutes_late), mark.note)
    pairs = zip(FACTS, before, after, strict=True)
    return [Change(name, old, new) for name, old, new in pairs if old != new]


def _session(context: Class, number: int, row):
    """Return the session that the row means, or None and what is wrong with it."""
    held = context.sessions.get(row.session_on, [])
    if row.session_at:
        clock = CLOCK.fullmatch(row.session_at)
        hour = (int(clock[1]), int(clock[2])) if clock else None
        local = [(one, one.starts_at.astimezone(context.zone)) for one in held]
        held = [one for one, starts in local if (starts.hour, starts.minute) == hour]
    if len(held) == 1:
        return held[0], None
    if held:
        message, remedy = _("The cohort has several sessions on this day."), _("Say when it began.")
        return None, people.error(number, "session_at", row.session_at, message, remedy)
    message = _("The cohort has no session then.")
    remedy = _("Compare day and hour with the calendar; plan the session first.")
    return None, people.error(number, "session_on", row.session_on.isoformat(), message, remedy)


def _impossible(context: Class, number: int, row, trainee, session) -> Verdict | None:
    if session.starts_at > context.at and session.starts_at.date() > context.at.date():
        message, remedy = _("This session lies in the future."), _("Send it from that day on.")
        return people.error(number, "session_on", str(row.session_on), message, remedy)
    if not rules.is_expected(trainee, session):
        message = _("This session is for the away track; the trainee is not on it.")
        return people.error(number, "reference", row.reference, message, _("Take the row away."))
    if row.minutes_late and row.attendance != Presence.LATE:
        message, remedy = _("Only who is late has minutes."), _("Empty the cell, or write “late”.")
        return people.error(number, "minutes_late", str(row.minutes_late), message, remedy)
    return None


def _lines(cohort) -> list[tuple]:
    """Return reference, day and hour of each mark that is missing, at most 20,000."""
    zone = ZoneInfo(Agency.objects.get(pk=cohort.tenant_id).time_zone)
    marked = set(
        Attendance.objects.filter(session__cohort=cohort).values_list("session_id", "enrolment_id")
    )
    trainees = sorted(people.trainees_of(cohort).items())
    return [
        (reference, f"{starts:%Y-%m-%d}", f"{starts:%H:%M}")
        for session in cohort.sessions.planned().order_by("starts_at", "id")
        for starts in [session.starts_at.astimezone(zone)]
        for reference, one in trainees
        if (session.pk, one.pk) not in marked and rules.is_expected(one, session)
    ][:20_000]


def _hints() -> dict[str, str]:
    return {
        "reference": _("Your own number for this person."),
        "session_on": _("The day of the session."),
        "session_at": _("When it began, such as 09:00; only needed where there are two."),
        "attendance": _("One of the codes."),
        "minutes_late": _("Only for those who were late."),
        "note": _("Such as why somebody is excused."),
    }
