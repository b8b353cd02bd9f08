"""People found by name in any script and order, by reference, number or birthday."""

from dataclasses import dataclass

from django.db.models import Q

from trainees.duplicates.candidates import standing_for
from trainees.duplicates.tokens import identity_of, tokens_of
from trainees.identity_engine.identity import features
from trainees.identity_engine.keys import search_keys
from trainees.identity_engine.letters import WITHOUT_VOWELS, script, words
from trainees.identity_engine.names import same_word
from trainees.models import Person, PersonToken

MOST = 200  # persons; whoever finds more is asked for a further word


@dataclass(frozen=True, slots=True)
class Found:
    """The persons that fit, the most alike first, and whether there were more than are shown."""

    persons: list[Person]
    has_more: bool


def find(text: str) -> Found:
    """Return the persons of the scope whom the words mean; each person once.

    Words are a name (all of them must fit, in any order and script), a part of a reference, or a
    whole document number, telephone number, e-mail address or birthday. One or two queries.
    """
    text = text.strip()
    if not text:
        return Found([], False)
    facts, names = search_keys(text)
    by_fact = PersonToken.objects.filter(token__in=tokens_of(facts)).values("person")
    wanted = Q(reference__icontains=text) | Q(pk__in=by_fact)
    if names:
        wanted |= _by_names(names)
    records = Person.objects.filter(wanted).values("pk")
    rows = standing_for(records).select_related("centre", "country").order_by("-id")
    persons = list(rows[: MOST + 1])
    return Found(_most_alike_first(persons[:MOST], text), len(persons) > MOST)


def _by_names(names) -> Q:
    every = Q()
    for alternatives in names:
        held = PersonToken.objects.filter(token__in=tokens_of(alternatives))
        every &= Q(pk__in=held.values("person"))
    return every


def _most_alike_first(persons: list[Person], text: str) -> list[Person]:
    """Put those whose name is spelt as asked before those who only sound alike."""
    asked, written = words(text), script(text)
    return sorted(persons, key=lambda person: -_likeness(person, asked, written))


def _likeness(person: Person, asked, written: str) -> int:
    known = features(identity_of(person))
    by_sound = known.script != written and not WITHOUT_VOWELS.isdisjoint((known.script, written))
    return sum(
        2 * (word in known.names) + any(same_word(word, name, by_sound) for name in known.names)
        for word in asked
    )
