"""Attendance: recorded in bulk, safely repeated, conflicts shown, rates computed."""

from datetime import timedelta

import pytest

from gsp.workflow import NotAllowed, Refused
from learning.actions.attendance import Mark, record
from learning.models import Attendance
from learning.queries import rates, roster
from tests.learning.classroom import NOW, module, session, trainee

PRESENT, ABSENT, EXCUSED = Mark("present"), Mark("absent"), Mark("excused", note="Doctor")


def marks(*pairs):
    return {enrolment.pk: mark for enrolment, mark in pairs}


def test_marks_are_recorded_and_the_same_again_change_nothing(cast):
    with cast.scope(cast.coordinator):
        lesson = session(cast.cohort)
        one, two = trainee(cast.cohort, "A"), trainee(cast.cohort, "B")
        sheet = marks((one, PRESENT), (two, Mark("late", 15, "Bus")))
        done = record(lesson, sheet, by=cast.coordinator, at=NOW)
        assert (done.written, done.unchanged, done.conflicts) == (2, 0, {})
        again = record(lesson, sheet, by=cast.officer, at=NOW + timedelta(hours=1))
        assert (again.written, again.unchanged) == (0, 2)
        rows = Attendance.objects.order_by("id").values_list(
            "enrolment", "status", "minutes_late", "note", "recorded_by", "recorded_at"
        )
        name = cast.coordinator.user.name
        assert list(rows) == [
            (one.pk, "present", 0, "", name, NOW),
            (two.pk, "late", 15, "Bus", name, NOW),
        ]


def test_mark_of_somebody_else_since_is_a_conflict_and_stays(cast):
    with cast.scope(cast.coordinator):
        lesson = session(cast.cohort)
        one, two = trainee(cast.cohort, "A"), trainee(cast.cohort, "B")
        record(lesson, marks((one, ABSENT)), by=cast.officer, at=NOW)
        seen = {one.pk: None, two.pk: None}  # the page was opened before the officer wrote
        sheet = marks((one, PRESENT), (two, PRESENT))
        done = record(lesson, sheet, by=cast.coordinator, at=NOW, seen=seen)
        assert done.written == 1
        assert {pk: row.status for pk, row in done.conflicts.items()} == {one.pk: "absent"}
        assert dict(Attendance.objects.values_list("enrolment", "status")) == {
            one.pk: "absent",
            two.pk: "present",
        }
        after = record(lesson, sheet, by=cast.coordinator, at=NOW, seen=seen | {one.pk: NOW})
        assert (after.written, after.unchanged, after.conflicts) == (1, 1, {})


def test_impossible_mark_is_refused_and_nothing_is_written(cast):
    with cast.scope(cast.coordinator):
        lesson, cancelled = (
            session(cast.cohort),
            session(cast.cohort, state="cancelled", cancel_reason="Snow"),
        )
        later = session(cast.cohort, days_ago=-3)
        one, left = trainee(cast.cohort), trainee(cast.cohort, state="withdrawn")
        for what, sheet, code in [
            (lesson, marks((one, Mark("asleep"))), "unknown_choice"),
            (lesson, marks((one, Mark("present", 5))), "not_late"),
            (lesson, marks((one, Mark("late", 961))), "out_of_range"),
            (lesson, marks((one, Mark("absent", 0, "x" * 201))), "out_of_range"),
            (lesson, marks((one, PRESENT), (left, PRESENT)), "not_expected"),
            (cancelled, marks((one, PRESENT)), "session_cancelled"),
            (later, marks((one, PRESENT)), "not_yet"),
        ]:
            with pytest.raises(Refused) as refused:
                record(what, sheet, by=cast.coordinator, at=NOW)
            assert refused.value.code == code
        assert Attendance.objects.count() == 0


def test_others_record_nothing(cast):
    with cast.scope():
        lesson, one = session(cast.cohort), trainee(cast.cohort)
        for member in (cast.rival_coordinator, cast.auditor, cast.recruiter):
            with pytest.raises(NotAllowed):
                record(lesson, marks((one, PRESENT)), by=member, at=NOW)
        assert Attendance.objects.count() == 0


def test_roster_of_an_away_session_is_the_away_track(cast):
    with cast.scope():
        lesson = session(cast.cohort, away_only=True)
        away = trainee(cast.cohort, "A", "away")
        trainee(cast.cohort, "B", "home")
        trainee(cast.cohort, "C", "away", state="deferred")
        assert [one.pk for one in roster(lesson)] == [away.pk]


def test_rates_count_minutes_and_leave_excused_and_cancelled_out(cast):
    with cast.scope(cast.coordinator):
        walls = module(cast.cohort.course)
        first = session(cast.cohort, 4, module=walls)  # 240 minutes each
        second = session(cast.cohort, 3)
        third = session(cast.cohort, 2)
        gone = session(cast.cohort, 1)
        one, two, three = (trainee(cast.cohort, name) for name in "ABC")
        at = {"by": cast.coordinator, "at": NOW}
        record(first, marks((one, PRESENT), (two, ABSENT), (three, EXCUSED)), **at)
        record(second, marks((one, Mark("late", 60)), (two, EXCUSED)), **at)
        record(third, marks((one, ABSENT), (two, PRESENT)), **at)
        record(gone, marks((one, ABSENT), (two, ABSENT)), **at)
        gone.state, gone.cancel_reason = "cancelled", "Snow"
        gone.save()
        assert rates("enrolment") == {one.pk: (240 + 180) / 720, two.pk: 240 / 480}
        assert rates("session__module", session__module=walls) == {walls.pk: 0.5}


def test_a_sheet_costs_the_same_whatever_its_length(cast, count_queries):
    with cast.scope(cast.coordinator):
        lesson = session(cast.cohort)
        people = [trainee(cast.cohort) for _number in range(12)]

        def cost(of):
            sheet = {one.pk: PRESENT for one in of}
            return count_queries(lambda: record(lesson, sheet, by=cast.coordinator, at=NOW))

        assert cost(people[:1]) == cost(people[1:4]) == cost(people[4:])
