"""Tokens follow the facts, hold no plain text, and find people."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from gsp import blind_index
from gsp.tenancy.scope import scope
from privacy.actions.erasure import erase
from tests import builders as a
from trainees.duplicates.candidates import among, by_reference, known_by
from trainees.duplicates.index import index, index_missing
from trainees.duplicates.sweep import compare_now
from trainees.identity_engine.identity import Identity
from trainees.models import Fingerprint, Person, PersonToken, PossibleDuplicate

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
OLD = "b2xkLWluZGV4LWtleS1vZi10aGlydHktdHdvLWJ5dGU="


@pytest.fixture
def arta(cast):
    with cast.scope():
        person = a.person(
            cast.centre,
            "A1",
            document_number="P1234567",
            email="Arta@example.org",
            phone="+383 44 111 222",
        )
        index([person])
    return person


def tokens_of(person):
    rows = PersonToken.objects.filter(person=person).order_by("kind", "token")
    return list(rows.values_list("kind", "token"))


def test_tokens_of_one_person(cast, arta):
    with cast.scope():
        kinds = [kind for kind, _token in tokens_of(arta)]
        assert kinds == [1, 2, 3, 4, 5, 5, 6, 7, 7, 8, 8]
        document = PersonToken.objects.get(kind=PersonToken.Kind.DOCUMENT)
        assert document.token == blind_index.token("DOCUMENT", "P1234567")


def test_table_holds_numbers_alone(cast, arta):
    with cast.scope(), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM trainees_persontoken t")
        text = " ".join(row for (row,) in cursor.fetchall())
    assert set(text) <= set("0123456789-(), ")
    assert "1234567" not in text


def test_indexing_again_writes_nothing_until_a_fact_changes(cast, arta):
    with cast.scope():
        before = tokens_of(arta)
        assert index([arta]) == 0
        arta.phone = "+383 44 999 888"
        arta.save()
        assert index([arta]) == 1
        after = tokens_of(arta)
        assert len(set(before) - set(after)) == len(set(after) - set(before)) == 1
        assert Fingerprint.objects.get(person=arta).version == 2


def test_statements_do_not_grow_with_persons(cast, count_queries):
    with cast.scope():
        few = [a.person(cast.centre) for _ in range(2)]
        many = [a.person(cast.centre) for _ in range(40)]
        assert count_queries(lambda: index(few)) == count_queries(lambda: index(many))


def test_a_new_key_makes_new_tokens_without_calling_anybody_changed(cast, arta, settings):
    with cast.scope():
        before = tokens_of(arta)
        Fingerprint.objects.update(compared_at=NOW)
        settings.BLIND_INDEX_KEYS = [OLD, *settings.BLIND_INDEX_KEYS]
        assert list(known_by(document_number="P1234567")) == [arta]
        assert index_missing() == 1
        assert not set(before) & set(tokens_of(arta))
        mark = Fingerprint.objects.get(person=arta)
        assert (mark.version, mark.compared_at) == (1, NOW)
        assert mark.key_mark == blind_index.mark_of(OLD)
        assert list(known_by(document_number="P1234567")) == [arta]
        assert index_missing() == 0


@pytest.mark.parametrize(
    "fact",
    [
        {"document_number": "p-1234 567"},
        {"email": "arta@EXAMPLE.org"},
        {"phone": "044 111 222"},
    ],
)
def test_known_by_one_exact_fact(cast, arta, fact):
    with cast.scope():
        assert list(known_by(**fact)) == [arta]
        assert list(known_by(**fact, centre=cast.centre)) == [arta]
        assert list(known_by(**fact, centre=cast.rival_centre)) == []
    with cast.scope(cast.rival_coordinator):
        assert list(known_by(**fact)) == []
    with cast.scope(cast.coordinator):
        assert list(known_by(**fact)) == [arta]


def test_who_is_erased_is_found_by_nothing(cast, arta):
    with cast.scope():
        double = a.person(cast.centre, "A2")
        compare_now([double.pk], at=NOW)
        assert PossibleDuplicate.objects.count() == 1
        erase(arta, reason="asked", by=cast.director, at=NOW)
        assert tokens_of(arta) == []
        assert list(known_by(document_number="P1234567")) == []
        assert PossibleDuplicate.objects.count() == 0
        assert index_missing() == 1
        assert tokens_of(arta) == []
        assert len(tokens_of(double)) == 6


def test_another_agency_finds_nobody_and_holds_no_equal_token(cast, arta):
    with cast.scope():
        ours = {token for _kind, token in tokens_of(arta)}
    with scope(cast.south):
        centre = a.organisation("south-school", "training_centre")
        twin = a.person(centre, "A1", document_number="P1234567", phone="+383 44 111 222")
        index([twin])
        assert list(known_by(document_number="P1234567")) == [twin]
        theirs = {token for _kind, token in tokens_of(twin)}
    assert len(ours) == 11
    assert not ours & theirs


def preview(cast, *identities):
    return among(cast.centre, list(identities))


def identity(**facts):
    known = {
        "given_name": "Арта",
        "family_name": "Краснићи",
        "birth_date": "2000-05-17",
        "country": "XK",
        "reference": "NEW",
    }
    return Identity(**{**known, **facts})


def test_preview_finds_the_known_person_and_says_why(cast, arta):
    with cast.scope(cast.coordinator):
        stranger = identity(given_name="Ilir", family_name="Gashi", birth_date="1999-01-02")
        found = preview(cast, stranger, identity())
    assert list(found) == [1]
    (candidate,) = found[1]
    assert (candidate.person, candidate.uid, candidate.reference) == (arta.pk, arta.uid, "A1")
    assert (candidate.score, candidate.band) == (24, "likely")
    assert [one.finding for one in candidate.signals] == ["other_script", "equal"]


def test_preview_never_looks_into_another_centre_or_at_the_row_itself(cast, arta):
    with cast.scope():
        assert among(cast.rival_centre, [identity()]) == {}
        assert preview(cast, identity(reference="A1")) == {}


def test_preview_takes_three_queries_at_most(cast, arta, count_queries):
    with cast.scope():
        many = [identity(reference=f"N{number}") for number in range(50)]
        assert count_queries(lambda: preview(cast, *many)) == 2
        assert len(preview(cast, *many)) == 50


def test_a_fact_that_a_crowd_shares_leads_nowhere(cast):
    with cast.scope():
        crowd = [
            a.person(cast.centre, f"C{n}", given_name=f"Ann{n}", phone="+38344000111")
            for n in range(101)
        ]
        for number, person in enumerate(crowd):
            person.birth_date = f"19{number % 90 + 10}-03-{number % 27 + 1:02}"
        Person.objects.bulk_update(crowd, ["birth_date"])
        index(crowd)
        lone = identity(given_name="Zef", family_name="Hoxha", birth_date="", phone="+38344000111")
        assert preview(cast, lone) == {}


def test_reference_of_a_merged_record_leads_to_the_survivor(cast, arta):
    with cast.scope():
        double = a.person(cast.centre, "A2", merged_into=arta)
        abroad = a.person(cast.rival_centre, "A3", merged_into=arta)
        assert by_reference(cast.centre, ["A1", "A2", "A9"]) == {"A1": arta, "A2": arta}
        assert by_reference(cast.rival_centre, ["A3"]) == {"A3": abroad}
        assert list(Person.objects.survivors()) == [arta]
        assert (double.survivor, abroad.survivor) == (arta, arta)
    with cast.scope(cast.rival_coordinator):
        own = Person.objects.get(reference="A3")
        assert list(Person.objects.survivors()) == [own]
        assert own.survivor == own
