"""The page of a session: who was there. Made for a telephone; works without JavaScript."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gsp.audit.models import note_looks
from gsp.web.views import DeskPage
from gsp.workflow import Refused
from learning import queries
from learning.actions.attendance import Mark, record
from learning.states import Presence, SessionState
from learning.web.cohorts import crumbs_of
from learning.web.hours import InAgencyTime
from partnerships.roles import Permission
from training.rules import ENDED

ICONS = {
    Presence.PRESENT: "check-lg",
    Presence.LATE: "clock-history",
    Presence.EXCUSED: "envelope",
    Presence.ABSENT: "x-lg",
}


class SessionPage(InAgencyTime, DeskPage):
    """One session: its facts, and the attendance sheet; everybody is present to start with."""

    permission = Permission.VIEW_TRAINEES
    write_permission = Permission.RECORD_ATTENDANCE
    template_name = "learning/session.html"

    def get(self, request, uid):
        """Show the sheet."""
        return self._show(self._found(uid), {}, {})

    def post(self, request, uid):
        """Record the sheet; what somebody else changed meanwhile is shown, not overwritten."""
        session = self._found(uid)
        marks, seen = self._posted(session)
        try:
            done = record(session, marks, seen=seen, by=self.desk.member, at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self._show(session, marks, {})
        if done.conflicts:
            messages.warning(
                request,
                _("Somebody else has recorded some of these meanwhile. Look again and save."),
            )
            return self._show(session, marks, done.conflicts)
        text = ngettext("%(count)s mark is saved.", "%(count)s marks are saved.", done.written)
        messages.success(
            request,
            text % {"count": done.written} if done.written else _("Everything stood already."),
        )
        return redirect(self.desk.url("session", uid=uid))

    def _found(self, uid):
        return get_object_or_404(queries.sessions(), uid=uid)

    def _show(self, session, marks, conflicts):
        people = list(queries.roster(session))
        note_looks([one.person for one in people], at=timezone.now())
        held = {row.enrolment_id: row for row in session.attendance.all()}
        lines = [
            _line(one, held.get(one.pk), marks.get(one.pk), one.pk in conflicts) for one in people
        ]
        may_record = self.may(Permission.RECORD_ATTENDANCE) and session.cohort.state not in ENDED
        begun = timezone.localdate(session.starts_at) <= timezone.localdate()
        context = self.get_context_data(
            session=session,
            cohort=session.cohort,
            lines=lines,
            recorded=sum(line["row"] is not None for line in lines),
            choices=[(code, Presence(code).label, ICONS[code]) for code in Presence],
            may_plan=may_record,
            may_record=may_record and begun and session.state == SessionState.PLANNED,
            begun=begun,
            overlaps=queries.overlaps([session])[:5],
            crumbs=[
                *crumbs_of(self.desk, session.cohort),
                {
                    "label": _("Sessions"),
                    "url": self.desk.url("cohort-sessions", uid=session.cohort.uid),
                },
            ],
        )
        return self.render_to_response(context)

    def _posted(self, session) -> tuple[dict, dict]:
        """Return the marks of the form by enrolment, and what its writer had seen."""
        sent = self.request.POST
        marks, seen = {}, {}
        for one in queries.roster(session):
            status = sent.get(f"status-{one.uid}")
            if status is None:
                continue
            late = status == Presence.LATE
            marks[one.pk] = Mark(
                status,
                _minutes(sent.get(f"minutes-{one.uid}", "")) if late else 0,
                sent.get(f"note-{one.uid}", "").replace("\x00", "").strip(),
            )
            seen[one.pk] = _moment(sent.get(f"seen-{one.uid}", ""))
        return marks, seen


def _line(enrolment, row, mark, conflicts: bool) -> dict:
    """Return what the sheet shows of one trainee: the mark sent, else the row, else present."""
    shown = mark or row
    return {
        "enrolment": enrolment,
        "row": row,
        "conflicts": conflicts,
        "status": shown.status if shown else Presence.PRESENT,
        "minutes_late": shown.minutes_late if shown else 0,
        "note": shown.note if shown else "",
        "seen": row.recorded_at.isoformat() if row else "",
    }


def _minutes(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
