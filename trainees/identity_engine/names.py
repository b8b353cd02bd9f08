"""How alike two names are: in any script, in any order, word by word."""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from trainees.identity_engine.identity import Features
from trainees.identity_engine.letters import WITHOUT_VOWELS, skeletons

ALIKE = 0.8  # share of letters that two spellings of one word have in common
SHORT = 4  # letters; of a short word three in four must be equal, of a longer one half


class Level(IntEnum):
    """How far a part of a name agrees, better ones higher."""

    DIFFERENT = 0
    PART = 1  # all words of the shorter name stand in the longer one
    ALIKE = 2
    EQUAL = 3


@lru_cache(maxsize=262_144)
def same_word(one: str, other: str, by_sound: bool) -> bool:
    """Tell whether two words are spellings of one; ``by_sound`` where a script has no vowels."""
    if one == other:
        return True
    likeness = Levenshtein.normalized_similarity(one, other)
    if not set(skeletons(one)).isdisjoint(skeletons(other)):
        longest = max(len(one), len(other))
        return by_sound or likeness >= (0.75 if longest <= SHORT else 0.5)
    return likeness >= ALIKE


def part_level(one: tuple[str, ...], other: tuple[str, ...], by_sound: bool) -> Level:
    """Compare given names with given names, or family names with family names."""
    if not one or not other:
        return Level.DIFFERENT
    if sorted(one) == sorted(other):
        return Level.EQUAL
    shorter, longer = sorted((one, other), key=len)
    if same_word("".join(one), "".join(other), by_sound):
        return Level.ALIKE
    left = list(longer)
    for word in shorter:
        match = next((each for each in left if same_word(word, each, by_sound)), None)
        if match is None:
            return Level.DIFFERENT
        left.remove(match)
    return Level.PART if left else Level.ALIKE


def compare_names(one: Features, other: Features) -> tuple[Level, Level, bool]:
    """Return how given and family names agree, and whether only with their order exchanged."""
    by_sound = one.script != other.script and not WITHOUT_VOWELS.isdisjoint(
        (one.script, other.script)
    )
    straight = (
        part_level(one.given, other.given, by_sound),
        part_level(one.family, other.family, by_sound),
    )
    if min(straight) == Level.EQUAL:
        return *straight, False
    crossed = (
        part_level(one.given, other.family, by_sound),
        part_level(one.family, other.given, by_sound),
    )
    if min(crossed) and (min(crossed), sum(crossed)) > (min(straight), sum(straight)):
        return *crossed, True
    return *straight, False
