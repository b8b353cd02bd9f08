import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest

from gsp.workflow import NotAllowed, Refused
from selection import queries
from selection.actions import calls, decisions, schemes, scores
from selection.models import Application, Offer, Score
from tests import builders as a
from tests.selection.calling import AT, BY, SEED, a_call, apply, score, states, to_screening

WEIGHTED = [("letter", 1, 10), ("interview", 3, 20)]


def decided(call, **how):
    return decisions.decide(to_screening(call), by=BY, at=AT, **how)


def test_total_is_the_weighted_share_of_a_hundred(cast):
    with cast.scope():
        call = a_call(cast, criteria=WEIGHTED)
        one = score(apply(call), 7, 13)
        assert one.state == "assessed"
        decided(call)
        one.refresh_from_db()
        # (1 × 7/10 + 3 × 13/20) / 4 × 100
        assert (one.total, one.rank, one.state) == (Decimal("66.2500"), 1, "shortlisted")
        steps = queries.explained(one)
        assert [(step.criterion.code, step.value, step.points) for step in steps] == [
            ("letter", 7.0, 17.5),
            ("interview", 13.0, 48.75),
        ]


def test_places_waiting_list_and_reasons(cast):
    with cast.scope():
        call = a_call(
            cast,
            rules=[("education", {"minimum": 3})],
            waiting_places=1,
            minimum_score=Decimal(30),
        )
        for number, points in enumerate((9, 4, 7, 5, 2, 8), start=1):
            score(apply(call, number, education=4), points)
        apply(call, 7, education=1)
        decided(call)
        assert states(call) == {
            "00001": "shortlisted",
            "00002": "rejected",
            "00003": "waitlisted",
            "00004": "rejected",
            "00005": "rejected",
            "00006": "shortlisted",
            "00007": "rejected",
        }
        reasons = call.applications.order_by("id").values_list("rejection", flat=True)
        assert list(reasons) == [
            "",
            "no_place",
            "",
            "no_place",
            "below_minimum",
            "",
            "not_eligible",
        ]
        waiting = call.applications.get(state="waitlisted")
        assert (waiting.rank, waiting.waiting_position) == (3, 1)
        offers = Offer.objects.order_by("id").values_list(
            "application__rank", "sent_at", "deadline"
        )
        assert sorted(offers) == [
            (1, None, AT + timedelta(days=7)),
            (2, None, AT + timedelta(days=7)),
        ]


def test_ties_are_broken_by_criteria_then_submission_then_lot(cast):
    with cast.scope():
        call = a_call(cast, criteria=[("letter", 1, 10), ("talk", 1, 10)])
        late = AT + timedelta(hours=1)
        weaker_letter = score(apply(call, 1), 4, 6)
        stronger_letter = score(apply(call, 2), 6, 4)
        later = score(apply(call, 3, at=late), 6, 4)
        twins = [score(apply(call, number, at=late + timedelta(1)), 6, 4) for number in (4, 5, 6)]
        decided(call)
        by_lot = sorted(twins, key=lambda one: hashlib.md5(f"{SEED}{one.uid}".encode()).hexdigest())
        expected = [stronger_letter, later, *by_lot, weaker_letter]
        ranked = call.applications.order_by("rank")
        assert [one.pk for one in ranked] == [one.pk for one in expected]
        assert {one.total for one in ranked} == {Decimal("50.0000")}


def test_each_track_has_its_own_order_where_places_are_split(cast):
    with cast.scope():
        call = a_call(cast, places=2, home_places=1, away_places=1)
        rows = [("home", 9), ("home", 8), ("away", 3), ("away", 2)]
        for number, (track, points) in enumerate(rows, start=1):
            score(apply(call, number, track=track), points)
        with pytest.raises(Refused) as refusal:
            apply(call, 9)
        assert refusal.value.code == "track_missing"
        decided(call)
        found = call.applications.order_by("id").values_list("state", "rank", "waiting_position")
        assert list(found) == [
            ("shortlisted", 1, None),
            ("waitlisted", 2, 1),
            ("shortlisted", 1, None),
            ("waitlisted", 2, 1),
        ]


def test_decision_waits_for_scores_unless_told_otherwise(cast):
    with cast.scope():
        call = a_call(cast)
        score(apply(call, 1), 5)
        apply(call, 2)
        call = to_screening(call)
        with pytest.raises(Refused) as refusal:
            decisions.decide(call, by=BY, at=AT)
        assert refusal.value.code == "not_fully_scored"
        assert states(call) == {"00001": "assessed", "00002": "eligible"}
        decisions.decide(call, by=BY, at=AT, leave_unscored=True)
        assert call.applications.get(state="rejected").rejection == "not_assessed"


