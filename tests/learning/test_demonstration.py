"""The classes of the demonstration: built once, the same each time."""

from datetime import UTC, datetime
from random import Random

import pytest

from demonstration.actions import frame, people
from demonstration.actions.learning import build_classes
from demonstration.catalogue import trades
from demonstration.kosovo import PROGRAMME
from demonstration.site import Site
from gsp.tenancy.scope import scope
from learning.models import AssessmentResult, Attendance, ModuleCompletion, Session
from tests import builders as a
from training.models import Cohort, CourseSkill


@pytest.fixture
def agency(db):
    return a.agency("demonstration")


@pytest.fixture
def site(agency):
    codes = {offer.occupation for offer in PROGRAMME.offers} | set(PROGRAMME.occupations)
    at = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    with scope(agency):
        made = Site(PROGRAMME, at, trades(sorted(codes)), Random("classes"))
        frame.build_organisations(made)
        frame.build_partnership(made)
        frame.build_courses(made)
        people.build_cohorts(made)
    return made


def test_classes_are_built_once_and_leave_what_courses_teach(agency, site):
    with scope(agency):
        running = Cohort.objects.filter(partnership=site.partnership, state="in_training")
        taught = list(CourseSkill.objects.order_by("id").values_list("course", "skill", "level"))
        build_classes(site)
        counts = [m.objects.count() for m in (Session, Attendance, AssessmentResult)]
        assert Session.objects.filter(state="cancelled").count() == running.count() > 0
        assert all(counts)
        assert ModuleCompletion.objects.filter(basis="assessment").exists()
        assert taught == list(
            CourseSkill.objects.order_by("id").values_list("course", "skill", "level")
        )
        build_classes(site)
        assert counts == [m.objects.count() for m in (Session, Attendance, AssessmentResult)]
