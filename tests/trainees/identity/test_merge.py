"""One person after all: a pointer, chosen values, one place in a cohort, and the way back."""

from datetime import UTC, datetime

import pytest

from gsp.workflow import NotAllowed, Refused, Stale
from tests import builders as a
from trainees.duplicates.decide import separate
from trainees.duplicates.merge import merge, merges_of
from trainees.duplicates.sweep import compare_now
from trainees.duplicates.undo import undo
from trainees.models import CaseEvent, Enrolment, Merge, Person, PersonToken, PossibleDuplicate
from trainees.states import EnrolmentState

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Two:
    """Arta's first record and her double, with the pair that names them."""

    def __init__(self, cast, other_centre=None, **facts):
        with cast.scope():
            self.arta = a.person(cast.centre, "A1", phone="+383 44 111 222")
            self.double = a.person(
                other_centre or cast.centre,
                "A2",
                given_name="Арта",
                family_name="Краснићи",
                document_number="P1234567",
                **facts,
            )
            compare_now([self.arta.pk, self.double.pk], at=NOW)
            self.pair = PossibleDuplicate.objects.get()


def merged(two, by, chosen=(), survivor=None, **facts):
    facts = {"reason": "Same passport", "by": by, "at": NOW, **facts}
    return merge(two.pair, survivor or two.arta, chosen=chosen, **facts)


def rows():
    """Everything a merge may touch, row for row, the times of moves aside."""
    moments = ("state_changed_at", "left_reason")
    enrolments = [
        {name: value for name, value in row.items() if name not in moments}
        for row in Enrolment.objects.order_by("id").values()
    ]
    tokens = PersonToken.objects.order_by("person", "kind", "token")
    return (
        list(Person.objects.order_by("id").values()),
        enrolments,
        list(tokens.values_list("person", "kind", "token")),
    )


def test_a_merge_is_a_pointer_and_takes_the_chosen_values(cast):
    two = Two(cast)
    with cast.scope(cast.coordinator):
        made = merged(two, cast.coordinator, ["document_number", "given_name"])
        arta, double = Person.objects.order_by("id")
        assert (double.merged_into, arta.merged_into) == (arta, None)
        assert (arta.given_name, arta.family_name) == ("Арта", "Krasniqi")
        assert (arta.document_number, arta.phone) == ("P1234567", "+383 44 111 222")
        assert (double.document_number, double.reference) == ("P1234567", "A2")
        pair = PossibleDuplicate.objects.get()
        assert (pair.state, pair.reason, pair.decided_by) == (
            "merged",
            "Same passport",
            cast.coordinator.user.name,
        )
        assert merges_of(arta) == [made]
        told = CaseEvent.objects.order_by("person").values_list("person__reference", "text")
        assert list(told) == [
            ("A1", "Merged with record A2: one person"),
            ("A2", "Merged with record A1: one person"),
        ]


def test_undo_restores_every_row(cast):
    two = Two(cast)
    with cast.scope():
        skill = a.skill("lay bricks")
        for person in (two.arta, two.double):
            a.enrolment(person, cast.cohort, "undecided", [skill], state="in_training")
        before = rows()
        made = merged(two, cast.officer, ["document_number", "given_name", "family_name"])
        assert rows() != before
        undo(made, by=cast.officer, at=LATER)
        assert rows() == before
        assert (made.pair.state, Merge.objects.get().undone_by) == (
            "merged",
            cast.officer.user.name,
        )
        assert PossibleDuplicate.objects.get().state == "open"
        with pytest.raises(Refused) as refusal:
            undo(made, by=cast.officer, at=LATER)
        assert refusal.value.code == "undone_already"
        merged(Again(two), cast.officer)
        assert Merge.objects.count() == 2


class Again:
    """The same two, read again."""

    def __init__(self, two):
        self.arta = Person.objects.get(pk=two.arta.pk)
        self.pair = PossibleDuplicate.objects.get(pk=two.pair.pk)


def test_undo_leaves_what_was_changed_since(cast):
    two = Two(cast)
    with cast.scope():
        made = merged(two, cast.officer, ["document_number", "given_name"])
        Person.objects.filter(pk=two.arta.pk).update(given_name="Ardita")
        undo(made, by=cast.officer, at=LATER)
        arta = Person.objects.get(pk=two.arta.pk)
        assert (arta.given_name, arta.document_number) == ("Ardita", "")


