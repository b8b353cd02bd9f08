"""Home or away: decided in the window, within the seats, with a reason, never lost."""

from datetime import UTC, date, datetime

import pytest

from gsp.workflow import NotAllowed, Refused
from tests import builders as a
from trainees.actions import tracks
from trainees.models import Enrolment, TrackDecision
from training.models import Cohort

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def enrolment(cast):
    """Somebody in training who has not decided, among enough others for the home floor."""
    with cast.scope():
        for number in range(3):
            a.enrolment(a.person(cast.centre, f"H{number}"), cast.cohort, track="home")
        TrackDecision.objects.all().delete()
        return Enrolment.objects.create(
            person=a.person(cast.centre, "A1"),
            cohort=cast.cohort,
            centre=cast.centre,
            enrolled_on=date(2026, 1, 1),
            state="in_training",
        )


def decide(cast, enrolment, track, **fields):
    facts = {"by": cast.coordinator, "at": NOW, "adviser": "Lena Vogt", **fields}
    return tracks.decide(enrolment, track, **facts)


def refusal(cast, enrolment, track, **fields):
    """Return the refusal's code, field and words, once sure that nothing changed."""
    before = (Enrolment.objects.get(pk=enrolment.pk).track, TrackDecision.objects.count())
    with pytest.raises(Refused) as refused:
        decide(cast, enrolment, track, **fields)
    after = (Enrolment.objects.get(pk=enrolment.pk).track, TrackDecision.objects.count())
    assert after == before
    return refused.value.code, refused.value.field, refused.value.message


def test_first_choice_needs_no_reason(cast, enrolment):
    with cast.scope(cast.coordinator):
        decision = decide(cast, enrolment, "home", adviser=" Lena Vogt ", on=date(2026, 11, 20))
        enrolment.refresh_from_db()
    assert (enrolment.track, decision.reason) == ("home", "first_choice")
    assert (decision.adviser, decision.decided_on) == ("Lena Vogt", date(2026, 11, 20))


def test_change_needs_a_reason(cast, enrolment):
    with cast.scope(cast.coordinator):
        decide(cast, enrolment, "home")
        expected = (
            "reason_required",
            "reason",
            "A change of track needs its reason. Choose the one that led to it.",
        )
        assert refusal(cast, enrolment, "away") == expected
        assert refusal(cast, enrolment, "away", reason="first_choice") == expected
        assert refusal(cast, enrolment, "away", reason="whim") == expected
        decide(cast, enrolment, "away", reason="family")
        history = TrackDecision.objects.order_by("id").values_list("track", "reason")
        assert list(history) == [("home", "first_choice"), ("away", "family")]


@pytest.mark.parametrize("track", ["undecided", "abroad", ""])
def test_only_home_and_away_are_tracks(cast, enrolment, track):
    with cast.scope(cast.coordinator):
        assert refusal(cast, enrolment, track)[:2] == ("unknown_track", "track")


def test_same_track_is_nothing_to_decide(cast, enrolment):
    with cast.scope(cast.coordinator):
        decide(cast, enrolment, "home")
        assert refusal(cast, enrolment, "home", reason="family")[0] == "same_track"


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 4, 1)])
def test_choice_outside_the_window_is_refused(cast, enrolment, day):
    with cast.scope(cast.coordinator):
        Cohort.objects.update(decision_opens_on="2026-03-01", decision_closes_on="2026-03-31")
        assert refusal(cast, enrolment, "home", on=day) == (
            "outside_window",
            "on",
            "The track is chosen between 1 Mar 2026 and 31 Mar 2026. Decide on a day in "
            "between, or have the cohort's window moved.",
        )
        decide(cast, enrolment, "home", on=date(2026, 3, 31))


def test_full_track_is_refused_until_a_seat_is_free(cast, enrolment):
    with cast.scope(cast.coordinator):
        Cohort.objects.update(away_seats=1)
        other = a.enrolment(a.person(cast.centre, "A2"), cast.cohort, track="away")
        TrackDecision.objects.all().delete()
        assert refusal(cast, enrolment, "away") == (
            "no_seat",
            "track",
            "All away seats are held: 1 of 1. Wait until one is free, or have seats added.",
        )
        Enrolment.objects.filter(pk=other.pk).update(state="withdrawn")
        decide(cast, enrolment, "away")


