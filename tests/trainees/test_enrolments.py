"""Enrolments and their cohort: moved, certified with evidence, started and ended together."""

from datetime import UTC, date, datetime

import pytest

from gsp.workflow import NotAllowed, Refused
from tests import builders as a
from trainees.actions import enrolments, intakes
from trainees.models import Enrolment, SkillClaim
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


@pytest.mark.parametrize("target", ["certified", "placed", "enrolled", "nowhere"])
def test_move_that_is_not_open_is_refused(cast, enrolment, target):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused):
            enrolments.move(enrolment, target, by=cast.coordinator, at=NOW)
        assert Enrolment.objects.get().state == "in_training"


def test_trainee_defers_returns_and_withdraws(cast, enrolment):
    with cast.scope(cast.coordinator):
        for target in ("deferred", "in_training", "not_yet_competent", "withdrawn"):
            enrolment = enrolments.move(enrolment, target, by=cast.coordinator, at=NOW)
            assert Enrolment.objects.get().state == target


def test_others_neither_move_nor_certify(cast, enrolment):
    with cast.scope():
        for member in (cast.rival_coordinator, cast.auditor, cast.recruiter):
            with pytest.raises(NotAllowed):
                enrolments.move(enrolment, "withdrawn", by=member, at=NOW)
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
            "1 trainee has no result yet. Certify, defer or withdraw them first."
        )
        assert Cohort.objects.get().state == "in_training"
        enrolments.certify(enrolment, on=TODAY, by=cast.coordinator, at=NOW)
        cohort = intakes.move(cast.cohort, "assessed", by=cast.coordinator, at=NOW)
        assert intakes.move(cohort, "closed", by=cast.coordinator, at=NOW).state == "closed"
        assert Enrolment.objects.get().state == "certified"


def test_cancellation_withdraws_those_without_a_result(cast, enrolment):
    with cast.scope(cast.coordinator):
        for reference, state in (("A2", "deferred"), ("A3", "not_yet_competent")):
            enrol(cast, reference, state)
        intakes.move(cast.cohort, "cancelled", by=cast.coordinator, at=NOW)
        states = Enrolment.objects.order_by("person__reference").values_list("state", flat=True)
        assert list(states) == ["withdrawn", "withdrawn", "not_yet_competent"]
