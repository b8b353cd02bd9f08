"""Reads for the screens and the API of learning."""

from collections import defaultdict

from django.db.models import Case, Count, F, IntegerField, Q, Sum, When
from django.db.models.functions import Cast, Extract, Greatest

from learning.models import Assessment, AssessmentResult, Attendance, Session
from learning.rules import IN_CLASS
from learning.states import Presence, SessionState
from trainees.models import Enrolment
from trainees.states import Track
from training.models import Module


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


def hours_of(cohort) -> list[dict]:
    """Return each module of the cohort's course with its hours due and the hours planned."""
    lasted = Sum(F("ends_at") - F("starts_at"))
    planned = cohort.sessions.planned().values("module").order_by().annotate(lasted=lasted)
    by_module = {one["module"]: one["lasted"].total_seconds() / 3600 for one in planned}
    modules = Module.objects.filter(course=cohort.course_id).order_by("position")
    rows = [
        {"module": one, "due": one.hours, "planned": by_module.get(one.pk, 0)} for one in modules
    ]
    if None in by_module:
        rows.append({"module": None, "due": None, "planned": by_module[None]})
    return rows


def overlaps(sessions) -> list[tuple]:
    """Return ``(session, other, what)`` where another session wants the same at the same time.

    ``what`` is the trainer, the place or the cohort. One query, whatever the number of sessions.
    """
    sessions = list(sessions)
    if not sessions:
        return []
    first = min(one.starts_at for one in sessions)
    last = max(one.ends_at for one in sessions)
    own = {one.pk for one in sessions}
    others = Session.objects.planned().between(first, last).filter(centre=sessions[0].centre_id)
    others = others.select_related("cohort").order_by("starts_at", "id")
    return [
        (session, other, what)
        for other in others
        for session in sessions
        if other.pk not in own and other.starts_at < session.ends_at
        if session.starts_at < other.ends_at
        for what in _shared(session, other)[:1]
    ]


def _shared(session, other) -> list[str]:
    pairs = [(session.trainer, other.trainer), (session.place, other.place)]
    shared = [mine for mine, theirs in pairs if mine and mine.casefold() == theirs.casefold()]
    return shared + ([other.cohort.code] if session.cohort_id == other.cohort_id else [])


def held_sessions(cohort, at):
    """Return the sessions of a cohort that began before a moment and took place, in order."""
    rows = cohort.sessions.planned().filter(starts_at__lte=at)
    return rows.select_related("module").order_by("starts_at", "id")


def sheet_of(assessment) -> list[tuple]:
    """Return each trainee of the sheet with the attempts so far, in order; two queries.

    On it stand all who are in class, and whoever has a result; of an away module, the away track.
    """
    rows = AssessmentResult.objects.filter(assessment=assessment).select_related("assessment")
    attempts = defaultdict(list)
    for row in rows.order_by("attempt"):
        attempts[row.enrolment_id].append(row)
    expected = Q(state__in=IN_CLASS)
    if assessment.module and assessment.module.away_only:
        expected &= Q(track=Track.AWAY)
    people = Enrolment.objects.filter(expected | Q(pk__in=attempts), cohort=assessment.cohort_id)
    people = people.select_related("person").order_by("person__reference", "id")
    return [(one, attempts[one.pk]) for one in people]
