"""By what a record is found: single facts for search, pairs of facts to find likely twins of it."""

from enum import IntEnum
from itertools import combinations

from trainees.identity_engine.identity import Features
from trainees.identity_engine.letters import compact, digits, skeletons, words


class Kind(IntEnum):
    """What a key is made of."""

    DOCUMENT = 1
    PHONE = 2
    EMAIL = 3
    BORN = 4
    NAME = 5  # one word of the name, by its sound
    NAMES = 6  # two words of the name
    BORN_NAME = 7  # day of birth, also with day and month exchanged, and one word
    BORN_DOCUMENT = 8  # day of birth and one half of the document number


# Whoever shares one of these is compared.
COMPARED = (
    Kind.DOCUMENT,
    Kind.PHONE,
    Kind.EMAIL,
    Kind.NAMES,
    Kind.BORN_NAME,
    Kind.BORN_DOCUMENT,
)
Keys = set[tuple[Kind, str]]


def keys(known: Features) -> Keys:
    """Return every key of a record, as kind and normalised text."""
    found = {
        (Kind.DOCUMENT, known.document),
        (Kind.PHONE, known.phone),
        (Kind.EMAIL, known.email),
        (Kind.BORN, known.born.isoformat() if known.born else ""),
    }
    sounds = sorted({sound for each in known.sounds for sound in each})
    found |= {(Kind.NAME, sound) for sound in sounds}
    found |= {(Kind.NAMES, " ".join(sorted(pair))) for pair in _pairs(known.sounds)}
    if known.born:
        found |= _with_birth(known, sounds)
    return {(kind, text) for kind, text in found if text}


def _pairs(sounds: list[tuple[str, ...]]):
    for one, other in combinations(sounds, 2):
        for first in one:
            for second in other:
                yield first, second


def _with_birth(known: Features, sounds: list[str]) -> Keys:
    born = known.born
    low, high = sorted((born.month, born.day))
    day = f"{born.year}-{low}-{high}"
    middle = len(known.document) // 2
    halves = (known.document[:middle] + "-", "-" + known.document[middle:]) if middle > 1 else ()
    return {(Kind.BORN_NAME, f"{day} {sound}") for sound in sounds} | {
        (Kind.BORN_DOCUMENT, f"{day} {half}") for half in halves
    }


def search_keys(text: str) -> tuple[list[tuple[Kind, str]], list[list[tuple[Kind, str]]]]:
    """Return the keys that search words may mean: exact facts of which one suffices, and names.

    Names are a list of alternatives for each word; all words must be found.
    """
    number = digits(text)
    facts = [(Kind.DOCUMENT, compact(text)), (Kind.EMAIL, text.strip().casefold())]
    facts.append((Kind.BORN, text.strip()))
    if len(number) >= 6:
        facts.append((Kind.PHONE, number[-8:]))
    named = [word for word in words(text) if not any(letter.isdigit() for letter in word)]
    names = [[(Kind.NAME, sound) for sound in skeletons(word)] for word in named]
    return [(kind, fact) for kind, fact in facts if fact], names