def test_undo_restores_every_application_until_offers_are_sent(cast):
    with cast.scope():
        call = a_call(cast, rules=[("education", {"minimum": 3})], waiting_places=0)
        for number, points in enumerate((9, 4, 7), start=1):
            score(apply(call, number, education=4), points)
        apply(call, 4, education=1)
        apply(call, 5, education=4)
        call = to_screening(call)
        before = list(call.applications.order_by("id").values())
        call = decisions.decide(call, by=BY, at=AT, leave_unscored=True)
        call = decisions.undo(call, by=BY, at=AT)
        assert call.state == "screening"
        assert not Offer.objects.exists()
        after = list(call.applications.order_by("id").values())
        assert [_without_moment(row) for row in after] == [_without_moment(row) for row in before]
        call = decisions.decide(call, by=BY, at=AT, leave_unscored=True)
        call = decisions.send(call, by=BY, at=AT)
        with pytest.raises(Refused) as refusal:
            decisions.undo(call, by=BY, at=AT)
        assert refusal.value.code == "offers_sent"
        assert call.applications.filter(state="place_offered").count() == 2


def _without_moment(row):
    return {name: value for name, value in row.items() if name != "state_changed_at"}


def test_two_scorers_within_the_tolerance_count_as_their_middle(cast):
    with cast.scope():
        call = a_call(cast, scorers=2, tolerance=2)
        one = apply(call)
        one = score(one, 4, by=cast.officer)
        assert one.state == "eligible"
        one = score(one, 5, by=cast.coordinator)
        assert one.state == "assessed"
        (step,) = queries.explained(one)
        assert (step.value, step.is_enough) == (4.5, True)


def test_two_far_apart_need_a_third_and_the_middle_counts(cast):
    with cast.scope():
        call = a_call(cast, scorers=2, tolerance=2)
        one = score(score(apply(call), 2, by=cast.officer), 9, by=cast.coordinator)
        assert one.state == "eligible"
        assert queries.unscored(call) == 1
        one = score(one, 8, by=cast.director)
        assert one.state == "assessed"
        assert queries.explained(one)[0].value == 8.0


def test_scoring_again_replaces_ones_own_points(cast):
    with cast.scope():
        one = apply(a_call(cast))
        score(one, 3, by=cast.officer)
        score(one, 6, by=cast.officer)
        (kept,) = Score.objects.all()
        assert (kept.value, kept.scored_by) == (6, cast.officer.user.name)


@pytest.mark.parametrize("value", [-1, 11])
def test_points_beyond_the_scale_are_refused(cast, value):
    with cast.scope():
        one = apply(a_call(cast))
        with pytest.raises(Refused) as refusal:
            score(one, value)
        assert refusal.value.code == "beyond_scale"
        assert not Score.objects.exists()


def test_criterion_of_the_agency_is_not_scored_by_the_centre(cast):
    with cast.scope():
        call = a_call(cast, open_now=False)
        talk = schemes.add_criterion(
            call, code="talk", title="Talk", weight=1, scale=5, scored_by="agency", by=BY, at=AT
        )
        one = apply(calls.open_up(call, by=BY, at=AT))
        with pytest.raises(NotAllowed):
            scores.record(one, {talk: 3}, by=cast.coordinator, at=AT)
        scores.record(one, {talk: 3}, by=cast.officer, at=AT)
        assert Score.objects.get().value == 3


def test_scored_criteria_stand(cast):
    with cast.scope():
        call = a_call(cast)
        score(apply(call), 3)
        with pytest.raises(Refused) as refusal:
            schemes.drop_criterion(call.criteria.get(), by=BY, at=AT)
        assert refusal.value.code == "scored_already"
        assert call.criteria.count() == 1


def test_two_thousand_cost_as_many_queries_as_three(cast, count_queries):
    with cast.scope():
        costs, times = [], []
        for code, size in (("one-1", 1), ("three-3", 3), ("many-2000", 2000)):
            call = a_call(cast, code=code, rules=[("age", {"minimum": 18})], places=120)
            fill(call, size)
            call = to_screening(call)
            costs.append(count_queries(lambda c=call: decisions.decide(c, by=BY, at=AT)))
            call.refresh_from_db()
            times.append(count_queries(lambda c=call: decisions.send(c, by=BY, at=AT)))
        assert costs[0] == costs[1]
        # rows go in batches of a thousand
        assert costs[2] <= costs[0] + 1
        assert times[0] == times[1]
        assert times[2] <= times[0] + 2
        found = call.applications.order_by().values_list("state").distinct()
        assert sorted(state for (state,) in found) == ["place_offered", "waitlisted"]
        assert call.applications.filter(state="place_offered").count() == 120


def fill(call, size) -> None:
    """Write so many fully scored applications."""
    persons = [a.Person(**_person(call, number)) for number in range(size)]
    made = Application.objects.bulk_create(
        Application(
            call=call,
            person=person,
            centre_id=call.centre_id,
            reference=person.reference,
            source="list",
            submitted_at=AT,
            state="assessed",
        )
        for person in a.Person.objects.bulk_create(persons)
    )
    (criterion,) = call.criteria.all()
    Score.objects.bulk_create(
        Score(
            call=call,
            application=one,
            criterion=criterion,
            centre_id=call.centre_id,
            value=number % 11,
            scorer=1,
            scored_by="Ada",
            scored_at=AT,
        )
        for number, one in enumerate(made)
    )


def _person(call, number) -> dict:
    return {
        "centre_id": call.centre_id,
        "reference": f"{call.code}-{number}",
        "given_name": "Arta",
        "family_name": "K",
        "birth_date": "2000-05-17",
        "birth_year": 2000,
        "country_id": "XK",
    }
