"""Pages of learning: calendar, sheets, progress, certification, what one person learnt."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.models import (
    AssessmentResult,
    Attendance,
    ModuleCompletion,
    Session,
)
from tests.learning.classroom import assessment, module, trainee
from trainees.models import Enrolment, LanguageResult

CENTRE = "/desk/north/skenderaj"


@pytest.fixture
def lesson(cast):
    """A session of today in a module, with two trainees in class."""
    with cast.scope():
        trainee(cast.cohort, "A")
        trainee(cast.cohort, "B", "away")
        now = timezone.now()
        return Session.objects.create(
            cohort=cast.cohort,
            centre=cast.centre,
            module=module(cast.cohort.course),
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=1),
            place="Hall",
        )


@pytest.fixture
def signed_in(client, cast):
    client.force_login(cast.coordinator.user)
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def keys(cast):
    with cast.scope():
        rows = Enrolment.objects.order_by("person__reference")
        return [str(one.uid) for one in rows]


def test_every_page_opens_for_centre_and_staff(client, cast, lesson):
    with cast.scope():
        test = assessment(cast.cohort)
        enrolment = Enrolment.objects.select_related("person").first()
    cohort = f"cohorts/{cast.cohort.uid}/"
    pages = {
        "calendar/": "Hall",
        "calendar/?view=month": "Hall",
        "calendar/?on=nonsense&cohort=nonsense": "Calendar",
        f"{cohort}sessions/": "Walls",
        f"{cohort}sessions/new/": "Plan a session",
        f"{cohort}sessions/weekly/": "Plan sessions every week",
        f"{cohort}assessments/": "Final test",
        f"{cohort}assessments/new/": "Add an assessment",
        f"{cohort}progress/": "Who came when",
        f"{cohort}certification/": "Not done yet: Walls.",
        f"sessions/{lesson.uid}/": "Everybody is present to start with",
        f"sessions/{lesson.uid}/edit/": "Change the session",
        f"sessions/{lesson.uid}/cancel/": "Cancel the session",
        f"assessments/{test.uid}/": "Save results",
        f"assessments/{test.uid}/edit/": "Change the assessment",
        f"trainees/{enrolment.person.uid}/languages/new/": "Record a language test",
        f"enrolments/{enrolment.uid}/modules/new/": "Record a module as done",
        f"trainees/{enrolment.person.uid}/?tab=training": "Nothing recorded yet",
    }
    for member, desk in [(cast.coordinator, CENTRE), (cast.officer, "/desk/north/agency")]:
        client.force_login(member.user)
        for page, expected in pages.items():
            assert expected in text(client.get(f"{desk}/{page}")), page


def test_reader_sees_sheets_but_no_button(client, cast, lesson):
    client.force_login(cast.auditor.user)
    page = f"/desk/north/agency/sessions/{lesson.uid}/"
    assert "Save attendance" not in text(client.get(page))
    assert client.post(page, {}).status_code == 403
    with cast.scope():
        assert Attendance.objects.count() == 0


def test_attendance_is_saved_from_a_plain_form_and_again_changes_nothing(signed_in, cast, lesson):
    one, two = keys(cast)
    page = f"{CENTRE}/sessions/{lesson.uid}/"
    sheet = {
        f"status-{one}": "late",
        f"minutes-{one}": "10",
        f"note-{one}": "Bus",
        f"seen-{one}": "",
        f"status-{two}": "present",
        f"minutes-{two}": "5",  # left over from another choice
        f"seen-{two}": "",
    }
    assert "2 marks are saved." in text(signed_in.post(page, sheet, follow=True))
    assert "Everything stood already." in text(signed_in.post(page, sheet, follow=True))
    with cast.scope():
        rows = Attendance.objects.order_by("enrolment__person__reference")
        assert list(rows.values_list("status", "minutes_late", "note")) == [
            ("late", 10, "Bus"),
            ("present", 0, ""),
        ]


def test_conflicting_mark_is_shown_and_overwritten_only_when_saved_again(signed_in, cast, lesson):
    one, _two = keys(cast)
    page = f"{CENTRE}/sessions/{lesson.uid}/"
    first = {f"status-{one}": "absent", f"seen-{one}": ""}
    signed_in.post(page, first)
    shown = text(signed_in.post(page, {f"status-{one}": "present", f"seen-{one}": ""}))
    assert "recorded “Absent”" in shown
    with cast.scope():
        row = Attendance.objects.get()
        assert row.status == "absent"
    assert f'value="{row.recorded_at.isoformat()}"' in shown
    again = {f"status-{one}": "present", f"seen-{one}": row.recorded_at.isoformat()}
    assert signed_in.post(page, again).status_code == 302
    with cast.scope():
        assert Attendance.objects.get().status == "present"


def test_session_is_planned_in_the_agencys_time_zone(signed_in, cast):
    with cast.scope():
        cast.north.time_zone = "Europe/Belgrade"
        cast.north.save()
    page = f"{CENTRE}/cohorts/{cast.cohort.uid}/sessions/"
    sent = {"day": "2026-07-01", "starts": "09:00", "ends": "12:00", "place": "Hall"}
    assert signed_in.post(f"{page}new/", sent).url == page
    with cast.scope():
        assert Session.objects.get().starts_at.isoformat() == "2026-07-01T07:00:00+00:00"
    assert "09:00–12:00" in text(signed_in.get(page))
    second = sent | {"starts": "11:00"}
    warned = text(signed_in.post(f"{page}new/", second, follow=True))
    assert "Hall also has a session of C1 then." in warned


def test_weekly_pattern_is_shown_day_by_day_before_it_is_planned(signed_in, cast):
    page = f"{CENTRE}/cohorts/{cast.cohort.uid}/sessions/"
    pattern = {
        "weekdays": ["0"],
        "starts": "09:00",
        "ends": "12:00",
        "first": "2026-12-01",
        "last": "2026-12-22",
    }
    shown = text(signed_in.post(f"{page}weekly/", pattern))
    assert "Monday, 14 December 2026" in shown
    with cast.scope():
        assert Session.objects.count() == 0
    chosen = pattern | {"shown": "1", "days": ["2026-12-07", "2026-12-21"]}
    assert signed_in.post(f"{page}weekly/", chosen).url == page
    with cast.scope():
        days = Session.objects.order_by("starts_at").values_list("starts_at__date", flat=True)
        assert [day.isoformat() for day in days] == ["2026-12-07", "2026-12-21"]


def test_session_is_cancelled_and_planned_again(signed_in, cast, lesson):
    page = f"{CENTRE}/sessions/{lesson.uid}/"
    assert signed_in.post(f"{page}cancel/", {"reason": "Snow"}).url == page
    assert "Snow" in text(signed_in.get(page))
    assert signed_in.post(f"{page}reinstate/").url == page
    with cast.scope():
        assert Session.objects.get().state == "planned"


def test_calendar_file_names_no_trainee(signed_in, cast, lesson):
    with cast.scope():
        Session.objects.update(place="Hall; 2, north")
    response = signed_in.get(f"{CENTRE}/calendar/file/?cohort={cast.cohort.uid}")
    lines = response.content.decode().split("\r\n")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "SUMMARY:C1: Walls" in lines
    assert "LOCATION:Hall\\; 2\\, north" in lines
    assert f"UID:{lesson.uid}" in lines
    assert f"DTSTART:{lesson.starts_at:%Y%m%dT%H%M%SZ}" in lines
    assert "Krasniqi" not in response.content.decode()
    assert signed_in.get(f"{CENTRE}/calendar/file/?cohort=nonsense").status_code == 404


def test_results_are_entered_with_a_resit(signed_in, cast, lesson):
    one, two = keys(cast)
    new = f"{CENTRE}/cohorts/{cast.cohort.uid}/assessments/new/"
    facts = {
        "title": "Test",
        "kind": "written",
        "held_on": "2026-11-10",
        "most_points": "100",
        "pass_points": "60",
    }
    page = signed_in.post(new, facts).url
    sheet = {"taken_on": "2026-11-10", "assessor": "Besa", f"points-{one}": "70,5"}
    failing = sheet | {f"points-{two}": "30"}
    assert "B: Who fails is assessed by two people." in text(signed_in.post(page, failing))
    failing["second_assessor"] = "Dritan"
    assert "2 results are saved." in text(signed_in.post(page, failing, follow=True))
    assert "attempt 2" in text(signed_in.get(page))
    with cast.scope():
        assert list(AssessmentResult.objects.order_by("id").values_list("points", "attempt")) == [
            (70.5, 1),
            (30, 1),
        ]
    wrong = sheet | {f"points-{two}": "many"}
    assert "B: “many” is no number of points." in text(signed_in.post(page, wrong))


def test_progress_warns_of_who_comes_too_seldom(signed_in, cast, lesson):
    one, _two = keys(cast)
    signed_in.post(f"{CENTRE}/sessions/{lesson.uid}/", {f"status-{one}": "absent"})
    shown = text(signed_in.get(f"{CENTRE}/cohorts/{cast.cohort.uid}/progress/"))
    assert "attendance 0%" in shown
    assert 'class="heat-mark heat-absent"' in shown


def test_module_by_hand_shows_on_the_persons_page_and_is_taken_back(signed_in, cast, lesson):
    with cast.scope():
        enrolment = Enrolment.objects.select_related("person").first()
    person = f"{CENTRE}/trainees/{enrolment.person.uid}/?tab=training"
    sent = {"module": lesson.module_id, "on": "2026-11-20", "note": "Seen"}
    assert signed_in.post(f"{CENTRE}/enrolments/{enrolment.uid}/modules/new/", sent).url == person
    assert "Recorded by hand" in text(signed_in.get(person))
    with cast.scope():
        done = ModuleCompletion.objects.get()
    assert signed_in.post(f"{CENTRE}/module-completions/{done.uid}/remove/").url == person
    with cast.scope():
        assert ModuleCompletion.objects.count() == 0


def test_language_test_is_recorded_skill_by_skill(signed_in, cast, lesson):
    with cast.scope():
        person = Enrolment.objects.select_related("person").first().person
    sent = {
        "language": "de",
        "tested_on": "2026-10-01",
        "certificate": "GZ-1",
        "listening": "B2",
        "reading": "B1",
        "speaking": "B1",
        "writing": "A2",
    }
    page = f"{CENTRE}/trainees/{person.uid}/languages/new/"
    assert signed_in.post(page, sent).status_code == 302
    with cast.scope():
        rows = LanguageResult.objects.values_list("skill", "level", "certificate")
        assert dict((skill, level) for skill, level, _number in rows) == {
            "listening": "B2",
            "reading": "B1",
            "speaking": "B1",
            "writing": "A2",
            "overall": "A2",
        }
        assert {number for _skill, _level, number in rows} == {"GZ-1"}


@pytest.mark.parametrize("tab", ["sessions", "assessments", "progress", "certification"])
def test_tabs_cost_the_same_at_two_and_at_six(signed_in, cast, lesson, count_queries, tab):
    page = f"{CENTRE}/cohorts/{cast.cohort.uid}/{tab}/"
    with cast.scope():
        assessment(cast.cohort, "T1")
    text(signed_in.get(page))
    before = count_queries(lambda: text(signed_in.get(page)))
    with cast.scope():
        for number in range(4):
            trainee(cast.cohort)
            assessment(cast.cohort, f"More {number}")
            Session.objects.create(
                cohort=cast.cohort,
                centre=cast.centre,
                starts_at=lesson.starts_at - timedelta(days=number + 1),
                ends_at=lesson.ends_at - timedelta(days=number + 1),
            )
    assert count_queries(lambda: text(signed_in.get(page))) == before
