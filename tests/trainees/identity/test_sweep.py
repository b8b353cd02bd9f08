"""New and changed people are compared with all; what is found is kept, explained and walled."""

from datetime import UTC, datetime

import pytest

from gsp.tenancy.scope import scope
from tests import builders as a
from trainees.duplicate_states import DuplicateState
from trainees.duplicates.decide import keep_apart, reconsider, separate
from trainees.duplicates.index import index
from trainees.duplicates.sweep import compare, compare_changed, compare_now
from trainees.models import Fingerprint, Person, PersonToken, PossibleDuplicate, Sweep
from trainees.tasks import compare_agency

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def arta(cast):
    """Arta, known and compared, before her double arrives."""
    with cast.scope():
        person = a.person(cast.centre, "A1", phone="+383 44 111 222")
        compare_now([person.pk], at=NOW)
    return person


def double(centre, reference="A2", **facts):
    usual = {"given_name": "Арта", "family_name": "Краснићи", "phone": ""}
    return a.person(centre, reference, **{**usual, **facts})


def pair():
    return PossibleDuplicate.objects.get()


def test_a_new_record_of_a_known_person_is_found(cast, arta):
    with cast.scope():
        other = double(cast.centre)
        sweep = compare_now([other.pk], at=NOW)
        found = pair()
        assert (found.first_id, found.second_id) == (arta.pk, other.pk)
        assert (found.score, found.band, found.state) == (24, "likely", "open")
        assert found.signals == [["name", "other_script", 12], ["birth_date", "equal", 12]]
        assert (found.centre, found.found_at) == (cast.centre, NOW)
        assert (sweep.persons, sweep.pairs, sweep.found, sweep.too_common) == (1, 1, 1, {})
        assert Fingerprint.objects.filter(compared_at=NOW).count() == 2


def test_comparing_again_adds_nothing(cast, arta):
    with cast.scope():
        other = double(cast.centre)
        compare_now([other.pk], at=NOW)
        before = list(PossibleDuplicate.objects.values())
        assert compare_now([other.pk, arta.pk], at=LATER).found == 0
        assert list(PossibleDuplicate.objects.values()) == before


def test_the_night_compares_whoever_nobody_compared(cast, arta):
    with cast.scope():
        other = double(cast.centre)
        index([other])
        assert compare_changed(at=LATER) == 1
        assert pair().second == other
        assert compare_changed(at=LATER) == 0


def test_the_night_finds_a_change_that_nobody_told(cast, arta):
    with cast.scope():
        other = double(cast.centre, family_name="Hoxha", birth_date="1980-09-03")
        compare_now([other.pk], at=NOW)
        assert PossibleDuplicate.objects.count() == 0
        facts = {"family_name": "Krasniqi", "birth_date": "2000-05-17"}
        Person.objects.filter(pk=other.pk).update(**facts)
        compare_agency()
        assert pair().second == other


def test_twins_and_families_are_not_taken_for_one(cast, arta):
    with cast.scope():
        shared = {"phone": arta.phone}
        twin = a.person(cast.centre, "A2", given_name="Besa", **shared)
        a.person(cast.centre, "A3", given_name="Agim", birth_date="1970-03-09", **shared)
        stranger = {"given_name": "Zef", "family_name": "Hoxha", "birth_date": "1985-01-09"}
        a.person(cast.centre, "A4", **stranger, **shared)
        compare_now(list(Person.objects.values_list("pk", flat=True)), at=NOW)
        found = pair()
        assert (found.second, found.band, found.state) == (twin, "possible", "open")
        assert Person.objects.exclude(merged_into=None).count() == 0


def test_a_crowd_behind_one_telephone_does_not_explode_and_is_told(cast):
    with cast.scope():
        crowd = [
            a.person(
                cast.centre,
                f"C{number}",
                given_name=f"{'bdfgklmnr'[number % 9]}a{'bdfgklmnr'[number // 9 % 9]}o",
                family_name=f"{'bdfgklmnr'[number // 81]}una{'bdfgklmnr'[number % 7]}i",
                birth_date=f"{1960 + number % 40}-{number % 12 + 1:02}-{number % 28 + 1:02}",
                phone="+38344000111",
            )
            for number in range(120)
        ]
        sweep = compare_now([person.pk for person in crowd], at=NOW)
        assert sweep.too_common == {"phone": 1}
        assert sweep.pairs < 600


def test_pairs_of_two_centres_are_for_staff_alone(cast, arta):
    with cast.scope():
        other = double(cast.rival_centre, "R1")
        compare_now([other.pk], at=NOW)
        assert pair().centre is None
    for member in (cast.coordinator, cast.rival_coordinator):
        with cast.scope(member):
            assert PossibleDuplicate.objects.count() == 0
            assert Sweep.objects.count() == 0


def test_a_centre_that_asks_compares_across_centres_but_sees_its_own(cast, arta):
    with cast.scope():
        own, others = double(cast.centre), double(cast.rival_centre, "R1")
    with cast.scope(cast.coordinator):
        compare(persons=[own.pk])
        assert [one.second for one in PossibleDuplicate.objects.all()] == [own]
    with cast.scope():
        index([others])
        compare_now([own.pk], at=NOW)
        assert PossibleDuplicate.objects.count() == 2
        assert PossibleDuplicate.objects.filter(centre=None).count() == 1


def test_agencies_never_meet(cast, arta):
    with scope(cast.south):
        centre = a.organisation("south-school", "training_centre")
        other = double(centre, "S1")
        assert compare_now([other.pk], at=NOW).pairs == 0
        assert PossibleDuplicate.objects.count() == 0


def test_who_was_kept_apart_stays_apart_until_a_fact_changes(cast, arta):
    with cast.scope():
        other = double(cast.centre)
        compare_now([other.pk], at=NOW)
        separate(pair(), reason="Cousins", by=cast.coordinator, at=NOW)
        compare_now([other.pk, arta.pk], at=LATER)
        assert (pair().state, pair().reason) == ("separate", "Cousins")
        other.phone = arta.phone
        other.save()
        compare_now([other.pk], at=LATER)
        assert (pair().state, pair().score, pair().band) == ("open", 28, "likely")


def test_an_undecided_pair_that_is_no_longer_alike_goes(cast, arta):
    with cast.scope():
        other = double(cast.centre)
        compare_now([other.pk], at=NOW)
        other.given_name, other.birth_date = "Ilir", "1980-09-03"
        other.save()
        compare_now([other.pk], at=LATER)
        assert PossibleDuplicate.objects.count() == 0


def test_keeping_apart_before_anything_was_compared(cast, arta):
    with cast.scope():
        other = double(cast.centre)
        index([other])
        kept = keep_apart(other, arta, by=cast.coordinator, at=NOW)
        assert (kept.first, kept.second, kept.state) == (arta, other, DuplicateState.SEPARATE)
        compare_now([other.pk], at=LATER)
        assert pair().state == "separate"
        assert reconsider(pair(), by=cast.coordinator, at=LATER).state == "open"
        assert (pair().reason, pair().decided_by) == ("", "")


def test_statements_do_not_grow_with_persons(cast, arta, count_queries):
    with cast.scope():
        few = [double(cast.centre, f"F{n}", birth_date=f"1990-01-{n + 2:02}").pk for n in range(2)]
        many = [
            double(cast.centre, f"M{n}", birth_date=f"1991-01-{n + 2:02}").pk for n in range(20)
        ]
        one = count_queries(lambda: compare_now(few, at=NOW))
        assert count_queries(lambda: compare_now(many, at=NOW)) == one
        assert PersonToken.objects.filter(person__in=many).count() == 20 * 6
