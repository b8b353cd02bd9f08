"""Reads for the screens and the API of learning."""

from django.db.models import Case, Count, F, IntegerField, Q, Sum, When
from django.db.models.functions import Cast, Extract, Greatest

from learning.models import Assessment, AssessmentResult, Attendance, Session
from learning.rules import IN_CLASS
from learning.states import Presence, SessionState
from trainees.models import Enrolment
from trainees.states import Track


def sessions():
    """Return sessions with cohort, course, centre and module in one query."""
    return Session.objects.select_related("cohort", "cohort__course", "centre", "module")


def sessions_with_counts():
    """Return sessions with how many marks were ``recorded`` and how many came (``came``)."""
    came = Q(attendance__status__in=[Presence.PRESENT, Presence.LATE])
    return sessions().annotate(recorded=Count("attendance"), came=Count("attendance", filter=came))


def in_class(cohort):
    """Return the enrolments of those who sit in class now, with the person."""
    rows = Enrolment.objects.filter(cohort=cohort, state__in=IN_CLASS)
    return rows.select_related("person").order_by("person__reference", "id")


def roster(session):
    """Return whom to expect in a session, and whoever has a mark in it, with the person."""
    expected = Q(state__in=IN_CLASS)
    if session.away_only:
        expected &= Q(track=Track.AWAY)
    marked = Q(pk__in=Attendance.objects.filter(session=session).values("enrolment"))
    rows = Enrolment.objects.filter(expected | marked, cohort=session.cohort_id)
    return rows.select_related("person").order_by("person__reference", "id")


def counted_attendance():
    """Return marks of sessions that took place, with the ``minutes`` due and ``attended``.

    Excused absence is left out of both; who was late attended the rest.
    """
    lasted = Extract(F("session__ends_at") - F("session__starts_at"), "epoch") / 60
    minutes = Cast(lasted, IntegerField())
    rows = Attendance.objects.filter(session__state=SessionState.PLANNED)
    return rows.exclude(status=Presence.EXCUSED).annotate(
        minutes=minutes,
        attended=Case(
            When(status=Presence.ABSENT, then=0),
            default=Greatest(minutes - F("minutes_late"), 0),
            output_field=IntegerField(),
        ),
    )


def rates(group: str, **which) -> dict[int, float]:
    """Return the attendance rate, 0 to 1, for each ``group`` (such as ``enrolment``) by its id."""
    rows = counted_attendance().filter(**which).values(group).order_by()
    sums = rows.annotate(due=Sum("minutes"), came=Sum("attended"))
    return {one[group]: one["came"] / one["due"] for one in sums if one["due"]}


def assessments():
    """Return assessments with cohort, course, module, and how many were assessed and passed."""
    passed = Q(results__points__gte=F("pass_points"))
    return Assessment.objects.select_related(
        "cohort", "cohort__course", "centre", "module"
    ).annotate(
        assessed=Count("results__enrolment", distinct=True),
        passed=Count("results__enrolment", filter=passed, distinct=True),
    )


def results():
    """Return results with assessment, cohort and person in one query."""
    return AssessmentResult.objects.select_related(
        "assessment", "assessment__cohort", "assessment__module", "enrolment__person"
    )
