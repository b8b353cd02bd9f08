"""Enrolments and their cohort: moved, certified with evidence, started and ended together."""

from datetime import UTC, date, datetime

import pytest

from gsp.workflow import NotAllowed, Refused
from tests import builders as a
from trainees.actions import enrolments, intakes
from trainees.models import CaseEvent, Enrolment, EnrolmentChange, Journey, SkillClaim
from training.models import Cohort

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def enrolment(cast):
    """Somebody in training."""
    with cast.scope():
        return enrol(cast, "A1")


def enrol(cast, reference, state="in_training"):
    return Enrolment.objects.create(
        person=a.person(cast.centre, reference),
        cohort=cast.cohort,
        centre=cast.centre,
        enrolled_on=date(2026, 1, 1),
        state=state,
    )


def claims():
    rows = SkillClaim.objects.order_by("skill__title")
    return list(rows.values_list("skill__title", "level", "evidence"))


def test_certificate_evidences_the_skills_of_the_course(cast, enrolment):
    with cast.scope(cast.coordinator):
        done = enrolments.certify(enrolment, on=TODAY, by=cast.coordinator, at=NOW)
        assert claims() == [("lay bricks", 3, "course"), ("mix mortar", 3, "course")]
    assert (done.state, done.certified_on, done.state_changed_at) == ("certified", TODAY, NOW)


@pytest.mark.parametrize(
    ("level", "evidence", "expected"),
    [
        (1, "none", (3, "course")),
        (4, "none", (3, "course")),
        (2, "certificate", (3, "course")),
        (4, "certificate", (4, "certificate")),
    ],
)
def test_certificate_raises_and_never_lowers_what_is_proved(
    cast, enrolment, level, evidence, expected
):
    with cast.scope(cast.coordinator):
        SkillClaim.objects.create(
            person=enrolment.person,
            centre=cast.centre,
            skill=a.skill("lay bricks"),
            level=level,
            evidence=evidence,
        )
        enrolments.certify(enrolment, on=TODAY, by=cast.coordinator, at=NOW)
        assert claims()[0] == ("lay bricks", *expected)


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 11, 23), "in_the_future"), (date(2025, 12, 31), "too_early")]
)
def test_certificate_on_an_impossible_day_is_refused(cast, enrolment, on, code):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused) as refused:
            enrolments.certify(enrolment, on=on, by=cast.coordinator, at=NOW)
        assert (refused.value.code, refused.value.field) == (code, "certified_on")
        assert (Enrolment.objects.get().state, claims()) == ("in_training", [])


@pytest.mark.parametrize("target", ["certified", "transferred", "duplicate", "enrolled", "nowhere"])
def test_move_that_is_not_open_is_refused(cast, enrolment, target):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused):
            enrolments.move(enrolment, target, by=cast.coordinator, at=NOW)
        assert Enrolment.objects.get().state == "in_training"


def test_trainee_defers_returns_fails_sits_again_and_withdraws(cast, enrolment):
    steps = [
        ("deferred", {"reason": "family", "returns_on": date(2027, 3, 1)}),
        ("in_training", {}),
        ("assessment", {}),
        ("not_yet_competent", {}),
        ("assessment", {}),
        ("unreachable", {"reason": "no_contact"}),
        ("withdrawn", {"reason": "no_contact", "note": "moved"}),
    ]
    with cast.scope(cast.coordinator):
        for target, facts in steps:
            enrolment = enrolments.move(enrolment, target, by=cast.coordinator, at=NOW, **facts)
            assert Enrolment.objects.get().state == target
        changes = enrolment.changes.order_by("id").values_list("source", "target", "reason")
        changes = list(changes)
        assert changes[0] == ("in_training", "deferred", "family")
        assert changes[-1] == ("unreachable", "withdrawn", "no_contact")
        assert len(changes) == 7
        told = CaseEvent.objects.filter(kind="state").order_by("id").values_list("text", flat=True)
        assert (told[0], told[6]) == ("Deferred: Family", "Withdrawn: Could not be reached")