@pytest.mark.parametrize(
    "reason",
    ["language_failed", "visa_refused", "offer_retracted", "recognition_refused", "permit_expired"],
)
def test_failed_way_abroad_always_leads_home(cast, enrolment, reason):
    with cast.scope(cast.coordinator):
        decide(cast, enrolment, "away")
        Cohort.objects.update(home_seats=0, decision_closes_on="2026-11-21")
        decision = decide(cast, enrolment, "home", reason=reason, adviser="")
        assert (decision.track, decision.reason) == ("home", reason)
        assert Enrolment.objects.get(pk=enrolment.pk).track == "home"


def test_whoever_turns_home_before_departure_needs_advice_but_no_window_and_no_seat(
    cast, enrolment
):
    with cast.scope(cast.coordinator):
        decide(cast, enrolment, "away")
        Cohort.objects.update(home_seats=0, decision_closes_on="2026-11-21")
        unadvised = refusal(cast, enrolment, "home", reason="family", adviser="")
        assert unadvised[0] == "counselling_missing"
        assert decide(cast, enrolment, "home", reason="family").track == "home"
        assert refusal(cast, enrolment, "away", reason="preference")[0] == "outside_window"


@pytest.mark.parametrize("state", ["withdrawn", "deferred", "dismissed", "transferred"])
def test_track_of_somebody_gone_is_settled(cast, enrolment, state):
    with cast.scope(cast.coordinator):
        changes = {"state": state, "certified_on": date(2026, 11, 1)}
        Enrolment.objects.filter(pk=enrolment.pk).update(**changes)
        enrolment.refresh_from_db()
        assert refusal(cast, enrolment, "home")[0] == "enrolment_over"


def test_days_follow_each_other_and_end_today(cast, enrolment):
    with cast.scope(cast.coordinator):
        decide(cast, enrolment, "home", on=date(2026, 10, 1))
        change = {"reason": "family"}
        early = refusal(cast, enrolment, "away", on=date(2026, 9, 30), **change)
        assert early[0] == "too_early"
        late = refusal(cast, enrolment, "away", on=date(2026, 11, 23), **change)
        assert late[0] == "in_the_future"


def test_others_may_not_decide(cast, enrolment):
    with cast.scope():
        for member in (cast.rival_coordinator, cast.auditor, cast.recruiter):
            with pytest.raises(NotAllowed):
                decide(cast, enrolment, "home", by=member)
        assert TrackDecision.objects.count() == 0


def test_correction_returns_to_the_track_before_and_stays_on_record(cast, enrolment):
    with cast.scope(cast.coordinator):
        decide(cast, enrolment, "home")
        decide(cast, enrolment, "away", reason="family")
        tracks.undo(enrolment, by=cast.coordinator, at=NOW)
        history = TrackDecision.objects.order_by("id").values_list("track", "reason")
        assert list(history) == [
            ("home", "first_choice"),
            ("away", "family"),
            ("home", "correction"),
        ]
        assert Enrolment.objects.get(pk=enrolment.pk).track == "home"


def test_correction_of_the_first_choice_leaves_undecided(cast, enrolment):
    with cast.scope(cast.coordinator):
        decide(cast, enrolment, "home")
        tracks.undo(enrolment, by=cast.coordinator, at=NOW)
        assert Enrolment.objects.get(pk=enrolment.pk).track == "undecided"
        with pytest.raises(Refused) as refused:
            tracks.undo(enrolment, by=cast.coordinator, at=NOW)
        assert refused.value.code == "nothing_decided"
        assert TrackDecision.objects.count() == 2


def test_correction_needs_a_seat_on_the_track_before(cast, enrolment):
    with cast.scope(cast.coordinator):
        decide(cast, enrolment, "home")
        decide(cast, enrolment, "away", reason="family")
        Cohort.objects.update(home_seats=0)
        with pytest.raises(Refused) as refused:
            tracks.undo(enrolment, by=cast.coordinator, at=NOW)
        assert refused.value.code == "no_seat"
        assert TrackDecision.objects.count() == 2
