"""Assessments: points, resits up to the limit, two assessors for who fails, modules done."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gsp.workflow import NotAllowed, Refused
from learning.actions import assessments, completions
from learning.actions.attendance import Mark
from learning.actions.attendance import record as attend
from learning.actions.results import Entry, record
from learning.models import Assessment, AssessmentResult, ModuleCompletion
from tests.learning.classroom import NOW, TODAY, assessment, module, session, trainee
from trainees.models import CaseEvent

ON = date(2026, 11, 10)


def entry(enrolment, points, **fields):
    fields = {"assessor": "Besa", "second_assessor": "" if points >= 60 else "Dritan", **fields}
    return Entry(enrolment.pk, Decimal(points), ON, **fields)


def test_results_are_recorded_resat_and_told(cast):
    with cast.scope(cast.coordinator):
        test = assessment(cast.cohort)
        one, two = trainee(cast.cohort, "A"), trainee(cast.cohort, "B")
        by = {"by": cast.coordinator, "at": NOW}
        assert record(test, [entry(one, 72), entry(two, 40)], **by) == 2
        assert record(test, [entry(one, 72), entry(two, 40)], **by) == 0
        assert record(test, [entry(two, 61, attempt=2)], **by) == 1
        rows = AssessmentResult.objects.order_by("id").values_list(
            "enrolment", "attempt", "points", "assessor", "second_assessor"
        )
        assert list(rows) == [
            (one.pk, 1, 72, "Besa", ""),
            (two.pk, 1, 40, "Besa", "Dritan"),
            (two.pk, 2, 61, "Besa", ""),
        ]
        assert set(AssessmentResult.objects.passed().values_list("enrolment", "attempt")) == {
            (one.pk, 1),
            (two.pk, 2),
        }
        told = CaseEvent.objects.filter(kind="assessment").order_by("id")
        assert list(told.values_list("person", "text")) == [
            (one.person_id, "Final test: passed"),
            (two.person_id, "Final test: not passed"),
            (two.person_id, "Final test: passed (attempt 2)"),
        ]


def test_impossible_result_is_refused_and_nothing_is_written(cast):
    with cast.scope(cast.coordinator):
        test, one = assessment(cast.cohort), trainee(cast.cohort, "A")
        fine = entry(trainee(cast.cohort, "B"), 80)
        for wrong, field, code in [
            (entry(one, 101), "points", "points_out_of_range"),
            (entry(one, 30, second_assessor=""), "second_assessor", "second_assessor_required"),
            (entry(one, 30, second_assessor="BESA"), "second_assessor", "second_assessor_required"),
            (entry(one, 80, assessor=" "), "assessor", "required"),
            (entry(one, 80, attempt=2), "attempt", "attempt_out_of_order"),
            (entry(one, 80, attempt=4), "attempt", "no_attempt_left"),
            (replace(entry(one, 80), taken_on=date(2027, 1, 1)), "taken_on", "in_the_future"),
        ]:
            with pytest.raises(Refused) as refused:
                record(test, [fine, wrong], by=cast.coordinator, at=NOW)
            assert (refused.value.field, refused.value.code) == (f"results/1/{field}", code)
        assert AssessmentResult.objects.count() == 0


def test_no_attempt_after_a_pass_and_none_past_the_limit(cast):
    with cast.scope(cast.coordinator):
        cast.cohort.course.attempts = 2
        cast.cohort.course.save()
        test = assessment(cast.cohort)
        one, two = trainee(cast.cohort, "A"), trainee(cast.cohort, "B")
        by = {"by": cast.coordinator, "at": NOW}
        record(test, [entry(one, 60), entry(two, 10)], **by)
        record(test, [entry(two, 20, attempt=2)], **by)
        for wrong, code in [
            (entry(one, 90, attempt=2), "passed_already"),
            (entry(two, 90, attempt=3), "no_attempt_left"),
        ]:
            with pytest.raises(Refused) as refused:
                record(test, [wrong], **by)
            assert refused.value.code == code
        assert AssessmentResult.objects.count() == 3


def test_module_is_done_when_all_its_assessments_are_passed_and_open_again_otherwise(cast):
    with cast.scope(cast.coordinator):
        walls = module(cast.cohort.course)
        first = assessment(cast.cohort, "Plan", module=walls)
        second = assessment(cast.cohort, "Build", module=walls)
        one = trainee(cast.cohort, "A")
        by = {"by": cast.coordinator, "at": NOW}
        record(first, [entry(one, 70)], **by)
        assert not ModuleCompletion.objects.exists()
        record(second, [entry(one, 65)], **by)
        done = ModuleCompletion.objects.get()
        assert (done.enrolment_id, done.module_id, done.completed_on, done.basis) == (
            one.pk,
            walls.pk,
            ON,
            "assessment",
        )
        record(second, [entry(one, 50)], **by)  # the points are corrected
        assert not ModuleCompletion.objects.exists()
        assessments.change(second, pass_points=Decimal(45), **by)
        assert ModuleCompletion.objects.count() == 1
        assessments.plan(
            cast.cohort,
            title="Third",
            module=walls,
            kind="oral",
            held_on=ON,
            most_points=Decimal(10),
            pass_points=Decimal(5),
            **by,
        )
        assert not ModuleCompletion.objects.exists()


def test_impossible_assessment_is_refused(cast):
    with cast.scope(cast.coordinator):
        facts = {
            "title": "Test",
            "kind": "written",
            "held_on": ON,
            "most_points": Decimal(10),
            "pass_points": Decimal(11),
            "by": cast.coordinator,
            "at": NOW,
        }
        with pytest.raises(Refused) as refused:
            assessments.plan(cast.cohort, **facts)
        assert refused.value.message == "Nobody can reach the points to pass."
        test, one = assessment(cast.cohort), trainee(cast.cohort)
        record(test, [entry(one, 90)], by=cast.coordinator, at=NOW)
        with pytest.raises(Refused) as refused:
            assessments.change(test, most_points=Decimal(80), by=cast.coordinator, at=NOW)
        assert refused.value.field == "most_points"
        assert Assessment.objects.get().most_points == 100


def test_module_is_done_by_coming_often_enough(cast):
    with cast.scope(cast.coordinator):
        life = module(cast.cohort.course, "Life abroad", kind="culture")
        by = {"by": cast.coordinator, "at": NOW}
        one, two = trainee(cast.cohort, "A"), trainee(cast.cohort, "B")
        with pytest.raises(Refused) as refused:
            completions.from_attendance(cast.cohort, life, **by)
        assert refused.value.code == "sessions_to_come"
        for days in (5, 4, 3, 2):
            lesson = session(cast.cohort, days, module=life)
            absent = {two.pk: Mark("absent")} if days == 5 else {two.pk: Mark("present")}
            attend(lesson, {one.pk: Mark("present")} | absent, **by)
        assert completions.from_attendance(cast.cohort, life, **by) == 1  # 100 %; 75 % is too low
        done = ModuleCompletion.objects.get()
        assert (done.enrolment_id, done.basis, done.completed_on) == (
            one.pk,
            "attendance",
            date(2026, 11, 20),
        )
        assert completions.from_attendance(cast.cohort, life, **by) == 0


def test_module_is_recorded_by_hand_and_taken_back(cast):
    with cast.scope(cast.coordinator):
        life, one = module(cast.cohort.course, "Life abroad"), trainee(cast.cohort)
        by = {"by": cast.coordinator, "at": NOW}
        done = completions.record(one, life, on=TODAY, note="At the embassy", **by)
        with pytest.raises(Refused) as refused:
            completions.record(one, life, on=TODAY, **by)
        assert refused.value.code == "done_already"
        completions.take_back(done, **by)
        assert not ModuleCompletion.objects.exists()
        told = CaseEvent.objects.filter(kind="module").order_by("id")
        assert list(told.values_list("text", flat=True)) == [
            "Life abroad done",
            "Life abroad no longer done",
        ]


def test_others_record_no_result(cast):
    with cast.scope():
        test, one = assessment(cast.cohort), trainee(cast.cohort)
        for member in (cast.rival_coordinator, cast.auditor, cast.recruiter):
            with pytest.raises(NotAllowed):
                record(test, [entry(one, 80)], by=member, at=NOW)
        assert AssessmentResult.objects.count() == 0


def test_results_cost_the_same_whatever_their_number(cast, count_queries):
    with cast.scope(cast.coordinator):
        test = assessment(cast.cohort, module=module(cast.cohort.course))
        people = [trainee(cast.cohort) for _number in range(12)]

        def cost(of):
            entries = [entry(one, 80) for one in of]
            return count_queries(lambda: record(test, entries, by=cast.coordinator, at=NOW))

        assert cost(people[:1]) == cost(people[1:4]) == cost(people[4:])