@pytest.mark.parametrize(
    ("target", "facts", "code"),
    [
        ("withdrawn", {}, "reason_required"),
        ("dismissed", {"reason": "whim"}, "reason_required"),
        ("deferred", {"reason": "family"}, "return_required"),
        ("deferred", {"reason": "family", "returns_on": date(2026, 11, 22)}, "return_required"),
    ],
)
def test_leaving_needs_its_reason_and_a_deferral_its_return(cast, enrolment, target, facts, code):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused) as refused:
            enrolments.move(enrolment, target, by=cast.coordinator, at=NOW, **facts)
        assert refused.value.code == code
        assert Enrolment.objects.get().state == "in_training"
        assert EnrolmentChange.objects.count() == 0


def test_only_the_agency_takes_back_whom_a_centre_dismissed(cast, enrolment):
    with cast.scope():
        facts = {"reason": "conduct", "by": cast.coordinator, "at": NOW}
        gone = enrolments.move(enrolment, "dismissed", **facts)
        with pytest.raises(NotAllowed):
            enrolments.re_enter(gone, by=cast.coordinator, at=NOW)
        back = enrolments.re_enter(gone, by=cast.officer, at=NOW)
        assert (back.state, back.left_reason) == ("in_training", "")


def test_whoever_returns_needs_a_seat_and_room_on_the_track(cast, enrolment):
    with cast.scope(cast.coordinator):
        Enrolment.objects.update(track="away")
        enrolment.refresh_from_db()
        facts = {"by": cast.coordinator, "at": NOW}
        gone = enrolments.move(enrolment, "withdrawn", reason="work", **facts)
        Cohort.objects.update(home_seats=0, away_seats=0)
        with pytest.raises(Refused) as refused:
            enrolments.re_enter(gone, **facts)
        assert refused.value.code == "cohort_full"
        Cohort.objects.update(home_seats=1)
        with pytest.raises(Refused) as refused:
            enrolments.re_enter(gone, **facts)
        assert [guard.code for guard in refused.value.guards] == ["no_seat", "home_floor"]
        assert Enrolment.objects.get().state == "withdrawn"
        back = enrolments.re_enter(gone, keeps_track=False, **facts)
        assert (back.state, back.track) == ("in_training", "undecided")


def test_double_enrolment_ends_and_comes_back_where_it_was(cast, enrolment):
    with cast.scope(cast.coordinator):
        facts = {"by": cast.coordinator, "at": NOW}
        enrolment = enrolments.move(enrolment, "assessment", **facts)
        ended = enrolments.end_as_duplicate(enrolment, **facts)
        assert (ended.state, ended.left_reason) == ("duplicate", "duplicate")
        assert enrolments.undo_duplicate(ended, **facts).state == "assessment"
        with pytest.raises(Refused):
            enrolments.undo_duplicate(enrolment, **facts)


def test_a_seat_is_given_once_and_never_beyond_the_cohort(cast, enrolment):
    with cast.scope(cast.coordinator):
        Cohort.objects.update(home_seats=1, away_seats=1)
        facts = {"by": cast.coordinator, "at": NOW}
        second = a.person(cast.centre, "A2")
        made = enrolments.enrol(second, cast.cohort, **facts)
        assert (made.state, made.track) == ("in_training", "undecided")
        for person, code in ((second, "enrolled_already"), (a.person(cast.centre), "cohort_full")):
            with pytest.raises(Refused) as refused:
                enrolments.enrol(person, cast.cohort, **facts)
            assert refused.value.code == code
        assert Enrolment.objects.count() == 2


def test_others_neither_move_nor_certify(cast, enrolment):
    with cast.scope():
        for member in (cast.rival_coordinator, cast.auditor, cast.recruiter):
            with pytest.raises(NotAllowed):
                enrolments.move(enrolment, "withdrawn", reason="work", by=member, at=NOW)
            with pytest.raises(NotAllowed):
                enrolments.certify(enrolment, on=TODAY, by=member, at=NOW)
            with pytest.raises(NotAllowed):
                intakes.move(cast.cohort, "cancelled", by=member, at=NOW)
        assert Enrolment.objects.get().state == "in_training"
        assert Cohort.objects.get().state == "in_training"


