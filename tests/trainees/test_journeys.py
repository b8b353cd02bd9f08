"""Ways into work: step by step, failing back home, followed up by one clock, swept at night."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from gsp.workflow import NotAllowed, Refused
from partnerships.models import Partnership
from tests import builders as a
from trainees.actions import deadlines, enrolments, follow_ups, intakes, journeys, tracks, transfers
from trainees.journey_states import BEFORE_DEPARTURE, FAILS_FROM, USUAL
from trainees.models import CaseEvent, Enrolment, FollowUp, Journey, JourneyStep, Notice, Person
from trainees.states import Track
from training.models import Cohort

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def away(cast):
    """Somebody certified on the away track, among enough others for the home floor."""
    with cast.scope():
        people = [a.person(cast.centre, f"P{number}") for number in range(4)]
        for person in people[1:]:
            a.enrolment(person, cast.cohort, "home")
        enrolment = a.enrolment(people[0], cast.cohort, "away")
        journeys.settle(Enrolment.objects.all(), by=cast.coordinator, at=NOW)
        return enrolment


def way(enrolment) -> Journey:
    return Journey.objects.open().get(enrolment=enrolment)


def go(cast, journey, *targets, **facts):
    for target in targets:
        journey = journeys.move(journey, target, by=cast.coordinator, at=NOW, **facts)
    return journey


def test_everybody_on_a_track_has_one_open_journey(cast, away):
    with cast.scope(cast.coordinator):
        rows = Journey.objects.open().order_by("track").values_list("track", "state", "due_on")
        assert list(rows) == [
            ("away", "integration", TODAY + timedelta(days=270)),
            *[("home", "job_search", TODAY + timedelta(days=90))] * 3,
        ]
        assert journeys.settle(Enrolment.objects.all(), by=cast.coordinator, at=NOW) == 0
        told = CaseEvent.objects.filter(kind="journey", person=away.person)
        assert [event.text for event in told] == ["Preparing: language, recognition, integration"]


def test_the_usual_way_abroad_leads_to_work_and_three_follow_ups(cast, away):
    with cast.scope(cast.coordinator):
        done = go(cast, way(away), *USUAL[Track.AWAY][1:])
        assert (done.state, done.departed_on, done.work_started_on) == ("settled", TODAY, TODAY)
        assert done.closed_at == NOW
        due = FollowUp.objects.order_by("months").values_list("months", "due_on", "status")
        assert list(due) == [
            (3, date(2027, 2, 22), "planned"),
            (6, date(2027, 5, 22), "planned"),
            (12, date(2027, 11, 22), "planned"),
        ]
        assert done.steps.count() == 14
        assert journeys.settle(Enrolment.objects.all(), by=cast.coordinator, at=NOW) == 0


FAILING = [
    (end, state)
    for end, states in FAILS_FROM.items()
    for state in states
    if end not in ("stopped", "left")
]


@pytest.mark.parametrize(
    ("end", "state"), [one for one in FAILING if one[0] not in ("stopped", "left")]
)
def test_every_failure_before_departure_opens_the_search_at_home(cast, away, end, state):
    with cast.scope(cast.coordinator):
        intakes_closed(cast)
        failing = go(cast, way(away), *BEFORE_DEPARTURE[1 : BEFORE_DEPARTURE.index(state) + 1])
        home = go(cast, failing, end, note="letter of the authority")
        failing.refresh_from_db()
        assert (failing.state, failing.closed_at) == (end, NOW)
        assert (home.track, home.state, home.closed_at) == ("home", "job_search", None)
        away.refresh_from_db()
        assert away.track == "home"
        assert away.track_decisions.order_by("-id").first().track == "home"
        assert failing.steps.order_by("-id").first().note == "letter of the authority"


def intakes_closed(cast):
    """No seat at home is left, the window has closed, and so has the cohort."""
    Cohort.objects.update(home_seats=0, state="closed", decision_closes_on=date(2026, 2, 1))


def test_home_floor_holds_at_departure(cast, away):
    with cast.scope():
        Partnership.objects.update(home_floor=Decimal("0.800"))
        ready = go(cast, way(away), *BEFORE_DEPARTURE[1:])
        with pytest.raises(Refused) as refused:
            go(cast, ready, "travelled")
        assert refused.value.code == "home_floor"
        assert "of 4 certified 0 may depart, and 0 have" in refused.value.message
        assert way(away).state == "pre_departure_done"
        a.enrolment(a.person(cast.centre), cast.cohort, "home")
        assert go(cast, ready, "travelled").departed_on == TODAY
        with pytest.raises(Refused) as refused:
            tracks.decide(
                away, "home", reason="family", adviser="Lena", by=cast.coordinator, at=NOW
            )
        assert refused.value.code == "departed"


def test_only_the_certified_depart(cast, away):
    with cast.scope():
        Enrolment.objects.filter(pk=away.pk).update(state="in_training")
        ready = go(cast, way(away), *BEFORE_DEPARTURE[1:])
        with pytest.raises(Refused) as refused:
            go(cast, ready, "travelled")
        assert refused.value.code == "uncertified"


def test_work_found_and_lost_at_home_is_followed_up_anew(cast, away):
    with cast.scope(cast.coordinator):
        home = Journey.objects.open().filter(track="home").first()
        with pytest.raises(Refused) as refused:
            go(cast, home, "placed")
        assert refused.value.field == "placement_kind"
        start = {"placement_kind": "self_employed", "work_started_on": date(2026, 8, 31)}
        placed = go(cast, home, "placed", **start)
        assert list(due_days()) == [date(2026, 11, 30), date(2027, 2, 28), date(2027, 8, 31)]
        go(cast, go(cast, placed, "re_searching"), "placed", placement_kind="wage_job")
        planned = FollowUp.objects.filter(status="planned").values_list("started_on", flat=True)
        assert list(planned) == [TODAY] * 3
        assert FollowUp.objects.filter(status="dropped").count() == 3


def due_days():
    return FollowUp.objects.order_by("due_on").values_list("due_on", flat=True)


def test_a_follow_up_is_recorded_once_work_has_begun(cast, away):
    with cast.scope(cast.coordinator):
        home = Journey.objects.open().filter(track="home").first()
        start = {"placement_kind": "wage_job", "work_started_on": date(2026, 8, 1)}
        go(cast, home, "placed", **start)
        first = FollowUp.objects.get(months=3)
        facts = {"by": cast.coordinator, "at": NOW}
        with pytest.raises(Refused):
            follow_ups.record(first, "answered", on=date(2026, 7, 31), **facts)
        done = follow_ups.record(first, "answered", note="still there", **facts)
        assert (done.status, done.contacted_on, done.answered_on) == ("answered", TODAY, TODAY)
        with pytest.raises(NotAllowed):
            follow_ups.record(first, "answered", by=cast.recruiter, at=NOW)


def test_an_acceptance_moves_on_and_taken_back_moves_back(cast, away):
    with cast.scope():
        facts = {"by": cast.officer, "at": NOW}
        journeys.accepted(away, **facts)
        assert way(away).state == "matched"
        journeys.taken_back(away, **facts)
        assert way(away).state == "integration"
        journeys.accepted(away, **facts)
        go(cast, way(away), "interviewed", "offered")
        journeys.taken_back(away, **facts)
        assert (way(away).track, way(away).state) == ("home", "job_search")
        assert Journey.objects.get(track="away").state == "offer_retracted"


def test_steps_that_are_none_of_the_way_or_of_the_member_are_refused(cast, away):
    with cast.scope():
        journey = way(away)
        for target in ("offered", "stopped", "left", "job_search", "nowhere"):
            with pytest.raises(Refused):
                go(cast, journey, target)
        with pytest.raises(NotAllowed):
            journeys.move(journey, "matched", by=cast.rival_coordinator, at=NOW)
        assert JourneyStep.objects.filter(journey=journey).count() == 1


def test_whoever_leaves_has_no_journey_and_whoever_returns_has_one_again(cast, away):
    with cast.scope(cast.coordinator):
        Enrolment.objects.filter(pk=away.pk).update(state="in_training")
        away.refresh_from_db()
        facts = {"by": cast.coordinator, "at": NOW}
        gone = enrolments.move(away, "withdrawn", reason="family", **facts)
        assert Journey.objects.get(track="away").state == "left"
        enrolments.re_enter(gone, **facts)
        assert (way(away).track, way(away).state) == ("away", "integration")


def test_a_transfer_carries_track_and_history(cast, away):
    with cast.scope(cast.coordinator):
        Enrolment.objects.filter(pk=away.pk).update(state="in_training")
        away.refresh_from_db()
        later = a.cohort(cast.partnership, cast.cohort.course, "C2", state="planned")
        facts = {"by": cast.coordinator, "at": NOW}
        new = transfers.transfer(away, later, **facts)
        away.refresh_from_db()
        assert (away.state, away.left_reason) == ("transferred", "other_cohort")
        assert (new.continues, new.person, new.track, new.state) == (
            away,
            away.person,
            "away",
            "enrolled",
        )
        assert way(new).state == "integration"
        with pytest.raises(Refused):
            transfers.transfer(new, cast.cohort, **facts)


def test_only_the_agency_moves_people_between_centres(cast, away):
    with cast.scope():
        Enrolment.objects.filter(pk=away.pk).update(state="in_training")
        away.refresh_from_db()
        a.person(cast.rival_centre, "P0")
        goal = a.cohort(cast.partnership, a.course(cast.rival_centre), "C9")
        with pytest.raises(NotAllowed):
            transfers.transfer(away, goal, by=cast.coordinator, at=NOW)
        new = transfers.transfer(away, goal, by=cast.officer, at=NOW)
        old = Person.objects.get(pk=away.person_id)
        assert (old.merged_into, new.person.centre) == (new.person, cast.rival_centre)
        assert new.person.reference == f"P0-{goal.pk % 1000}"
        assert new.person.given_name == old.given_name


def test_the_sweep_notes_what_waits_once_and_decides_for_nobody(cast, away, count_queries):
    with cast.scope():
        terms = {"away_language_id": "de", "away_level": "B1", "away_language_days": 60}
        Partnership.objects.update(home_floor=Decimal("0.900"), **terms)
        Cohort.objects.update(decision_closes_on=TODAY - timedelta(days=1))
        person = a.person(cast.centre, "U1")
        late = a.enrolment(person, cast.cohort, "undecided", state="in_training")
        Journey.objects.filter(track="home").update(due_on=TODAY - timedelta(days=1))
        facts = {"by": cast.officer, "at": NOW}
        assert deadlines.sweep(TODAY, **facts) == 6
        kinds = Notice.objects.open().order_by("kind").values_list("kind", flat=True)
        assert list(kinds) == [
            "floor_exceeded",
            "language_due",
            "step_overdue",
            "step_overdue",
            "step_overdue",
            "undecided",
        ]
        assert deadlines.sweep(TODAY, **facts) == 0
        assert Enrolment.objects.get(pk=late.pk).track == "undecided"
        assert Enrolment.objects.get(pk=away.pk).track == "away"
        Cohort.objects.update(decision_closes_on=TODAY)
        assert deadlines.sweep(TODAY, **facts) == 1
        open_ones = Notice.objects.open().values_list("kind", flat=True)
        assert "undecided" not in open_ones
        assert "window_closing" in open_ones


def test_the_sweep_opens_journeys_that_were_forgotten(cast, away):
    with cast.scope():
        JourneyStep.objects.all().delete()
        Journey.objects.all().delete()
        deadlines.sweep(TODAY, by=cast.officer, at=NOW)
        assert Journey.objects.open().count() == 4


def test_no_more_than_one_journey_is_open_whoever_writes(cast, away):
    from django.db import IntegrityError, transaction

    with cast.scope(), pytest.raises(IntegrityError), transaction.atomic():
        Journey.objects.create(
            enrolment=away,
            person=away.person,
            centre=away.centre,
            track="home",
            state="job_search",
            opened_at=NOW,
        )


def test_nobody_without_certificate_is_lost_when_a_cohort_is_cancelled(cast, away):
    with cast.scope(cast.coordinator):
        Enrolment.objects.filter(pk=away.pk).update(state="in_training")
        intakes.move(cast.cohort, "cancelled", by=cast.coordinator, at=NOW)
        away.refresh_from_db()
        assert (away.state, away.left_reason) == ("deferred", "cohort_cancelled")
        assert Journey.objects.open().count() == 3
