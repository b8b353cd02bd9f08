"""Tests whose rows other processes read: they commit, and the tables are emptied afterwards.

pytest-django runs such tests after all others. Emptying takes the catalogue too, so it is
loaded before each of them.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command

from gsp.background.models import Job
from gsp.tenancy.scope import scope
from matching.models import Proposal
from tests import builders as a
from tests.cast import build_cast


@pytest.fixture
def committed(transactional_db):
    """A database that keeps what it is told, with the starter catalogue in it."""
    call_command("load_starter_catalogue", verbosity=0)


@pytest.fixture(scope="package")
def catalogue_afterwards(django_db_setup, django_db_blocker):
    """Load the catalogue again after the last test that emptied the tables."""
    yield
    with django_db_blocker.unblock():
        call_command("load_starter_catalogue", verbosity=0)


@pytest.fixture
def stage(catalogue_afterwards, committed):
    """The cast of the other tests, for every process to see."""
    return build_cast()


def add_night(cast, partnership):
    """Add one trainee on each track, one opening in each country; return what shall be proposed."""
    lay, plan = a.skill("lay bricks"), a.skill("read plans")
    with scope(cast.north):
        course = a.course(cast.centre, f"NIGHT{partnership.pk}", skills=[lay])
        cohort = a.cohort(partnership, course, f"NIGHT{partnership.pk}")
        a.enrolment(a.person(cast.centre), cohort, "home", [lay])
        a.enrolment(a.person(cast.centre), cohort, "away", [lay], language=("de", "B1"))
        a.demand(cast.employer, partnership, "XK", skills=[lay])
        a.demand(cast.employer, partnership, "DE", skills=[lay, plan], language=("de", "B1"))
    return [("away", "DE"), ("home", "XK")]


def make_older(job, by: timedelta) -> None:
    """Let a job have been asked for, and sent if it was, that much earlier."""
    with scope(job.tenant_id):
        found = Job.objects.get(pk=job.pk)
        earlier = {name: getattr(found, name) - by for name in _dates(found)}
        Job.objects.filter(pk=job.pk).update(**earlier)


def _dates(job):
    return [name for name in ("asked_at", "sent_at") if getattr(job, name)]


def job_of(cast) -> Job:
    """Return the one job of the outbox, as the database has it."""
    with scope(cast.north):
        return Job.objects.get()


def proposed(cast, partnership) -> list[tuple[str, str]]:
    """Return track and country of each proposal of a partnership."""
    with scope(cast.north):
        found = Proposal.objects.filter(partnership=partnership).order_by("track", "id")
        return list(found.values_list("track", "demand__country_id"))
