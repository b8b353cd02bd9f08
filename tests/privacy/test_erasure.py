"""Erasure empties what identifies, also in the audit, and keeps what counts."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from gsp.workflow import NotAllowed, Refused
from privacy.actions.erasure import erase
from privacy.models import Erasure
from privacy.personal import identifying, personal_models
from selection.actions import decisions
from tests import builders as a
from tests.selection.calling import AT, BY, a_call, apply, score, to_screening
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim

NOW = timezone.now()


@pytest.fixture
def person(cast):
    with cast.scope():
        person = a.person(cast.centre, "T-1", email="arta@example.org", phone="+38344123456")
        person.given_name = "Arta-Maria"
        person.save()
        a.enrolment(person, cast.cohort, "home", [a.skill()], language=("de", "B1"))
        return person


def erased(cast, person, by=None):
    return erase(person, reason=Erasure.Reason.ASKED, by=by or cast.director, at=NOW)


def test_names_go_and_counts_stay(cast, person):
    with cast.scope():
        other = a.person(cast.centre, "T-2")
        erased(cast, person)
        row = Person.objects.get(pk=person.pk)
        emptied = row.given_name, row.family_name, row.birth_date, row.email, row.phone
        assert emptied == ("", "", "", "", "")
        assert (row.birth_year, row.sex, row.country_id) == (2000, "unknown", "XK")
        assert row.reference == f"erased-{person.uid.hex[-12:]}"
        assert row.may_be_proposed is False
        assert Enrolment.objects.filter(person=row, track="home", state="certified").count() == 1
        assert LanguageResult.objects.filter(person=row).count() == 1
        assert SkillClaim.objects.filter(person=row).count() == 1
        assert Person.objects.get(pk=other.pk).family_name == "Krasniqi"


def test_audit_holds_no_name_afterwards_and_all_its_rows(cast, person):
    with cast.scope():
        events = Person.events.rel.related_model.objects.filter(pgh_obj_id=person.pk)
        before = events.count()
        names = {name for event in events for name in (event.given_name, event.email)}
        assert names == {"Arta", "Arta-Maria", "arta@example.org"}
        erased(cast, person)
        assert {name for event in events.all() for name in (event.given_name, event.email)} == {""}
        assert events.all().count() == before + 2


def test_place_in_a_call_goes_to_the_next_and_no_reference_stays(cast):
    with cast.scope():
        call = a_call(cast, places=1)
        for number in (1, 2):
            score(apply(call, number, reference=f"ID-77{number}"), 10 - number)
        decisions.send(decisions.decide(to_screening(call), by=BY, at=AT), by=BY, at=AT)
        first, second = call.applications.select_related("person").order_by("rank")
        assert (first.reference, first.state) == ("ID-771", "place_offered")
        erase(first.person, reason=Erasure.Reason.ASKED, by=cast.director, at=AT)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == ("withdrawn", "place_offered")
        assert first.reference == f"erased-{first.person.uid.hex[-12:]}"
        for row in (first, first.person):
            events = type(row).events.rel.related_model.objects.filter(pgh_obj_id=row.pk)
            assert "ID-771" not in set(events.values_list("reference", flat=True))


def test_twice_changes_nothing_more(cast, person):
    with cast.scope():
        first = erased(cast, person)
        second = erased(cast, person)
        assert (first.pk, Erasure.objects.count()) == (second.pk, 1)


def test_merged_records_are_erased_together(cast, person):
    with cast.scope():
        twin = a.person(cast.centre, "T-2", merged_into=person)
        erased(cast, twin)
        assert Erasure.objects.count() == 2
        assert set(Person.objects.values_list("given_name", flat=True)) == {""}


def test_nobody_in_training_is_erased(cast, person):
    with cast.scope():
        Enrolment.objects.update(state="in_training")
        with pytest.raises(Refused) as refusal:
            erased(cast, person)
        assert refusal.value.code == "in_training"
        assert Person.objects.get().given_name == "Arta-Maria"
        assert Erasure.objects.count() == 0


def test_centre_may_not_erase(cast, person):
    with cast.scope():
        with pytest.raises(NotAllowed):
            erased(cast, person, by=cast.coordinator)
        assert Person.objects.get().given_name == "Arta-Maria"


@pytest.mark.parametrize("organisation", [None, "centre"])
def test_audit_opens_only_with_a_receipt(cast, person, organisation):
    who = cast.coordinator if organisation else None
    with cast.scope(who), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="no receipt"), transaction.atomic():
            cursor.execute("SELECT gsp_scrub('trainees_person', %s, %s)", [[person.pk], person.pk])
        events = Person.events.rel.related_model.objects.filter(pgh_obj_id=person.pk)
        if not organisation:
            assert "Arta" in {event.given_name for event in events}


def test_every_identifying_column_is_found():
    columns = {model._meta.label: set(identifying(model)) for model in personal_models()}
    assert columns["trainees.Person"] >= {
        "given_name",
        "family_name",
        "birth_date",
        "document_number",
        "email",
        "phone",
    }
