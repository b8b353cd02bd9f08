from datetime import timedelta

import pytest

from gsp.workflow import Refused
from selection.actions import applications, calls, decisions, places, sweeps
from selection.models import Application, Draft, Offer
from selection.tasks import sweep
from tests import builders as a
from tests.selection.calling import AT, BY, a_call, apply, score, states, to_screening
from trainees.models import CaseEvent, Enrolment

LATE = AT + timedelta(days=8)


@pytest.fixture
def sent(cast):
    """A call of two places with four ranked applicants, its offers sent."""
    with cast.scope():
        call = a_call(cast)
        for number in (1, 2, 3, 4):
            score(apply(call, number), 10 - number)
        call = decisions.decide(to_screening(call), by=BY, at=AT)
        return decisions.send(call, by=BY, at=AT)


def ranked(call, rank) -> Application:
    return call.applications.get(rank=rank)


def test_acceptance_enrols_in_the_cohort(cast, sent):
    with cast.scope():
        one = places.accept(ranked(sent, 1), by=BY, at=AT)
        enrolment = Enrolment.objects.get()
        assert (one.state, one.enrolment_id) == ("accepted", enrolment.pk)
        assert (enrolment.person_id, enrolment.cohort_id) == (one.person_id, sent.cohort_id)
        assert enrolment.track == "undecided"
        assert Offer.objects.get(application=one).answer == "accepted"
        texts = CaseEvent.objects.filter(person=one.person).values_list("text", flat=True)
        assert "Offer of a place answered: bricks-27: Place accepted" in texts


def test_full_cohort_refuses_and_the_offer_stands(cast, sent):
    with cast.scope():
        type(sent.cohort).objects.update(home_seats=1, away_seats=0)
        a.enrolment(a.person(cast.centre), cast.cohort)
        with pytest.raises(Refused):
            places.accept(ranked(sent, 1), by=BY, at=AT)
        assert ranked(sent, 1).state == "place_offered"
        assert Enrolment.objects.count() == 1


def test_declined_place_goes_to_the_next(cast, sent):
    with cast.scope():
        places.decline(ranked(sent, 2), by=BY, at=AT)
        assert states(sent) == {
            "00001": "place_offered",
            "00002": "offer_declined",
            "00003": "place_offered",
            "00004": "waitlisted",
        }
        assert Offer.objects.get(application__rank=3).deadline == AT + timedelta(days=7)


def test_offers_expire_and_move_the_list_up_once(cast, sent):
    with cast.scope():
        places.accept(ranked(sent, 1), by=BY, at=AT)
        assert places.expire(sent, by=BY, at=AT + timedelta(days=6)) == 0
        assert places.expire(sent, by=BY, at=LATE) == 1
        expected = {
            "00001": "accepted",
            "00002": "offer_expired",
            "00003": "place_offered",
            "00004": "waitlisted",
        }
        assert states(sent) == expected
        assert places.expire(sent, by=BY, at=LATE) == 0
        assert states(sent) == expected
        assert Offer.objects.count() == 3


def test_late_answer_is_refused(cast, sent):
    with cast.scope():
        for answer in (places.accept, places.decline):
            with pytest.raises(Refused) as refusal:
                answer(ranked(sent, 1), by=BY, at=LATE)
            assert refusal.value.code == "offer_expired"
        assert ranked(sent, 1).state == "place_offered"
        assert not Enrolment.objects.exists()


def test_withdrawal_passes_the_place_on(cast, sent):
    with cast.scope():
        applications.withdraw(ranked(sent, 1), by=BY, at=AT)
        assert states(sent)["00001"] == "withdrawn"
        assert states(sent)["00003"] == "place_offered"
        assert Offer.objects.get(application__rank=1).answer == "withdrawn"


def test_split_places_are_refilled_from_their_own_list(cast):
    with cast.scope():
        call = a_call(cast, places=2, home_places=1, away_places=1)
        rows = [("home", 9), ("home", 8), ("away", 3), ("away", 2)]
        for number, (track, points) in enumerate(rows, start=1):
            score(apply(call, number, track=track), points)
        call = decisions.decide(to_screening(call), by=BY, at=AT)
        call = decisions.send(call, by=BY, at=AT)
        places.decline(call.applications.get(track="away", rank=1), by=BY, at=AT)
        assert states(call) == {
            "00001": "place_offered",
            "00002": "waitlisted",
            "00003": "offer_declined",
            "00004": "place_offered",
        }


def test_call_ends_once_every_offer_is_answered(cast, sent):
    with cast.scope():
        with pytest.raises(Refused) as refusal:
            calls.move(sent, "ended", by=BY, at=AT)
        assert refusal.value.code == "offers_open"
        places.accept(ranked(sent, 1), by=BY, at=AT)
        places.accept(ranked(sent, 2), by=BY, at=AT)
        assert calls.move(sent, "ended", by=BY, at=AT).state == "ended"
        assert states(sent)["00004"] == "rejected"
        assert ranked(sent, 4).rejection == "list_ended"


def test_sweep_closes_calls_expires_offers_and_forgets_drafts(cast, sent, monkeypatch):
    with cast.scope():
        cast.cohort.refresh_from_db()
        over = a_call(cast, code="over-1")
        for days in (29, 31):
            Draft.objects.create(
                call=over,
                centre=cast.centre,
                code_sha256=str(days) * 32,
                answers="{}",
                language="en",
                saved_at=LATE + timedelta(days=9) - timedelta(days=days),
            )
    monkeypatch.setattr("selection.tasks.timezone.now", lambda: LATE + timedelta(days=9))
    assert sweep() == 2
    assert sweep() == 0
    with cast.scope():
        over.refresh_from_db()
        assert (over.state, len(over.seed)) == ("closed", 32)
        assert states(sent)["00003"] == states(sent)["00004"] == "place_offered"
        assert Draft.objects.get().code_sha256 == "29" * 32


def test_sweep_of_one_call_stops_no_other(cast, sent, monkeypatch):
    with cast.scope():
        broken = a_call(cast, code="broken-1")
        assert sweeps.due(at=AT + timedelta(days=30)) == sorted([sent.pk, broken.pk])
    monkeypatch.setattr("selection.tasks.timezone.now", lambda: AT + timedelta(days=30))
    monkeypatch.setattr("selection.actions.sweeps.calls.close", lambda *args, **how: 1 / 0)
    assert sweep() == 2
    with cast.scope():
        broken.refresh_from_db()
        assert broken.state == "open"
