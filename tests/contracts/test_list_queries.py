"""Lists cost the same number of queries at one row and at three."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from credentials.actions.credentials import issue
from gsp.uploads.models import Upload
from gsp.uploads.states import UploadState
from learning.actions import attendance, results
from matching.actions import runs
from partnerships.actions import clients
from partnerships.models import Partnership
from partnerships.roles import System
from tests import builders as a
from tests.cases.world import a_task
from tests.contracts.routes import routes
from tests.learning import classroom
from trainees.duplicates.sweep import compare_now

LISTS = [
    route
    for route in routes()
    if route.at_desk
    and "GET" in route.methods
    and "{" not in route.path.split("{desk}/", 1)[1]
    and not route.path.endswith(("new/", "template/", "upload/", "settings/"))
]


def attend_and_pass(cohort, enrolment, at) -> None:
    """Write a session of now with a mark, and a module done by a test."""
    lesson = classroom.session(cohort, module=classroom.module(cohort.course))
    lesson.starts_at, lesson.ends_at = at - timedelta(minutes=5), at + timedelta(minutes=5)
    lesson.save()
    by = {"by": System("night"), "at": at}
    attendance.record(lesson, {enrolment.pk: attendance.Mark("present")}, **by)
    test = classroom.assessment(cohort, module=lesson.module)
    entry = results.Entry(enrolment.pk, Decimal(80), test.held_on, "Besa")
    results.record(test, [entry], **by)


def grow(cast, number: int) -> None:
    """Write one more row of everything that a list shows."""
    at = timezone.now()
    lay = a.skill("lay bricks")
    with cast.scope():
        centre = a.organisation(f"centre-{number}", "training_centre")
        a.membership("centre_coordinator", centre)
        joined = a.partnership(f"more-{number}", participants=[centre], home_floor=0)
        course = a.course(centre, skills=[lay])
        cohort = a.cohort(joined, course)
        person = a.person(centre)
        enrolled = a.enrolment(person, cohort, "away", [lay], language=("de", "B1"))
        a.journey(enrolled)
        a.notice(enrolled)
        issue(enrolled, by=cast.director, at=at)
        a_task(person, cast.director)
        a.enrolment(a.person(centre), cohort, "home", [lay])
        attend_and_pass(cohort, classroom.trainee(cohort), at)
        doubles = [a.person(centre).pk, a.person(centre).pk]
        compare_now(doubles, at=at)
        employer = a.organisation(f"employer-{number}", "employer", "DE")
        a.demand(employer, joined, skills=[lay, a.skill("read plans")], openings=3)
        a.figure(a.organisation(f"service-{number}", "employment_service"))
        runs.run(joined, as_of=a.TODAY, by=System("night"), at=at)
        Upload.objects.create(
            organisation=centre,
            kind="cohort",
            file_name="cohort.csv",
            sha256="0" * 64,
            errors=[
                {"row": 2, "column": "sex", "value": "x", "message": "unknown", "remedy": "choose"}
            ],
            state=UploadState.REFUSED,
            sent_by="Ada",
            received_at=at + timedelta(seconds=number),
        )
        clients.create(cast.employer, name=f"Robot {number}", by=cast.director, at=at)


@pytest.fixture
def count(client, cast, count_queries):
    """Queries of an address for the director, who sees every list."""
    client.force_login(cast.director.user)

    def of(address: str) -> int:
        answers = []
        queries = count_queries(lambda: answers.append(client.get(address)))
        assert answers[0].status_code == 200, address
        return queries

    return of


def test_there_are_lists():
    assert len(LISTS) >= 25


def test_lists_cost_the_same_at_one_row_and_at_three(cast, count):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
    grow(cast, 1)
    addresses = [route.fill(agency="north", desk="agency") for route in LISTS]
    for address in addresses:
        count(address)  # fill what is cached for the life of a process
    before = {address: count(address) for address in addresses}
    grow(cast, 2)
    grow(cast, 3)
    after = {address: count(address) for address in addresses}
    assert after == before
    assert max(after.values()) <= 40
