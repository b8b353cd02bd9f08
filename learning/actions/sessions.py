"""Sessions: planned one by one or every week, changed, cancelled with a reason."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from learning import rules
from learning.models import Session
from learning.states import SessionState
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for

CHANGEABLE = frozenset({"module", "starts_at", "ends_at", "place", "trainer", "away_only"})


@dataclass(frozen=True, slots=True)
class Week:
    """A weekly pattern: the days (0 is Monday), the hours in a time zone, first and last day."""

    weekdays: frozenset[int]
    starts: time
    ends: time
    first: date
    last: date
    zone: ZoneInfo

    def days(self) -> list[date]:
        """Return every day of the pattern, at most ``rules.MOST_SESSIONS`` and one."""
        count = max((self.last - self.first).days + 1, 0)
        days = (self.first + timedelta(days=number) for number in range(min(count, 3660)))
        return [day for day in days if day.weekday() in self.weekdays][: rules.MOST_SESSIONS + 1]

    def hours(self, day: date) -> tuple[datetime, datetime]:
        """Return start and end on a day, by the clock on the wall there."""
        return (
            datetime.combine(day, self.starts, self.zone),
            datetime.combine(day, self.ends, self.zone),
        )


@transaction.atomic
def plan(cohort, *, starts_at, ends_at, by, at, **facts) -> Session:
    """Plan one session and return it; ``facts`` are module, place, trainer, away_only.

    Raises:
        Refused: the times are impossible, the module is another course's, the cohort has ended.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    _may_plan(cohort, by)
    session = _session(cohort, starts_at=starts_at, ends_at=ends_at, **facts)
    _check(session)
    session.save()
    return session


@transaction.atomic
def plan_weekly(cohort, week: Week, *, by, at, without=(), **facts) -> list[Session]:
    """Plan a session on every day of the pattern but those ``without``; return them.

    A day on which the cohort has a session of the same hours already is left alone, so that the
    same pattern twice plans nothing twice.

    Raises as ``plan``, and Refused where no day is left or there are too many.
    """
    _may_plan(cohort, by)
    days = [day for day in week.days() if day not in set(without)]
    _has_days(days)
    sessions = [
        _session(cohort, starts_at=starts_at, ends_at=ends_at, **facts)
        for starts_at, ends_at in map(week.hours, days)
    ]
    _check(sessions[0])
    standing = set(cohort.sessions.planned().values_list("starts_at", "ends_at"))
    new = [one for one in sessions if (one.starts_at, one.ends_at) not in standing]
    return Session.objects.bulk_create(new, batch_size=500)


@transaction.atomic
def change(session, *, by, at, **facts) -> Session:
    """Change what is named and return the session; what was recorded of it stays.

    Raises as ``plan``.
    """
    _may_plan(session.cohort, by)
    session = Session.objects.select_for_update().get(pk=session.pk)
    unknown = facts.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"a session has no {sorted(unknown)}")
    for name, value in facts.items():
        setattr(session, name, value)
    _check(session)
    session.save()
    return session


@transaction.atomic
def cancel(session, *, reason: str, by, at) -> Session:
    """Cancel the session with a reason and return it; its attendance no longer counts.

    Raises:
        Refused: no reason is given, or it is cancelled already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    _may_plan(session.cohort, by)
    reason = reason.strip()
    return workflow.move(session, SessionState.CANCELLED, by=by, at=at, cancel_reason=reason)


@transaction.atomic
def reinstate(session, *, by, at) -> Session:
    """Let a cancelled session take place after all and return it.

    Raises as ``cancel``.
    """
    _may_plan(session.cohort, by)
    return workflow.move(session, SessionState.PLANNED, by=by, at=at, cancel_reason="")


def _may_plan(cohort, by) -> None:
    may_act_for(cohort.centre_id, Permission.RECORD_ATTENDANCE, by)
    rules.cohort_runs(cohort)


def _session(cohort, *, starts_at, ends_at, **facts) -> Session:
    module = facts.get("module")
    facts["away_only"] = bool(facts.get("away_only")) or bool(module and module.away_only)
    return Session(
        cohort=cohort, centre_id=cohort.centre_id, starts_at=starts_at, ends_at=ends_at, **facts
    )


def _check(session: Session) -> None:
    rules.module_is_of(session.module, session.cohort)
    rules.times_are_sound(session.starts_at, session.ends_at)
    is_valid(session)


def _has_days(days) -> None:
    if not days:
        raise Refused(
            _("No day is left to plan. Choose weekdays that lie between the first and last day."),
            field="weekdays",
            code="no_day",
        )
    if len(days) > rules.MOST_SESSIONS:
        raise Refused(
            _("These are more than %(most)s sessions. Plan a shorter time.")
            % {"most": rules.MOST_SESSIONS},
            field="last",
            code="too_many",
        )
