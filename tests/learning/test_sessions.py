"""Sessions: one by one, every week, cancelled with a reason."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from gsp.workflow import NotAllowed, Refused
from learning.actions import sessions
from learning.models import Session
from tests import builders as a
from tests.learning.classroom import NOW, module, session

MORNING = {
    "starts_at": datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
    "ends_at": datetime(2026, 12, 1, 12, 0, tzinfo=UTC),
}


def week(**changes):
    pattern = {
        "weekdays": frozenset({0, 2}),
        "starts": time(9, 0),
        "ends": time(12, 30),
        "first": date(2027, 3, 22),
        "last": date(2027, 4, 4),
        "zone": ZoneInfo("Europe/Belgrade"),
    }
    return sessions.Week(**pattern | changes)


def test_session_is_planned_and_changed(cast):
    with cast.scope(cast.coordinator):
        walls = module(cast.cohort.course)
        made = sessions.plan(
            cast.cohort, **MORNING, module=walls, place="Hall 2", by=cast.coordinator, at=NOW
        )
        assert (made.minutes, made.place, made.away_only, made.state) == (
            240,
            "Hall 2",
            False,
            "planned",
        )
        changed = sessions.change(made, trainer="Besa", by=cast.officer, at=NOW)
        assert (changed.trainer, changed.place) == ("Besa", "Hall 2")


def test_session_of_an_away_module_is_for_the_away_track(cast):
    with cast.scope(cast.coordinator):
        abroad = module(cast.cohort.course, "Life abroad", kind="culture", away_only=True)
        made = sessions.plan(cast.cohort, **MORNING, module=abroad, by=cast.coordinator, at=NOW)
    assert made.away_only is True


def test_weekly_pattern_keeps_the_hour_on_the_wall_and_leaves_days_out(cast):
    with cast.scope(cast.coordinator):
        made = sessions.plan_weekly(
            cast.cohort,
            week(),
            without=[date(2027, 3, 24)],
            place="Hall",
            by=cast.coordinator,
            at=NOW,
        )
        assert len(made) == 3
        rows = Session.objects.order_by("starts_at").values_list("starts_at", "ends_at", "place")
        assert list(rows) == [
            # winter time, then summer time from 28 March on
            (utc(2027, 3, 22, 8), utc(2027, 3, 22, 11, 30), "Hall"),
            (utc(2027, 3, 29, 7), utc(2027, 3, 29, 10, 30), "Hall"),
            (utc(2027, 3, 31, 7), utc(2027, 3, 31, 10, 30), "Hall"),
        ]
        again = sessions.plan_weekly(cast.cohort, week(), by=cast.coordinator, at=NOW)
        assert [one.starts_at for one in again] == [utc(2027, 3, 24, 8)]
        assert Session.objects.count() == 4


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"weekdays": frozenset()}, "no_day"),
        ({"last": date(2027, 3, 1)}, "no_day"),
        ({"weekdays": frozenset(range(7)), "last": date(2029, 3, 1)}, "too_many"),
        ({"ends": time(8, 0)}, "ends_before_start"),
    ],
)
def test_impossible_pattern_is_refused(cast, changes, code):
    with cast.scope(cast.coordinator):
        with pytest.raises(Refused) as refused:
            sessions.plan_weekly(cast.cohort, week(**changes), by=cast.coordinator, at=NOW)
        assert refused.value.code == code
        assert Session.objects.count() == 0


def test_impossible_session_is_refused(cast):
    with cast.scope():
        other = module(a.course(cast.rival_centre, "OTHER"))
    with cast.scope(cast.coordinator):
        for facts, code in [
            (MORNING | {"ends_at": MORNING["starts_at"]}, "ends_before_start"),
            (MORNING | {"ends_at": utc(2026, 12, 2, 8)}, "too_long"),
            (MORNING | {"module": other}, "module_of_other_course"),
        ]:
            with pytest.raises(Refused) as refused:
                sessions.plan(cast.cohort, **facts, by=cast.coordinator, at=NOW)
            assert refused.value.code == code
        assert Session.objects.count() == 0


def test_closed_cohort_takes_no_session(cast):
    with cast.scope():
        closed = a.cohort(cast.partnership, cast.cohort.course, "C0", state="closed")
        with pytest.raises(Refused) as refused:
            sessions.plan(closed, **MORNING, by=cast.officer, at=NOW)
    assert refused.value.code == "cohort_ended"


def test_session_is_cancelled_with_a_reason_and_planned_again(cast):
    with cast.scope(cast.coordinator):
        lesson = session(cast.cohort)
        with pytest.raises(Refused) as refused:
            sessions.cancel(lesson, reason=" ", by=cast.coordinator, at=NOW)
        assert refused.value.field == "cancel_reason"
        sessions.cancel(lesson, reason="Snow", by=cast.coordinator, at=NOW)
        lesson = Session.objects.select_related("cohort").get()
        assert (lesson.state, lesson.cancel_reason) == ("cancelled", "Snow")
        sessions.reinstate(lesson, by=cast.coordinator, at=NOW)
        lesson = Session.objects.get()
        assert (lesson.state, lesson.cancel_reason) == ("planned", "")


def test_others_plan_nothing(cast):
    with cast.scope():
        for member in (cast.rival_coordinator, cast.auditor, cast.recruiter):
            with pytest.raises(NotAllowed):
                sessions.plan(cast.cohort, **MORNING, by=member, at=NOW)
        assert Session.objects.count() == 0
