"""What the certificate of a course asks for: modules done, assessments passed, attendance.

``refusals`` is registered with the trainees app, which asks it before it certifies anybody, one or
many; ``skills`` says which skills the certificate then gives evidence of.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gsp.web.formats import percent
from gsp.workflow import Refused
from learning.models import (
    Assessment,
    AssessmentResult,
    CertificationException,
    ModuleCompletion,
)
from learning.queries import in_class, rates
from trainees.models import Enrolment
from trainees.states import EnrolmentState, Track
from training.models import Module, ModuleOutcome


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody without a result: the attendance rate if any, what stands against certifying."""

    enrolment: Enrolment
    rate: float | None
    refusals: list[Refused]


def waiting(cohort):
    """Return whoever of the cohort has no result yet, or a resit open, with the person."""
    rows = in_class(cohort).exclude(state=EnrolmentState.ENROLLED)
    return rows.select_related("person", "cohort__course")


def standings(cohort, on) -> list[Standing]:
    """Return everybody without a result yet, with what stands against it; nine queries."""
    people = list(waiting(cohort))
    against = refusals(people, on)
    came = rates("enrolment", session__cohort=cohort)
    return [Standing(one, came.get(one.pk), against.get(one.pk, [])) for one in people]


def refusals(enrolments: Iterable[Enrolment], on) -> dict[int, list[Refused]]:
    """Return, by enrolment id, what stands against certifying it; those left out are ready.

    Only what the centre has set up is asked: modules that the course needs, assessments of the
    course as a whole, attendance that was recorded. Seven queries, whatever the number.
    """
    enrolments = list(enrolments)
    ids = [one.pk for one in enrolments]
    excepted = set(
        CertificationException.objects.filter(enrolment__in=ids).values_list(
            "enrolment_id", flat=True
        )
    )
    missing = _missing_modules(enrolments)
    failed = _missing_assessments(enrolments)
    came = rates("enrolment", enrolment__in=ids)
    found = {}
    for one in enrolments:
        against = [*missing[one.pk], *failed[one.pk], *_attendance(one, came.get(one.pk))]
        if against and one.pk not in excepted:
            found[one.pk] = against
    return found


def skills(enrolments: Iterable[Enrolment]) -> dict[int, dict[int, int]]:
    """Return, by enrolment id, the level by skill id that the modules done give evidence of.

    Enrolments in courses whose modules name no outcome are left out: those courses state their
    skills themselves.
    """
    enrolments = list(enrolments)
    outcomes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    named = ModuleOutcome.objects.filter(module__course__in=_courses(enrolments))
    with_outcomes = set()
    for module, course, skill, level in named.values_list(
        "module_id", "module__course_id", "skill_id", "level"
    ):
        outcomes[module].append((skill, level))
        with_outcomes.add(course)
    raised = {one.pk: {} for one in enrolments if one.cohort.course_id in with_outcomes}
    for enrolment, module in _done(enrolments):
        for skill, level in outcomes[module]:
            held = raised[enrolment].get(skill, 0)
            raised[enrolment][skill] = max(level, held)
    return raised


def _courses(enrolments) -> set[int]:
    return {one.cohort.course_id for one in enrolments}


def _done(enrolments) -> set[tuple[int, int]]:
    rows = ModuleCompletion.objects.filter(enrolment__in=[one.pk for one in enrolments])
    return set(rows.values_list("enrolment_id", "module_id"))


def _missing_modules(enrolments) -> dict[int, list[Refused]]:
    needed = defaultdict(list)
    for module in Module.objects.filter(course__in=_courses(enrolments), is_required=True).order_by(
        "position"
    ):
        needed[module.course_id].append(module)
    done = _done(enrolments)
    found = defaultdict(list)
    for one in enrolments:
        lacking = [
            module.title
            for module in needed[one.cohort.course_id]
            if (one.pk, module.pk) not in done and (not module.away_only or one.track == Track.AWAY)
        ]
        if lacking:
            message = _("Not done yet: %(modules)s.") % {"modules": ", ".join(lacking)}
            found[one.pk].append(Refused(message, field="modules", code="modules_missing"))
    return found


def _missing_assessments(enrolments) -> dict[int, list[Refused]]:
    """Assessments of the course as a whole; those of modules are part of the modules."""
    needed = defaultdict(dict)
    whole = Assessment.objects.filter(cohort__in={one.cohort_id for one in enrolments}, module=None)
    for pk, cohort, title in whole.order_by("held_on", "id").values_list(
        "id", "cohort_id", "title"
    ):
        needed[cohort][pk] = title
    passed = AssessmentResult.objects.passed().filter(
        assessment__module=None, enrolment__in=[one.pk for one in enrolments]
    )
    passed = set(passed.values_list("enrolment_id", "assessment_id"))
    found = defaultdict(list)
    for one in enrolments:
        lacking = [
            title for pk, title in needed[one.cohort_id].items() if (one.pk, pk) not in passed
        ]
        if lacking:
            message = _("Not passed yet: %(titles)s.") % {"titles": ", ".join(lacking)}
            found[one.pk].append(Refused(message, field="assessments", code="not_passed"))
    return found


def _attendance(enrolment, rate: float | None) -> list[Refused]:
    least = enrolment.cohort.course.least_attendance / 100
    if rate is None or rate >= least:
        return []
    message = _("Attendance is %(rate)s; the course asks for %(least)s.") % {
        "rate": percent(rate),
        "least": percent(least),
    }
    return [Refused(message, field="attendance", code="attendance_too_low")]
