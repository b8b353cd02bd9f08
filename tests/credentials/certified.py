"""People who are certified, for the tests of certificates."""

from datetime import UTC, datetime

from credentials.actions import credentials
from tests import builders as a
from trainees.models import Enrolment
from training.models import Module

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def certified(cast, reference="A1", cohort=None, **person) -> Enrolment:
    """Return a certified enrolment as the actions read it."""
    cohort = cohort or cast.cohort
    made = a.enrolment(a.person(cast.centre, reference, **person), cohort, "home")
    return Enrolment.objects.select_related(
        "tenant", "person", "centre", "cohort__partnership", "cohort__course__occupation"
    ).get(pk=made.pk)


def equip(course) -> None:
    """Give the course an EQF level, hours and two modules, one of them for the away track."""
    type(course).objects.filter(pk=course.pk).update(eqf_level=4, hours=1600)
    for position, (title, kind, hours, away) in enumerate(
        [("Masonry", "technical", 900, False), ("German", "language", 400, True)], start=1
    ):
        Module.objects.create(
            course=course,
            centre_id=course.centre_id,
            title=title,
            kind=kind,
            hours=hours,
            position=position,
            away_only=away,
        )


def issued(cast, by=None, at=AT, **facts):
    """Return a certificate of somebody certified, and what is sealed of it."""
    made = credentials.issue(certified(cast, **facts), by=by or cast.coordinator, at=at)
    return made, made.sealed.get()
