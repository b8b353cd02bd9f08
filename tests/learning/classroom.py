"""Sessions, assessments and people in class, for tests; name only what the test is about."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from learning.models import Assessment, ModuleCompletion, Session
from tests import builders as a
from training.models import Module

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
_next = count(1)


def module(course, title="Walls", **fields):
    """A technical module of the course."""
    fields = {"kind": "technical", "position": next(_next) + 100, **fields}
    return Module.objects.create(course=course, centre=course.centre, title=title, **fields)


def trainee(cohort, reference=None, track="home", **fields):
    """Somebody in class."""
    fields = {"state": "in_training", "certified_on": None, **fields}
    return a.enrolment(a.person(cohort.centre, reference), cohort, track, **fields)


def session(cohort, days_ago=1, hours=4, module=None, **fields):
    """A session of four hours in the morning, so many days ago."""
    starts_at = NOW.replace(hour=7) - timedelta(days=days_ago)
    return Session.objects.create(
        cohort=cohort,
        centre=cohort.centre,
        module=module,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        **fields,
    )


def assessment(cohort, title="Final test", **fields):
    """An assessment of 100 points, 60 to pass, of the course as a whole."""
    fields = {
        "kind": "written",
        "held_on": date(2026, 11, 10),
        "most_points": Decimal(100),
        "pass_points": Decimal(60),
        **fields,
    }
    return Assessment.objects.create(cohort=cohort, centre=cohort.centre, title=title, **fields)


def a_class(cohort, enrolment) -> dict:
    """One row of everything of a class that has an address, by the first part of that."""
    walls = module(cohort.course)
    done = ModuleCompletion.objects.create(
        enrolment=enrolment, module=walls, centre=cohort.centre, completed_on=TODAY, basis="hand"
    )
    return {
        "modules": walls,
        "sessions": session(cohort, module=walls),
        "assessments": assessment(cohort),
        "module-completions": done,
    }
