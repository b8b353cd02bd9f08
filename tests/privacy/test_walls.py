"""What leaves about one person names nobody else, and no wall falls because two records are one."""

import io
import zipfile

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Note
from partnerships.roles import System
from privacy.actions import access
from privacy.actions.erasure import erase
from privacy.actions.export import as_json
from privacy.models import Erasure
from tests import builders as a
from trainees.actions.consent import give, set_all, withdraw
from trainees.models import CaseEvent, Consent, LanguageResult, Person, PossibleDuplicate
from trainees.models.consent import Purpose

NOW = timezone.now()
THE_PERSON = System("the person")


@pytest.fixture
def person(cast):
    with cast.scope():
        return a.person(cast.centre, "T-1")


@pytest.fixture
def elsewhere(cast, person):
    """The record that another centre keeps of the same person."""
    with cast.scope():
        return a.person(cast.rival_centre, "R-9", email="other@example.org", merged_into=person)


def test_whoever_is_compared_with_a_person_is_not_named_to_them(cast, person):
    with cast.scope():
        other = a.person(cast.rival_centre, "T-2", given_name="Besa")
        PossibleDuplicate.objects.create(
            first=person, second=other, score=50, band="possible", found_at=NOW
        )
        assert "Besa" not in as_json(person, at=NOW)
        assert "Besa" not in as_json(person, at=NOW, by=cast.director)


def test_own_page_shows_nothing_of_another_centre(cast, client, person, elsewhere):
    with cast.scope():
        _access, code = access.give_link(person, by=cast.coordinator, at=NOW)
    address = f"/public/north/me/{code}/"
    client.post(address, {"act": "open", "birth_date": "2000-05-17"})
    page = client.get(address).text
    assert "T-1" in page
    assert "R-9" not in page
    assert "other@example.org" not in page
    with cast.scope():
        assert "other@example.org" in as_json(person, at=NOW, by=cast.director)


def note(cast, person, text, reader, agency_reads, is_confidential=False):
    return Note.objects.create(
        person=person,
        centre=cast.centre,
        reader=reader,
        agency_reads=agency_reads,
        is_confidential=is_confidential,
        text=text,
        author=cast.coordinator,
        author_name="Drita",
        at=NOW,
    )


def test_notes_leave_only_through_those_who_may_read_them(cast, person):
    with cast.scope():
        note(cast, person, "shared", cast.centre, True)
        note(cast, person, "of-the-centre", cast.centre, False)
        note(cast, person, "of-the-agency", None, True)
        note(cast, person, "confidential", cast.centre, True, is_confidential=True)
        by_person = as_json(person, at=NOW)
        by_agency = as_json(person, at=NOW, by=cast.director)
    with cast.scope(cast.coordinator):
        by_centre = as_json(person, at=NOW, by=cast.coordinator)
    said = ("shared", "of-the-centre", "of-the-agency", "confidential")
    assert [text for text in said if f'"{text}"' in by_person] == ["shared"]
    assert [text for text in said if f'"{text}"' in by_agency] == ["shared", "of-the-agency"]
    assert [text for text in said if f'"{text}"' in by_centre] == [
        "shared",
        "of-the-centre",
        "confidential",
    ]


def test_export_at_a_desk_is_made_with_its_eyes(cast, client, person):
    with cast.scope():
        note(cast, person, "of-the-centre", cast.centre, False)
    client.force_login(cast.director.user)
    sent = client.post(f"/desk/north/agency/trainees/{person.uid}/export/")
    text = zipfile.ZipFile(io.BytesIO(sent.content)).read("data.json").decode()
    assert "T-1" in text
    assert "of-the-centre" not in text


def test_withdrawal_holds_for_every_record_of_the_person(cast, person, elsewhere):
    with cast.scope():
        for record in (person, elsewhere):
            give(record, Purpose.PROPOSAL, by=cast.officer, at=NOW)
    with cast.scope(cast.coordinator):
        assert withdraw(person, Purpose.PROPOSAL, by=cast.coordinator, at=NOW) == 1
    with cast.scope():
        assert Consent.objects.in_force().count() == 0
        assert not Person.objects.filter(may_be_proposed=True).exists()
        told = CaseEvent.objects.filter(kind="consent", text__startswith="−").order_by("person")
        assert list(told.values_list("person", "told_by")) == [
            (person.pk, cast.coordinator.user.name),
            (elsewhere.pk, "the agency"),
        ]


def test_refusal_in_a_list_holds_for_every_record(cast, person, elsewhere):
    with cast.scope():
        give(person, Purpose.PROPOSAL, by=THE_PERSON, at=NOW)
    with cast.scope(cast.rival_coordinator):
        set_all([(elsewhere, False)], by=cast.rival_coordinator, at=NOW)
    with cast.scope():
        assert Consent.objects.in_force().count() == 0
        assert not Person.objects.filter(may_be_proposed=True).exists()


def test_session_changes_when_the_own_page_opens(cast, client, person):
    with cast.scope():
        _access, code = access.give_link(person, by=cast.coordinator, at=NOW)
    client.force_login(cast.officer.user)  # somebody else's session, planted in this browser
    planted = client.cookies["sessionid"].value
    client.post(f"/public/north/me/{code}/", {"act": "open", "birth_date": "2000-05-17"})
    assert client.cookies["sessionid"].value != planted


def test_receipt_opens_the_audit_of_that_person_alone(cast, person):
    with cast.scope():
        other = a.person(cast.centre, "T-2", given_name="Besa")
        claim = a.enrolment(other, cast.cohort, "home", language=("de", "B1"))
        result = claim.person.languages.get()
        result.certificate = "C-77"
        result.save()
        erase(person, reason=Erasure.Reason.ASKED, by=cast.director, at=NOW)
        with connection.cursor() as cursor:
            for table, pk in (
                ("trainees_person", other.pk),
                ("trainees_languageresult", result.pk),
            ):
                cursor.execute("SELECT gsp_scrub(%s, %s, %s)", [table, [pk], person.pk])
        kept = Person.events.rel.related_model.objects.filter(pgh_obj_id=other.pk)
        assert {event.given_name for event in kept} == {"Besa"}
        kept = LanguageResult.events.rel.related_model.objects.filter(pgh_obj_id=result.pk)
        assert "C-77" in {event.certificate for event in kept}


def test_erasure_leaves_no_word_about_a_comparison(cast, person):
    with cast.scope():
        other = a.person(cast.centre, "T-2", merged_into=person)
        pair = PossibleDuplicate.objects.create(
            first=person,
            second=other,
            centre=cast.centre,
            score=90,
            band="likely",
            reason="Arta married, see passport",
            found_at=NOW,
        )
        assert pair.reason
        erase(person, reason=Erasure.Reason.ASKED, by=cast.director, at=NOW)
        assert list(PossibleDuplicate.objects.values_list("reason", flat=True)) in ([], [""])
        events = PossibleDuplicate.events.rel.related_model.objects.filter(pgh_obj_id=pair.pk)
        assert {event.reason for event in events} == {""}


@pytest.mark.parametrize("purpose", [*Purpose])
def test_desk_records_consent_to_the_purpose_asked_for(cast, client, person, purpose):
    client.force_login(cast.coordinator.user)
    page = f"/desk/north/skenderaj/trainees/{person.uid}/consent/"
    client.post(page, {"purpose": purpose.value, "agrees": "on"})
    with cast.scope():
        assert list(Consent.objects.in_force().values_list("purpose", flat=True)) == [purpose.value]
