"""The list of a cohort taken out, corrected, sent back: only what was corrected changes."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from gsp.audit.models import Look
from partnerships.models import Partnership
from partnerships.roles import PERMISSIONS, Permission, Role
from tests import builders as a
from tests.trainees.lists import ARTA, BESA, NOW, counts, send
from tests.trainees.test_cohort_upload import FULL, FULL_ARTA
from tests.uploads.files import xlsx
from tests.uploads.stages import applied, examined
from trainees.actions.cohort_upload import upload
from trainees.actions.cohort_values import lines, trainees_of
from trainees.models import Enrolment, Person, SkillClaim

LATER = NOW + timedelta(days=1)


@pytest.fixture
def filled(cast):
    """A cohort of two: one of whom much is known, and one of whom little is."""
    a.skill("carve test stones")
    with cast.scope():
        Partnership.objects.update(home_floor=0)
    with cast.scope(cast.coordinator):
        send(cast, FULL_ARTA, header=FULL)
        send(cast, BESA)
    return cast


def taken_out(client, cast):
    """Return the rows of the template that the coordinator downloads, the headings first."""
    client.force_login(cast.coordinator.user)
    page = f"/desk/north/{cast.centre.slug}/cohorts/{cast.cohort.uid}/template/"
    content = client.get(page).content
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return book.get_sheet_by_index(0).to_python()


def sent_back(cast, rows):
    with cast.scope(cast.coordinator):
        record = upload(
            cast.cohort, file=xlsx(*rows), file_name="back.xlsx", by=cast.coordinator, at=LATER
        )
        return examined(record)


def test_what_was_not_corrected_is_unchanged(client, filled):
    rows = taken_out(client, filled)
    record = sent_back(filled, rows)
    assert (record.errors, record.rows, counts(record)) == ([], 2, (0, 0, 2))


def test_only_what_was_corrected_changes(client, filled):
    header, arta, besa = taken_out(client, filled)
    assert (arta[0], besa[0]) == ("A1", "A2")
    besa[header.index("phone")] = "+383 44 000 111"
    record = sent_back(filled, [header, arta, besa])
    assert (record.errors, counts(record)) == ([], (0, 1, 1))
    with filled.scope(filled.coordinator):
        applied(record, by=filled.coordinator, at=LATER)
        assert Person.objects.get(reference="A2").phone == "+383 44 000 111"
        assert Person.objects.get(reference="A1").phone == "+383 44 123 456"


def test_every_column_holds_what_is_known(client, filled):
    header, arta, besa = taken_out(client, filled)
    assert {name: cell for name, cell in zip(header, arta, strict=True) if cell} == {
        "reference": "A1",
        "given_name": "Arta",
        "family_name": "Krasniqi",
        "birth_date": "2000-05-17",
        "sex": "female",
        "country": "XK",
        "region": "Drenica",
        "document_number": "007123",
        "email": "arta@example.org",
        "phone": "+383 44 123 456",
        "track": "away",
        "language": "de",
        "language_level": "B1",
        "language_tested_on": "2026-06-01",
        "language_expires_on": "2028-06-01",
        "skills": "carve test stones:2; mix mortar:3",
        "may_be_proposed": "yes",
    }
    assert besa[header.index("track")] == ""


def test_taking_it_out_is_noted_of_each_person(client, filled):
    taken_out(client, filled)
    with filled.scope():
        noted = Look.objects.filter(kind=Look.Kind.EXPORT).values_list("subject", flat=True)
        assert sorted(noted) == sorted(Person.objects.values_list("uid", flat=True))


def test_who_sees_no_trainees_gets_an_empty_list(client, filled, monkeypatch):
    role = Role.CENTRE_COORDINATOR
    less = PERMISSIONS[role] - {Permission.VIEW_TRAINEES}
    monkeypatch.setitem(PERMISSIONS, role, less)
    assert len(taken_out(client, filled)) == 1
    with filled.scope():
        assert not Look.objects.filter(kind=Look.Kind.EXPORT).exists()


def test_who_left_is_not_in_it(filled):
    with filled.scope():
        Enrolment.objects.filter(person__reference="A1").update(
            state="withdrawn", left_reason="family"
        )
        assert [person.reference for person in trainees_of(filled.cohort)] == ["A2"]


def test_skill_that_a_course_proved_is_not_in_it(filled):
    with filled.scope():
        claims = SkillClaim.objects.filter(skill__title="mix mortar")
        assert claims.update(evidence=SkillClaim.Evidence.COURSE) == 1
        skills = [line[-2] for line in lines(trainees_of(filled.cohort), on=NOW.date())]
    assert skills == ["carve test stones:2", ""]


def test_queries_do_not_grow_with_the_cohort(cast):
    def queries():
        with CaptureQueriesContext(connection) as made:
            found = lines(trainees_of(cast.cohort), on=NOW.date())
        return len(found), len(made)

    with cast.scope(cast.coordinator):
        send(cast, ARTA)
        few = queries()
        send(cast, *(f"X{n},Given{n},Family{n},1990-01-{n + 10},XK" for n in range(9)))
        many = queries()
    assert (few[0], many[0]) == (1, 10)
    assert few[1] == many[1] <= 4
