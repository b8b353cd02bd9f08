"""Between the night and the answer things change: an acceptance checks what the night found."""

from datetime import date

import pytest
from django.utils import timezone

from employers.models import Demand
from gsp.tenancy.scope import as_agency, current
from gsp.workflow import Refused
from matching.actions import proposals, runs
from matching.models import Proposal
from partnerships.models import Organisation, Partnership
from partnerships.roles import System
from tests import builders as a
from trainees.models import Enrolment, Person

NOW = timezone.now()


def night(cast, partnership=None, as_of=a.TODAY):
    with cast.scope():
        found, _new = runs.run(
            partnership or cast.partnership, as_of=as_of, by=System("night"), at=NOW
        )
    return found


def states(cast) -> list[str]:
    with cast.scope():
        return list(Proposal.objects.order_by("id").values_list("state", flat=True))


def accept(cast, **which) -> Proposal:
    with cast.scope(cast.recruiter):
        return proposals.accept(Proposal.objects.get(**which), by=cast.recruiter, at=NOW)


@pytest.fixture
def proposed(cast):
    """One trainee proposed abroad; a second of the same course keeps the home floor."""
    with cast.scope():
        a.enrolment(a.person(cast.centre), cast.cohort, "home")
        trainee = a.enrolment(a.person(cast.centre), cast.cohort, "away")
        a.demand(cast.employer, cast.partnership)
    night(cast)
    assert states(cast) == ["proposed"]
    return trainee


CHANGES = {
    "trainee_unavailable": [
        lambda: Person.objects.update(may_be_proposed=False),
        lambda: Enrolment.objects.update(state="withdrawn"),
        lambda: Enrolment.objects.update(state="deferred"),
        lambda: Enrolment.objects.update(track="home"),
    ],
    "no_seat": [
        lambda: Partnership.objects.update(home_floor=1),
        lambda: Partnership.objects.update(away_seats=0),
        lambda: Enrolment.objects.filter(track="home").update(state="withdrawn"),
    ],
    "partnership_at_rest": [lambda: Partnership.objects.update(state="suspended")],
    "demand_changed": [
        lambda: Demand.objects.update(country="XK"),
        lambda: Demand.objects.update(occupation=a.occupation("7122")),
    ],
    "demand_closed": [lambda: Demand.objects.update(state="expired")],
    "employer_not_verified": [lambda: Organisation.objects.update(verified_on=None)],
}


@pytest.mark.parametrize(
    ("code", "change"), [(code, change) for code, all_ in CHANGES.items() for change in all_]
)
def test_acceptance_of_what_no_longer_holds_is_refused(cast, proposed, code, change):
    with cast.scope():
        change()
    with pytest.raises(Refused) as refusal:
        accept(cast)
    assert refusal.value.code == code
    assert states(cast) == ["proposed"]


def test_refusal_tells_the_employer_nothing_about_the_trainee(cast, proposed):
    messages = set()
    for change in CHANGES["trainee_unavailable"]:
        with cast.scope():
            change()
        with pytest.raises(Refused) as refusal:
            accept(cast)
        messages.add(refusal.value.message)
    assert messages == {
        "This trainee is no longer available. The next night looks for somebody else."
    }


def test_acceptance_that_still_holds(cast, proposed):
    assert accept(cast).state == "accepted"
    with cast.scope(cast.recruiter):
        assert Person.objects.count() == 0


def test_borrowed_eyes_close_again_even_after_an_error(cast, proposed):
    with cast.scope(cast.recruiter):
        with as_agency():
            assert Person.objects.count() == 2
        assert Person.objects.count() == 0
        with pytest.raises(Refused), as_agency():
            raise Refused("no")
        assert current().organisation == cast.employer.pk
        assert Person.objects.count() == 0
        people = Person.objects.raw('SELECT * FROM "trainees_person"')
        assert list(people) == []