def test_start_takes_all_enrolled_into_training(cast):
    with cast.scope(cast.coordinator):
        Cohort.objects.update(state="planned")
        cohort = Cohort.objects.get()
        with pytest.raises(Refused) as refused:
            intakes.move(cohort, "in_training", by=cast.coordinator, at=NOW)
        assert refused.value.code == "nobody_enrolled"
        for reference, state in (("A1", "enrolled"), ("A2", "withdrawn"), ("A3", "deferred")):
            enrol(cast, reference, state)
        intakes.move(cohort, "in_training", by=cast.coordinator, at=NOW)
        states = Enrolment.objects.order_by("person__reference").values_list("state", flat=True)
        assert list(states) == ["in_training", "withdrawn", "deferred"]


def test_cohort_is_assessed_once_all_have_a_result(cast, enrolment):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused) as refused:
            intakes.move(cast.cohort, "assessed", by=cast.coordinator, at=NOW)
        assert refused.value.message == (
            "1 trainee has no result yet. Certify, defer or withdraw them first. (Skenderaj)"
        )
        assert Cohort.objects.get().state == "in_training"
        enrolments.certify(enrolment, on=TODAY, by=cast.coordinator, at=NOW)
        cohort = intakes.move(cast.cohort, "assessed", by=cast.coordinator, at=NOW)
        with pytest.raises(Refused) as refused:
            intakes.move(cohort, "closed", by=cast.coordinator, at=NOW)
        assert refused.value.code == "choice_open"
        Cohort.objects.update(decision_closes_on="2026-11-21")
        assert intakes.move(cohort, "closed", by=cast.coordinator, at=NOW).state == "closed"
        assert Enrolment.objects.get().state == "certified"


def test_cancellation_defers_those_without_a_result(cast, enrolment):
    with cast.scope(cast.coordinator):
        for reference, state in (("A2", "assessment"), ("A3", "not_yet_competent")):
            enrol(cast, reference, state)
        intakes.move(cast.cohort, "cancelled", by=cast.coordinator, at=NOW)
        rows = Enrolment.objects.order_by("person__reference").values_list("state", "left_reason")
        assert list(rows) == [
            ("deferred", "cohort_cancelled"),
            ("deferred", "cohort_cancelled"),
            ("not_yet_competent", ""),
        ]


def test_a_cohort_moves_with_any_number_of_trainees_in_the_same_number_of_queries(
    cast, count_queries
):
    with cast.scope(cast.coordinator):
        costs = []
        for number, size in enumerate((1, 3, 12)):
            cohort = a.cohort(cast.partnership, cast.cohort.course, f"N{number}", state="planned")
            for _ in range(size):
                person = a.person(cast.centre)
                a.enrolment(person, cohort, "undecided", state="enrolled", certified_on=None)
            costs.append(
                count_queries(
                    lambda cohort=cohort: intakes.move(
                        cohort, "in_training", by=cast.coordinator, at=NOW
                    )
                )
            )
            assert cohort.enrolments.filter(state="in_training").count() == size
    assert len(set(costs)) == 1


def test_all_are_certified_in_one_go_with_their_skills_and_journeys(cast, count_queries):
    with cast.scope(cast.coordinator):
        facts = {"on": TODAY, "by": cast.coordinator, "at": NOW}
        costs = []
        for number, size in enumerate((1, 4)):
            for place in range(size):
                enrol(cast, f"B{number}{place}")
            rows = Enrolment.objects.filter(state="in_training")
            costs.append(
                count_queries(lambda rows=rows: enrolments.certify_all(rows.all(), **facts))
            )
        assert costs[0] == costs[1]
        assert Enrolment.objects.filter(state="certified", certified_on=TODAY).count() == 5
        assert len(claims()) == 10
        open_ones = Journey.objects.open().values_list("state", flat=True)
        assert list(open_ones) == ["job_search"] * 5
