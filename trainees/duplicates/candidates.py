"""Whom a record may be: found by tokens, compared in plain text, told with reasons."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from trainees.duplicates.tokens import (
    COLUMNS,
    FACTS,
    compared_tokens,
    identity_of,
    tokens_of,
)
from trainees.identity_engine.identity import Features, Identity, features
from trainees.identity_engine.keys import COMPARED, Kind
from trainees.identity_engine.letters import compact
from trainees.identity_engine.score import Band, Judgement, Signal, judge
from trainees.models import Person, PersonToken

CROWD = 100  # persons; what more of them share leads nowhere and is not compared
SHOWN = 5  # candidates for one record


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known person whom a record may be, and why."""

    person: int
    uid: UUID
    reference: str
    score: int
    band: Band
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Pairs of records that share a fact, and how many facts too many share, by kind."""

    pairs: set[tuple[int, int]]
    too_common: dict[str, int]


def among(centre, identities: list[Identity]) -> dict[int, list[Candidate]]:
    """Return, by place in the list, the centre's own persons whom a record may be, best first.

    Three queries whatever the number of identities (up to some 10,000 a call). The person with
    the same reference is the record's own and no candidate.
    """
    places = defaultdict(list)
    for place, identity in enumerate(identities):
        for token in compared_tokens(identity):
            places[token].append(place)
    met = defaultdict(set)
    for persons, token in _sharing(list(places), centre):
        for place in places[token]:
            met[place].update(persons)
    known = _records(set().union(*met.values()))
    compared = {pk: features(identity_of(record)) for pk, record in known.items()}
    found = {}
    for place, persons in met.items():
        best = _best(identities[place], [known[pk] for pk in persons if pk in known], compared)
        if best:
            found[place] = best
    return found


def _sharing(tokens: list[int], centre) -> list[tuple[set[int], int]]:
    """Return the persons of the centre that share each token, crowds left out."""
    rows = PersonToken.objects.filter(centre=centre, token__in=tokens)
    persons = defaultdict(set)
    for token, person in rows.values_list("token", "person_id"):
        persons[token].add(person)
    return [(found, token) for token, found in persons.items() if len(found) <= CROWD]


def _records(ids) -> dict[int, Person]:
    rows = Person.objects.filter(pk__in=list(ids)).only(*COLUMNS)
    return {person.pk: person for person in rows}


def _best(identity: Identity, records: list[Person], compared) -> list[Candidate]:
    """Return the best candidates; of several records of one person the most alike counts."""
    own, best = features(identity), {}
    for record in records:
        verdict = judge(own, compared[record.pk])
        if verdict.band == Band.NO or record.reference == identity.reference:
            continue
        person = record.merged_into_id or record.pk
        if person not in best or best[person].score < verdict.score:
            best[person] = Candidate(
                person, record.uid, record.reference, verdict.score, verdict.band, verdict.signals
            )
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.person))
    return ranked[:SHOWN]


def meeting(ids: list[int]) -> Meeting:
    """Return whom these persons must be compared with: all who share a telling fact with them."""
    rows = PersonToken.objects.filter(kind__in=COMPARED)
    own = PersonToken.objects.filter(person__in=ids, kind__in=COMPARED).values("token")
    counted = rows.filter(token__in=own).values_list("token", "kind").annotate(shared=Count("id"))
    usable, common = [], Counter()
    for token, kind, shared in counted.filter(shared__gt=1).order_by():
        if shared <= CROWD:
            usable.append(token)
        else:
            common[Kind(kind).name.lower()] += 1
    persons = defaultdict(list)
    for token, person in rows.filter(token__in=usable).values_list("token", "person_id"):
        persons[token].append(person)
    return Meeting(_pairs(persons.values(), set(ids)), dict(common))


def _pairs(groups, wanted: set[int]) -> set[tuple[int, int]]:
    pairs = set()
    for group in groups:
        for one in wanted.intersection(group):
            pairs.update((min(one, other), max(one, other)) for other in group if other != one)
    return pairs


def judged(pairs: set[tuple[int, int]]) -> dict[tuple[int, int], Judgement]:
    """Compare pairs of records; return the verdicts by pair of persons, merged records resolved.

    Of several records of one person the most alike pair counts; a person is never compared with
    themselves.
    """
    known, person_of = _features_of({pk for pair in pairs for pk in pair})
    found = {}
    for one, other in pairs:
        persons = tuple(sorted((person_of[one], person_of[other])))
        if persons[0] == persons[1]:
            continue
        verdict = judge(known[one], known[other])
        if persons not in found or found[persons].score < verdict.score:
            found[persons] = verdict
    return found


def _features_of(ids) -> tuple[dict[int, Features], dict[int, int]]:
    """Return what is known of each record, and the record of the person it belongs to."""
    known, person_of = {}, {}
    rows = Person.objects.filter(pk__in=list(ids))
    facts = rows.values_list("pk", "merged_into_id", "country_id", "centre_id", *FACTS)
    for pk, merged_into, country, centre, *told in facts.iterator(5_000):
        identity = Identity(**dict(zip(FACTS, told, strict=True)), country=country, centre=centre)
        known[pk] = features(identity)
        person_of[pk] = merged_into or pk
    return known, person_of


def known_by(*, document_number="", email="", phone="", centre=None):
    """Return the persons who gave one of these facts, each once, wherever the scope may look."""
    said = features(Identity(document_number=document_number, email=email, phone=phone))
    wanted = [
        (Kind.DOCUMENT, compact(said.document)),
        (Kind.EMAIL, said.email),
        (Kind.PHONE, said.phone),
    ]
    held = PersonToken.objects.filter(token__in=tokens_of(key for key in wanted if key[1]))
    if centre is not None:
        held = held.filter(centre=centre)
    return standing_for(held.values("person"))


def standing_for(records):
    """Return the survivors among these records, and of those merged the ones they stand in."""
    merged = Person.objects.filter(pk__in=records).exclude(merged_into=None).values("merged_into")
    return Person.objects.survivors().filter(Q(pk__in=records) | Q(pk__in=merged))


def by_reference(centre, references) -> dict[str, Person]:
    """Return the centre's persons by reference; a merged record's leads to the survivor there."""
    rows = Person.objects.filter(centre=centre, reference__in=references)
    found = {}
    for record in rows.select_related("merged_into"):
        survivor = record.survivor
        found[record.reference] = survivor if survivor.centre_id == record.centre_id else record
    return found