def test_withdrawn_consent_lapses_the_proposal_in_the_next_run_of_the_same_day(cast):
    """Agreed, not agreed, agreed, not agreed: each run of the day does what is then true."""
    with cast.scope():
        person = a.person(cast.centre, may_be_proposed=False)
        a.enrolment(person, cast.cohort, "home")
        a.demand(a.organisation("local-bau", "employer"), cast.partnership, "XK")
    seen = []
    for agrees in (False, True, False, True):
        with cast.scope():
            Person.objects.update(may_be_proposed=agrees)
        found = night(cast)
        assert night(cast) == found
        seen.append(states(cast))
    assert seen == [[], ["proposed"], ["lapsed"], ["lapsed", "proposed"]]


def test_person_with_two_enrolments_is_proposed_once(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        person = a.person(cast.centre)
        a.enrolment(person, cast.cohort, "away")
        newest = a.enrolment(person, a.cohort(cast.partnership, cast.cohort.course, "C2"), "away")
        a.demand(cast.employer, cast.partnership, openings=2)
    assert night(cast).counts["candidates"] == 1
    with cast.scope():
        assert Proposal.objects.get().enrolment_id == newest.pk
    accept(cast)
    assert night(cast).counts["candidates"] == 0


def test_person_of_two_partnerships_is_proposed_in_one(cast):
    with cast.scope():
        other = a.partnership("others", participants=[cast.centre, cast.employer])
        Partnership.objects.update(home_floor=0)
        person = a.person(cast.centre)
        for partnership in (cast.partnership, other):
            course = cast.cohort.course
            a.enrolment(person, a.cohort(partnership, course, partnership.slug), "away")
            a.demand(cast.employer, partnership)
    assert night(cast).counts["proposals"] == 1
    assert night(cast, other).counts["proposals"] == 0
    assert night(cast, as_of=date(2026, 11, 23)).counts["kept"] == 1
    accept(cast)
    assert night(cast, other, date(2026, 11, 23)).counts["proposals"] == 0


def test_person_cannot_be_accepted_twice(cast):
    """Two nights at once may propose one person twice; the second acceptance is refused."""
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        person = a.person(cast.centre)
        a.enrolment(person, cast.cohort, "away")
        a.demand(cast.employer, cast.partnership)
    night(cast)
    with cast.scope():
        first = Proposal.objects.get()
        other = a.enrolment(person, a.cohort(cast.partnership, cast.cohort.course, "C2"), "away")
        demand = a.demand(cast.employer, cast.partnership)
        second = Proposal.objects.create(
            run=first.run,
            last_run=first.run,
            partnership=first.partnership,
            enrolment=other,
            demand=demand,
            centre=cast.centre,
            employer=cast.employer,
            track="away",
            score=500,
            facts=first.facts,
        )
    accept(cast, pk=first.pk)
    with pytest.raises(Refused) as refusal:
        accept(cast, pk=second.pk)
    assert refusal.value.code == "trainee_unavailable"


def test_lapsed_result_does_not_hide_a_valid_one(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        person = a.person(cast.centre)
        a.enrolment(person, cast.cohort, "away", language=("de", "B1"))
        a.enrolment(a.person(cast.centre), cast.cohort, "home")
        old = person.languages.get()
        old.pk, old.uid, old.level = None, type(old)().uid, "C1"
        old.tested_on, old.expires_on = date(2023, 1, 1), date(2025, 1, 1)
        old.save()
        a.demand(cast.employer, cast.partnership, language=("de", "B1"))
    assert night(cast).counts["away"] == 1


def test_posts_given_away_stay_given_when_the_demand_moves(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        other = a.partnership("others", participants=[cast.centre, cast.employer], home_floor=0)
        a.enrolment(a.person(cast.centre), cast.cohort, "away")
        cohort = a.cohort(other, cast.cohort.course, "C2")
        a.enrolment(a.person(cast.centre), cohort, "away")
        demand = a.demand(cast.employer, cast.partnership)
    night(cast)
    accept(cast)
    with cast.scope():
        Demand.objects.filter(pk=demand.pk).update(partnership=other)
    assert night(cast, other).counts["posts"] == 0
