"""Certification of a cohort: who is ready, who not and why, exceptions, skills of what was done."""

from datetime import date
from decimal import Decimal

import pytest

from gsp.workflow import NotAllowed, Refused
from learning.actions import completions
from learning.actions.attendance import Mark
from learning.actions.attendance import record as attend
from learning.actions.certification import certify_all
from learning.actions.results import Entry, record
from learning.certification import refusals, standings
from learning.models import CertificationException
from tests import builders as a
from tests.learning.classroom import NOW, TODAY, assessment, module, session, trainee
from trainees.actions import certificates
from trainees.models import Enrolment, SkillClaim
from training.models import ModuleOutcome


def outcome(of, title, level=3):
    return ModuleOutcome.objects.create(
        module=of, centre=of.centre, skill=a.skill(title), level=level
    )


def codes(cohort):
    return {
        one.enrolment.person.reference: [refusal.code for refusal in one.refusals]
        for one in standings(cohort, TODAY)
    }


@pytest.fixture
def classroom(cast):
    """A needed module, an away-only one, an optional one, a final test, and four trainees."""
    with cast.scope():
        course, by = cast.cohort.course, {"by": cast.coordinator, "at": NOW}
        walls = module(course, "Walls")
        abroad = module(course, "Life abroad", kind="culture", away_only=True)
        module(course, "Tiles", is_required=False)
        outcome(walls, "lay bricks")
        outcome(abroad, "live abroad", 2)
        final = assessment(cast.cohort)
        people = {
            "ready": trainee(cast.cohort, "ready"),
            "away": trainee(cast.cohort, "away", "away"),
            "absent": trainee(cast.cohort, "absent"),
            "failed": trainee(cast.cohort, "failed"),
        }
        lesson = session(cast.cohort)
        marks = {one.pk: Mark("present") for one in people.values()}
        attend(lesson, marks | {people["absent"].pk: Mark("absent")}, **by)
        for name, one in people.items():
            completions.record(one, walls, on=TODAY, **by)
            points = Decimal(50 if name == "failed" else 80)
            record(final, [Entry(one.pk, points, TODAY, "Besa", "Dritan")], **by)
    return people


def test_page_knows_who_is_ready_and_what_the_others_need(cast, classroom):
    with cast.scope(cast.coordinator):
        assert codes(cast.cohort) == {
            "ready": [],
            "away": ["modules_missing"],
            "absent": ["attendance_too_low"],
            "failed": ["not_passed"],
        }
        (against,) = refusals([classroom["away"]], TODAY)[classroom["away"].pk]
        assert against.message == "Not done yet: Life abroad."


def test_ready_ones_are_certified_with_the_skills_of_the_modules_they_did(cast, classroom):
    with cast.scope(cast.coordinator):
        assert certify_all(cast.cohort, on=TODAY, by=cast.coordinator, at=NOW) == 1
        rows = Enrolment.objects.filter(state="certified")
        assert list(rows.values_list("person__reference", "certified_on")) == [("ready", TODAY)]
        claims = SkillClaim.objects.filter(person=classroom["ready"].person_id)
        assert list(claims.values_list("skill__title", "level", "evidence")) == [
            ("lay bricks", 3, "course")
        ]
        with pytest.raises(Refused) as refused:
            certify_all(cast.cohort, on=TODAY, by=cast.coordinator, at=NOW)
        assert refused.value.code == "nobody_ready"


def test_exception_needs_a_reason_and_is_kept(cast, classroom):
    absent = classroom["absent"].pk
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused) as refused:
            certify_all(
                cast.cohort, on=TODAY, exceptions={absent: " "}, by=cast.coordinator, at=NOW
            )
        assert refused.value.code == "reason_required"
        assert not CertificationException.objects.exists()
        reasons = {absent: "Ill for a month, caught up", classroom["ready"].pk: "not needed"}
        count = certify_all(cast.cohort, on=TODAY, exceptions=reasons, by=cast.coordinator, at=NOW)
        assert count == 2
        kept = CertificationException.objects.get()
        assert (kept.enrolment_id, kept.reason, kept.recorded_by) == (
            absent,
            "Ill for a month, caught up",
            cast.coordinator.user.name,
        )


def test_plain_certificate_obeys_the_same_rules(cast, classroom):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused) as refused:
            certificates.certify(classroom["failed"], on=TODAY, by=cast.coordinator, at=NOW)
        assert "Final test" in refused.value.message
        assert Enrolment.objects.get(pk=classroom["failed"].pk).state == "in_training"


def test_course_where_nothing_is_set_up_refuses_nobody(cast):
    with cast.scope(cast.coordinator):
        trainee(cast.cohort, "A")
        assert codes(cast.cohort) == {"A": []}
        assert certify_all(cast.cohort, on=date(2026, 11, 1), by=cast.officer, at=NOW) == 1
        assert SkillClaim.objects.count() == 2  # those of the course, as no module names any


def test_others_certify_nobody(cast, classroom):
    with cast.scope():
        for member in (cast.rival_coordinator, cast.auditor):
            with pytest.raises(NotAllowed):
                certify_all(cast.cohort, on=TODAY, by=member, at=NOW)
        assert not Enrolment.objects.filter(state="certified").exists()


def test_preview_costs_the_same_whatever_the_size(cast, classroom, count_queries):
    with cast.scope(cast.coordinator):
        before = count_queries(lambda: standings(cast.cohort, TODAY))
        for _number in range(5):
            trainee(cast.cohort)
        assert count_queries(lambda: standings(cast.cohort, TODAY)) == before