def test_a_second_place_in_one_cohort_ends_and_comes_back(cast):
    two = Two(cast)
    with cast.scope():
        first = a.enrolment(two.arta, cast.cohort, "undecided", state="in_training")
        second = a.enrolment(two.double, cast.cohort, "undecided", state="in_training")
        made = merged(two, cast.officer)
        states = dict(Enrolment.objects.values_list("pk", "state"))
        assert states == {first.pk: "in_training", second.pk: EnrolmentState.DUPLICATE}
        assert made.ended == [second.pk]
        undo(made, by=cast.officer, at=LATER)
        assert set(Enrolment.objects.values_list("state", flat=True)) == {"in_training"}


def test_the_certified_place_is_never_the_one_that_ends(cast):
    two = Two(cast)
    with cast.scope():
        first = a.enrolment(two.arta, cast.cohort, "undecided", state="in_training")
        a.enrolment(two.double, cast.cohort, "home")
        assert merged(two, cast.officer).ended == [first.pk]


def test_two_certificates_of_one_cohort_are_refused(cast):
    two = Two(cast)
    with cast.scope():
        a.enrolment(two.arta, cast.cohort, "home")
        a.enrolment(two.double, cast.cohort, "home")
        before = rows()
        with pytest.raises(Refused) as refusal:
            merged(two, cast.officer)
        assert refusal.value.code == "certified_twice"
        assert rows() == before


def test_there_are_no_chains(cast):
    two = Two(cast)
    with cast.scope():
        third = a.person(cast.centre, "A0", phone="+383 44 111 222")
        compare_now([third.pk], at=NOW)
        made = merged(two, cast.officer)
        pairs = PossibleDuplicate.objects.waiting()
        pair = pairs.get(first=two.arta, second=third)
        assert pairs.count() == 1
        above = merge(pair, third, reason="Same", by=cast.officer, at=NOW)
        assert set(third.merged.values_list("reference", flat=True)) == {"A1", "A2"}
        with pytest.raises(Refused) as refusal:
            undo(made, by=cast.officer, at=LATER)
        assert refusal.value.code == "survivor_merged"
        undo(above, by=cast.officer, at=LATER)
        assert Person.objects.get(reference="A2").merged_into == two.arta
        assert list(Person.objects.survivors().order_by("id")) == [two.arta, third]


def test_a_merged_record_brings_its_own_doubles_to_the_survivor(cast):
    two = Two(cast)
    with cast.scope():
        merged(two, cast.officer)
        third = a.person(cast.centre, "A3", document_number="P1234567")
        compare_now([third.pk], at=LATER)
        pair = PossibleDuplicate.objects.waiting().get()
        assert (pair.first, pair.second, pair.band) == (two.arta, third, "certain")


def test_records_of_two_centres_are_merged_by_staff_without_moving_values(cast):
    two = Two(cast, other_centre=cast.rival_centre)
    with cast.scope():
        with pytest.raises(Refused) as refusal:
            merged(two, cast.officer, ["document_number"])
        assert refusal.value.code == "two_centres"
        with pytest.raises(NotAllowed):
            merged(two, cast.coordinator)
        merged(two, cast.officer)
        assert CaseEvent.objects.count() == 0
    with cast.scope(cast.rival_coordinator):
        assert [one.reference for one in Person.objects.survivors()] == ["A2"]
        assert Merge.objects.count() == PossibleDuplicate.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reason": " "}, "required"),
        ({"chosen": ["may_be_proposed"]}, "unknown_field"),
        ({"survivor": Person(pk=0)}, "not_of_pair"),
    ],
)
def test_refused_merges_change_nothing(cast, facts, code):
    two = Two(cast)
    with cast.scope():
        before = rows()
        with pytest.raises(Refused) as refusal:
            merged(two, cast.officer, **facts)
        assert refusal.value.code == code
        assert rows() == before


def test_only_who_reviews_may_decide(cast):
    two = Two(cast)
    with cast.scope():
        for member in (cast.auditor, cast.recruiter, cast.rival_coordinator):
            with pytest.raises(NotAllowed):
                merged(two, member)
            with pytest.raises(NotAllowed):
                separate(two.pair, reason="Cousins", by=member, at=NOW)
        stale = PossibleDuplicate.objects.get()
        separate(two.pair, reason="Cousins", by=cast.coordinator, at=NOW)
        with pytest.raises(Stale):
            separate(stale, reason="Cousins", by=cast.coordinator, at=NOW)
        with pytest.raises(Refused):
            merged(two, cast.officer)
        assert Person.objects.exclude(merged_into=None).count() == 0
