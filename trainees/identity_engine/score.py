"""How likely two records are one person: points for each fact, after Fellegi and Sunter.

A point is one bit: agreement that one person's records show twice as often as strangers' do.
Strangers agree by chance on a day of birth once in about 5,000 pairs, which makes 12 points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from trainees.identity_engine.identity import Features
from trainees.identity_engine.names import Level, compare_names


class Band(StrEnum):
    """How sure the score is."""

    NO = "no"
    POSSIBLE = "possible"
    LIKELY = "likely"
    CERTAIN = "certain"


@dataclass(frozen=True, slots=True)
class Signal:
    """What one fact says: the fact, how it compares, and its points."""

    fact: str
    finding: str
    points: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The sum over all signals, and what it means."""

    score: int
    band: Band
    signals: tuple[Signal, ...]


POINTS = {
    ("name", "equal"): 14,
    ("name", "swapped"): 13,
    ("name", "other_script"): 12,
    ("name", "alike"): 11,
    ("name", "alike_swapped"): 10,
    ("name", "part"): 9,
    ("name", "given_only"): 3,
    ("name", "family_only"): 3,
    ("name", "different"): -8,
    ("birth_date", "equal"): 12,
    ("birth_date", "first_of_january"): 6,  # often written where the day is not known
    ("birth_date", "swapped"): 9,
    ("birth_date", "one_digit"): 5,
    ("birth_date", "same_year"): 1,
    ("birth_date", "different"): -7,
    ("document", "equal"): 20,
    ("document", "one_off"): 9,
    ("document", "different"): -3,  # papers are renewed, and people hold several kinds
    ("phone", "equal"): 4,  # families share one
    ("email", "equal"): 5,
    ("email", "equal_too"): 3,  # beside an equal telephone it says little more
    ("sex", "equal"): 1,
    ("sex", "different"): -6,
    ("country", "different"): -1,
    ("region", "equal"): 1,
    ("reference", "zeros"): 5,  # one centre's references that differ in zeros and dashes only
    ("reference", "equal"): 2,
}
POSSIBLE, LIKELY, CERTAIN = 18, 24, 30
DOCUMENT_TELLS = 5  # characters from which an equal document number says something


def judge(one: Features, other: Features) -> Judgement:
    """Compare two records fact by fact; the result does not depend on their order."""
    signals = tuple(
        Signal(fact, finding, POINTS[fact, finding]) for fact, finding in _findings(one, other)
    )
    score = sum(signal.points for signal in signals)
    found = {(signal.fact, signal.finding) for signal in signals}
    band = min(_band(score), _most(found, one, other), key=list(Band).index)
    if ("document", "equal") in found and band == Band.NO:
        band = Band.POSSIBLE
    return Judgement(score, band, signals)


def _findings(one: Features, other: Features) -> Iterator[tuple[str, str]]:
    yield "name", _name(one, other)
    if one.born and other.born:
        yield "birth_date", _birth(one, other)
    if min(len(one.document), len(other.document)) >= DOCUMENT_TELLS:
        yield "document", _document(one.document, other.document)
    yield from _contacts(one, other)
    yield from _circumstances(one, other)


def _contacts(one: Features, other: Features) -> Iterator[tuple[str, str]]:
    same_phone = one.phone and one.phone == other.phone
    if same_phone:
        yield "phone", "equal"
    if one.email and one.email == other.email:
        yield "email", "equal_too" if same_phone else "equal"


def _circumstances(one: Features, other: Features) -> Iterator[tuple[str, str]]:
    if one.sex and other.sex:
        yield "sex", "equal" if one.sex == other.sex else "different"
    if one.country and other.country not in ("", one.country):
        yield "country", "different"
    if one.region and one.region == other.region:
        yield "region", "equal"
    if len(one.reference) > 1 and one.reference == other.reference:
        yield "reference", "zeros" if one.centre == other.centre else "equal"


def _name(one: Features, other: Features) -> str:
    given, family, swapped = compare_names(one, other)
    if not given or not family:
        return "given_only" if given else "family_only" if family else "different"
    least = min(given, family)
    if least == Level.EQUAL:
        return "swapped" if swapped else "equal"
    if least == Level.PART:
        return "part"
    if one.script != other.script:
        return "other_script"
    return "alike_swapped" if swapped else "alike"


def _birth(one: Features, other: Features) -> str:
    born, other_born = one.born, other.born
    if born == other_born:
        return "first_of_january" if (born.month, born.day) == (1, 1) else "equal"
    if born.year == other_born.year and (born.day, born.month) == (
        other_born.month,
        other_born.day,
    ):
        return "swapped"
    if OSA.distance(born.isoformat(), other_born.isoformat()) == 1:
        return "one_digit"
    return "same_year" if born.year == other_born.year else "different"


def _document(one: str, other: str) -> str:
    if one == other:
        return "equal"
    return "one_off" if OSA.distance(one, other, score_cutoff=1) == 1 else "different"


def _band(score: int) -> Band:
    for least, band in ((CERTAIN, Band.CERTAIN), (LIKELY, Band.LIKELY), (POSSIBLE, Band.POSSIBLE)):
        if score >= least:
            return band
    return Band.NO


def _most(found: set, one: Features, other: Features) -> Band:
    """Return the surest band these findings may reach, whatever their sum.

    Brothers and sisters share name, telephone and home, twins the birthday too: without the same
    document they are never likely. What a family shares says nothing without name or birthday.
    """
    names = next(finding for fact, finding in found if fact == "name")
    if ("document", "equal") in found:
        return (
            Band.CERTAIN
            if names not in ("different", "given_only", "family_only")
            else (Band.LIKELY)
        )
    if names in ("different", "given_only", "family_only") or ("sex", "different") in found:
        telling = {"equal", "swapped", "one_off", "first_of_january"}
        own = {finding for fact, finding in found if fact in ("birth_date", "document")}
        return Band.POSSIBLE if own & telling else Band.NO
    may_be_twins = ("birth_date", "equal") in found and _other_given_name(one, other)
    return Band.POSSIBLE if may_be_twins else Band.CERTAIN


def _other_given_name(one: Features, other: Features) -> bool:
    """Tell whether given names of one script are spelt differently, in whatever order."""
    if one.script != other.script:
        return False
    return set(one.names).isdisjoint(other.given) or set(other.names).isdisjoint(one.given)
