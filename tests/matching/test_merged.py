"""A person with two records is proposed once, and not at all where either record refuses."""

from datetime import UTC, datetime

import pytest

from gsp.workflow import Refused
from matching.actions import proposals, runs
from matching.models import Proposal
from partnerships.models import Partnership
from partnerships.roles import System
from tests import builders as a
from trainees.models import Person

AT = "2026-11-22T02:00Z"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def doubles(cast):
    """Arta, enrolled under two records in two cohorts, and two openings that suit her."""
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        lay = a.skill("lay bricks")
        arta, double = a.person(cast.centre, "A1"), a.person(cast.centre, "A2")
        other = a.cohort(cast.partnership, cast.cohort.course, "C2")
        a.enrolment(arta, cast.cohort, "home", [lay])
        a.enrolment(double, other, "home", [lay])
        a.demand(cast.employer, cast.partnership, "XK", skills=[lay], openings=2)
    return arta, double


def proposed(cast) -> list[str]:
    with cast.scope():
        runs.run(cast.partnership, as_of=a.TODAY, by=System("night"), at=AT)
        rows = Proposal.objects.order_by("id")
        return list(rows.values_list("enrolment__person__reference", flat=True))


def test_two_records_are_two_people_until_they_are_merged(cast, doubles):
    assert sorted(proposed(cast)) == ["A1", "A2"]


def test_a_merged_person_is_proposed_once(cast, doubles):
    with cast.scope():
        Person.objects.filter(reference="A2").update(merged_into=doubles[0])
    assert proposed(cast) == ["A2"]


def test_a_refusal_on_the_survivor_counts(cast, doubles):
    with cast.scope():
        Person.objects.filter(reference="A2").update(merged_into=doubles[0])
        Person.objects.filter(reference="A1").update(may_be_proposed=False)
    assert proposed(cast) == []


def test_a_person_accepted_under_one_record_is_taken_under_the_other(cast, doubles):
    proposed(cast)
    with cast.scope():
        Person.objects.filter(reference="A2").update(merged_into=doubles[0])
    with cast.scope(cast.recruiter):
        first, second = Proposal.objects.order_by("id")
        proposals.accept(first, by=cast.recruiter, at=NOW)
        with pytest.raises(Refused) as refused:
            proposals.accept(second, by=cast.recruiter, at=NOW)
    assert refused.value.code == "trainee_unavailable"
