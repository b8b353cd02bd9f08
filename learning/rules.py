"""What sessions, attendance, assessments and results must satisfy; these refuse, never write."""

from django.utils.translation import gettext as _

from gsp.web.formats import day
from gsp.workflow import Refused
from learning.states import SessionState
from trainees.states import IN_PROGRESS, EnrolmentState, Track
from training.rules import ENDED

# Whoever sits in class: on the way to a result, or on the way to another attempt.
IN_CLASS = (*IN_PROGRESS, EnrolmentState.NOT_YET_COMPETENT)
LONGEST_HOURS = 16
MOST_SESSIONS = 400  # of one weekly pattern


def cohort_runs(cohort) -> None:
    """Refuse plans and results for a cohort that is closed or cancelled."""
    if cohort.state in ENDED:
        raise Refused(
            _("This cohort is %(state)s; nothing more can be recorded.")
            % {"state": cohort.get_state_display().lower()},
            field="cohort",
            code="cohort_ended",
        )


def module_is_of(module, cohort) -> None:
    """Refuse a module of another course."""
    if module is not None and module.course_id != cohort.course_id:
        raise Refused(
            _("“%(module)s” is no module of this cohort's course.") % {"module": module},
            field="module",
            code="module_of_other_course",
        )


def times_are_sound(starts_at, ends_at) -> None:
    """Refuse a session that ends before it starts, or lasts longer than a day's work."""
    if ends_at <= starts_at:
        raise Refused(
            _("The session ends before it starts."), field="ends_at", code="ends_before_start"
        )
    if (ends_at - starts_at).total_seconds() > LONGEST_HOURS * 3600:
        raise Refused(
            _("A session lasts at most %(hours)s hours. Plan one for each day.")
            % {"hours": LONGEST_HOURS},
            field="ends_at",
            code="too_long",
        )


def takes_place(session) -> None:
    """Refuse attendance at a session that is cancelled."""
    if session.state != SessionState.PLANNED:
        raise Refused(
            _("This session is cancelled. Plan it again before you record who was there."),
            field="session",
            code="session_cancelled",
        )


def has_begun(session, at) -> None:
    """Refuse attendance before the day of the session."""
    if session.starts_at > at and session.starts_at.date() > at.date():
        raise Refused(
            _("This session is on %(day)s. Attendance is recorded from that day on.")
            % {"day": day(session.starts_at.date())},
            field="session",
            code="not_yet",
        )


def is_expected(enrolment, session) -> bool:
    """Tell whether the trainee is meant to come to this session."""
    return not session.away_only or enrolment.track == Track.AWAY


def points_are_sound(assessment, points) -> None:
    """Refuse points that the assessment does not give."""
    if not 0 <= points <= assessment.most_points:
        raise Refused(
            _("This assessment gives 0 to %(most)s points.")
            % {"most": f"{assessment.most_points.normalize():f}"},
            field="points",
            code="points_out_of_range",
        )


def attempt_is_open(number: int, before: list, course) -> None:
    """Refuse an attempt out of order, past the course's limit, or after one that was passed.

    ``before`` are the results of the earlier attempts, in order.
    """
    if number > course.attempts:
        raise Refused(
            _("This course allows %(most)s attempts.") % {"most": course.attempts},
            field="attempt",
            code="no_attempt_left",
        )
    if number != len(before) + 1:
        raise Refused(
            _("The next attempt is number %(next)s.") % {"next": len(before) + 1},
            field="attempt",
            code="attempt_out_of_order",
        )
    if before and before[-1].is_passed:
        raise Refused(
            _("Attempt %(number)s was passed already.") % {"number": before[-1].attempt},
            field="attempt",
            code="passed_already",
        )


def failing_has_two_assessors(assessment, points, assessor: str, second: str) -> None:
    """Refuse to let somebody fail on the word of one person."""
    if points >= assessment.pass_points:
        return
    if not second or second.casefold() == assessor.casefold():
        raise Refused(
            _("Who fails is assessed by two people. Name the second assessor."),
            field="second_assessor",
            code="second_assessor_required",
        )
