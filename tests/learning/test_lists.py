"""Lists of a class through the pipeline: attendance, results, language tests."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from gsp.uploads.actions.receive import receive
from gsp.uploads.purpose import purpose_of
from gsp.workflow import NotAllowed
from learning.actions.attendance import Mark, record
from learning.models import AssessmentResult, Attendance
from tests.learning.classroom import NOW, assessment, session, trainee
from tests.uploads.stages import applied, examined
from trainees.models import LanguageResult


def sent(cast, kind, thing, *lines):
    content = "\n".join(lines).encode()
    return receive(kind, thing, file=content, file_name="list.csv", by=cast.coordinator, at=NOW)


def counts(upload):
    return upload.created, upload.updated, upload.unchanged, upload.faulty


def apply(cast, upload):
    return applied(upload, by=cast.coordinator, at=NOW)


@pytest.fixture
def classroom(cast):
    """Sessions on the 20th and, twice, on the 21st; trainees A and B."""
    with cast.scope():
        trainee(cast.cohort, "A")
        trainee(cast.cohort, "B")
        session(cast.cohort, 2)
        session(cast.cohort, 1)
        session(
            cast.cohort,
            1,
        )
        late = session(cast.cohort, 1)
        late.starts_at = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
        late.ends_at = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
        late.save()
    return cast.cohort


def test_attendance_is_taken_compared_and_repeated(cast, classroom):
    lines = (
        "Reference,Day,Began at,Attendance,Minutes late,Note",
        "A,2026-11-20,,late,15,Bus",
        "B,2026-11-20,,present,,",
        "A,2026-11-21,13:00,absent,,",
    )
    with cast.scope(cast.coordinator):
        done = apply(cast, sent(cast, "attendance", classroom, *lines))
        assert (done.state, counts(done)) == ("applied", (3, 0, 0, 0))
        rows = Attendance.objects.order_by("session__starts_at", "enrolment__person__reference")
        assert list(
            rows.values_list("enrolment__person__reference", "status", "minutes_late", "note")
        ) == [("A", "late", 15, "Bus"), ("B", "present", 0, ""), ("A", "absent", 0, "")]
        changed = [*lines[:2], "B,2026-11-20,,excused,,Doctor", lines[3]]
        again = apply(cast, sent(cast, "attendance", classroom, *changed))
        assert counts(again) == (0, 1, 2, 0)
        assert Attendance.objects.get(enrolment__person__reference="B").status == "excused"


def test_wrong_rows_of_attendance_are_held_with_a_remedy(cast, classroom):
    with cast.scope(cast.coordinator):
        session(classroom, 5, away_only=True)
        done = examined(
            sent(
                cast,
                "attendance",
                classroom,
                "Reference,Day,Began at,Attendance,Minutes late",
                "X,2026-11-20,,present,",
                "A,2026-11-21,,present,",
                "A,2026-11-19,,present,",
                "A,2026-11-17,,present,",
                "A,2026-11-20,,present,5",
                "B,2026-11-20,,asleep,",
                "B,2026-11-20,,present,",
                "B,2026-11-20,07:00,present,",
            )
        )
        assert done.faulty == 7
        errors = {error["row"]: error["column"] for error in done.errors}
        assert errors == {
            2: "reference",
            3: "session_at",
            4: "session_on",
            5: "reference",
            6: "minutes_late",
            7: "attendance",
            9: "reference",
        }
        assert Attendance.objects.count() == 0


def test_template_of_attendance_holds_the_marks_that_are_missing(cast, classroom):
    with cast.scope(cast.coordinator):
        first = classroom.sessions.order_by("starts_at").first()
        one = classroom.enrolments.get(person__reference="A")
        record(first, {one.pk: Mark("present")}, by=cast.coordinator, at=NOW)
        book = openpyxl.load_workbook(
            io.BytesIO(purpose_of("attendance").template(classroom)), read_only=True
        )
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        book.close()
    assert rows[0][:4] == ("Reference", "Day", "Began at", "Attendance")
    assert rows[1][:3] == ("B", "2026-11-20", "07:00")
    assert len(rows) == 1 + 7


def test_results_are_taken_corrected_and_refused(cast, classroom):
    heading = "Reference,Attempt,Points,Taken on,Assessor,Second assessor"
    with cast.scope(cast.coordinator):
        test = assessment(classroom)
        done = apply(
            cast,
            sent(
                cast,
                "results",
                test,
                heading,
                "A,1,72.5,2026-11-10,Besa,",
                "B,,30,2026-11-10,Besa,Dritan",
                "B,2,65,2026-11-12,Besa,",
            ),
        )
        assert counts(done) == (3, 0, 0, 0)
        rows = AssessmentResult.objects.order_by("id").values_list("attempt", "points")
        assert sorted(rows) == [(1, Decimal("30")), (1, Decimal("72.5")), (2, Decimal("65"))]
        again = examined(
            sent(
                cast,
                "results",
                test,
                heading,
                "A,1,75,2026-11-10,Besa,",
                "B,1,30,2026-11-10,Besa,Dritan",
                "B,3,90,2026-11-13,Besa,",
                "A,2,101,2026-11-13,Besa,",
                "A,3,many,2026-11-13,Besa,",
            )
        )
        assert (again.updated, again.unchanged, again.faulty) == (1, 1, 3)
        assert [(error["row"], error["column"]) for error in again.errors] == [
            (4, "attempt"),
            (5, "points"),
            (6, "points"),
        ]


def test_language_tests_are_taken_skill_by_skill(cast, classroom):
    heading = "Reference,Language,language_tested_on,Listening,Reading,Speaking,Writing,Overall"
    heading = heading.replace("language_tested_on", "tested_on")
    with cast.scope(cast.coordinator):
        done = apply(
            cast,
            sent(
                cast,
                "languages",
                classroom,
                heading,
                "A,de,2026-10-01,B2,B1,B1,B1,",
                "B,DE,2026-10-01,,,,,B2",
            ),
        )
        assert counts(done) == (2, 0, 0, 0)
        overall = LanguageResult.objects.filter(skill="overall")
        assert dict(overall.values_list("person__reference", "level")) == {"A": "B1", "B": "B2"}
        assert LanguageResult.objects.count() == 6
        again = examined(
            sent(
                cast,
                "languages",
                classroom,
                heading,
                "A,de,2026-10-01,B2,B1,B1,A2,",
                "B,de,2026-10-01,,,,,B2",
                "B,xx,2026-10-01,,,,,B2",
                "B,de,2027-10-01,,,,,B2",
                "B,en,2026-10-01,,,,,",
            )
        )
        assert (again.updated, again.unchanged, again.faulty) == (1, 1, 3)


def test_others_send_no_list(cast, classroom):
    with cast.scope():
        for member in (cast.rival_coordinator, cast.auditor):
            for kind in ("attendance", "languages"):
                with pytest.raises(NotAllowed):
                    receive(kind, classroom, file=b"", file_name="x.csv", by=member, at=NOW)


def test_pages_to_send_lists_open_and_lead_to_the_upload(client, cast, classroom):
    with cast.scope():
        test = assessment(classroom)
    client.force_login(cast.coordinator.user)
    for page in (
        f"cohorts/{classroom.uid}/attendance/",
        f"cohorts/{classroom.uid}/languages/",
        f"assessments/{test.uid}/",
    ):
        address = f"/desk/north/skenderaj/{page}"
        assert client.get(f"{address}template/").status_code == 200
        assert "Send the list" in client.get(f"{address}upload/").content.decode()
        file = io.BytesIO(b"Reference\n")
        file.name = "list.csv"
        answer = client.post(f"{address}upload/", {"file": file})
        assert answer.url.startswith("/desk/north/skenderaj/uploads/")
