"""Builds what happens in the invented classes: outcomes, a timetable, attendance, a first test."""

from datetime import time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from demonstration.site import Site
from learning.actions import assessments, completions, results, sessions
from learning.actions.attendance import write
from learning.models import Assessment, Attendance, Session
from learning.queries import in_class
from learning.states import Presence
from partnerships.roles import System
from training.models import Cohort, Module, ModuleOutcome
from training.states import CohortState

BY = System("Demonstration")
WEEKS_BEFORE, WEEKS_AFTER = 6, 4
TUESDAY_AND_THURSDAY = frozenset({1, 3})
# Of a hundred marks of somebody who usually comes.
USUAL = (
    [Presence.PRESENT] * 88 + [Presence.LATE] * 6 + [Presence.EXCUSED] * 4 + [Presence.ABSENT] * 2
)
SELDOM = 9  # every ninth trainee misses every other session


def build_classes(site: Site) -> None:
    """Write the classes of every cohort in training; cohorts that have sessions are left alone."""
    cohorts = Cohort.objects.filter(
        partnership=site.partnership, state=CohortState.IN_TRAINING
    ).select_related("course", "centre")
    for cohort in cohorts.order_by("id"):
        if not cohort.sessions.exists():
            _build_class(site, cohort)


def _build_class(site: Site, cohort: Cohort) -> None:
    modules = list(Module.objects.filter(course=cohort.course).order_by("position"))
    technical = [one for one in modules if one.kind == Module.Kind.TECHNICAL]
    _name_outcomes(cohort.course, technical)
    first = next(iter(technical), None)
    _plan(site, cohort, first)
    _attend(site, cohort)
    if first is not None:
        _test(site, cohort, first)
    for module in modules:
        if module.kind == Module.Kind.SERVICES:
            _done_by_hand(site, cohort, module)


def _name_outcomes(course, technical: list[Module]) -> None:
    """Share the skills of the course among its technical modules; the course teaches the same."""
    if not technical or ModuleOutcome.objects.filter(module__course=course).exists():
        return
    ModuleOutcome.objects.bulk_create(
        ModuleOutcome(
            module=technical[place % len(technical)],
            centre_id=course.centre_id,
            skill_id=taught.skill_id,
            level=taught.level,
        )
        for place, taught in enumerate(course.skills.order_by("id"))
    )


def _plan(site: Site, cohort: Cohort, module: Module | None) -> None:
    week = sessions.Week(
        TUESDAY_AND_THURSDAY,
        time(9, 0),
        time(13, 0),
        site.day(-7 * WEEKS_BEFORE),
        site.day(7 * WEEKS_AFTER),
        ZoneInfo(site.programme.time_zone),
    )
    place = f"Workshop {cohort.pk % 3 + 1}"
    sessions.plan_weekly(cohort, week, module=module, place=place, by=BY, at=site.at)
    snowed_in = cohort.sessions.order_by("starts_at").first()
    sessions.cancel(snowed_in, reason="Snow (demonstration)", by=BY, at=site.at)


def _attend(site: Site, cohort: Cohort) -> None:
    held = Session.objects.planned().filter(cohort=cohort, ends_at__lt=site.at)
    people = list(in_class(cohort))
    write(
        [
            _mark(site, session, person, place, number)
            for number, session in enumerate(held.order_by("starts_at"))
            for place, person in enumerate(people, start=1)
        ]
    )


def _mark(site: Site, session: Session, enrolment, place: int, number: int) -> Attendance:
    status = site.random.choice(USUAL)
    if place % SELDOM == 0 and number % 2:
        status = Presence.ABSENT
    return Attendance(
        session=session,
        enrolment=enrolment,
        centre_id=session.centre_id,
        status=status,
        minutes_late=site.random.choice((5, 10, 20)) if status == Presence.LATE else 0,
        recorded_by=BY.name,
        recorded_at=session.ends_at + timedelta(minutes=5),
    )


def _test(site: Site, cohort: Cohort, module: Module) -> None:
    """One test of the first module: most pass, the others may sit it again."""
    test = assessments.plan(
        cohort,
        title="Mid-term test (demonstration)",
        kind=Assessment.Kind.PRACTICAL,
        module=module,
        held_on=site.day(-10),
        most_points=Decimal(100),
        pass_points=Decimal(60),
        by=BY,
        at=site.at,
    )
    entries = [
        results.Entry(
            one.pk,
            Decimal(site.random.randint(48, 98)),
            site.day(-10),
            "Demonstration assessor",
            "Second demonstration assessor",
        )
        for one in in_class(cohort)
    ]
    results.record(test, entries, by=BY, at=site.at)


def _done_by_hand(site: Site, cohort: Cohort, module: Module) -> None:
    """A few on the away track have done the module elsewhere."""
    for enrolment in in_class(cohort).filter(track="away").select_related("cohort")[:3]:
        completions.record(
            enrolment, module, on=max(site.day(-5), cohort.starts_on), by=BY, at=site.at
        )
