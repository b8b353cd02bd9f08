"""The words of matching: people, openings, terms, and why a pair or a place did not come about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

ENGINE_VERSION = "1.1"

FULL = 1000
"""A fit is counted in points from 0 to FULL."""

Key = int | str
"""Names one candidate or one opening; integers or strings, never both on one side."""

Code = int | str
"""Names a country, unit group, occupation, skill, language, region or employer."""


class Track(StrEnum):
    """Where a trainee will work."""

    HOME = "home"
    AWAY = "away"


class Gate(StrEnum):
    """What a pair must pass before its fit counts; the order is that of reporting."""

    CONSENT = "consent"
    EMPLOYER = "employer"
    TRACK = "track"
    OCCUPATION = "occupation"
    REGION = "region"
    AGE = "age"
    AVAILABILITY = "availability"
    LANGUAGE = "language"
    LANGUAGE_EXPIRY = "language_expiry"
    DECLINED = "declined"
    FIT = "fit"

    @property
    def bit(self):
        """The bit that stands for this gate in a mask of failures."""
        return 1 << GATE_ORDER[self]


GATE_ORDER = {gate: position for position, gate in enumerate(Gate)}


@cache
def gates_in(mask):
    """The gates whose bits are set in `mask`, in reporting order."""
    return tuple(gate for gate in Gate if mask & gate.bit)


class Reason(StrEnum):
    """Why a candidate has no proposal, or an opening has posts left."""

    NO_CONSENT = "no_consent"
    NO_OPENING_IN_OCCUPATION = "no_opening_in_occupation"
    NO_CANDIDATE_IN_OCCUPATION = "no_candidate_in_occupation"
    GATE = "gate"
    OUTCOMPETED = "outcompeted"
    TRACK_CAP = "track_cap"


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill a person holds: level 1 (basic) to 4 (expert), shown or only claimed."""

    level: int
    evidenced: bool


@dataclass(frozen=True, slots=True)
class Language:
    """A language result: CEFR rank 1 (A1) to 6 (C2), the least over the four skills."""

    rank: int
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who can be placed. `country` is the origin at home, the destination away.

    `region`, where given, limits the search to openings of that region.
    A person without `birth_date` passes no age gate.
    """

    key: Key
    track: Track
    country: Code
    unit_group: Code
    occupation: Code | None
    available_from: date
    birth_date: date | None
    consent: bool
    skills: Mapping[Code, Skill] = field(default_factory=dict)
    languages: Mapping[Code, Language] = field(default_factory=dict)
    region: Code | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A demand with the posts it still has. Skills map to the least level asked (1 to 4)."""

    key: Key
    country: Code
    unit_group: Code
    occupation: Code | None
    posts: int
    starts_from: date
    starts_until: date | None
    employer: Code
    employer_verified: bool
    essential: Mapping[Code, int] = field(default_factory=dict)
    optional: Mapping[Code, int] = field(default_factory=dict)
    languages: Mapping[Code, int] = field(default_factory=dict)
    minimum_age: int | None = None
    region: Code | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run is bound by.

    `away_cap` is how many more away placements the home floor allows; the seats are
    those still agreed per track. None means no limit. Near occupations map the pair
    (trained for, asked for) to a similarity; pairs under `least_similarity` do not count.
    `declined` are pairs of candidate and opening key that an employer has turned down.
    """

    as_of: date
    away_cap: int | None = None
    away_seats: int | None = None
    home_seats: int | None = None
    essential_weight: float = 1.0
    optional_weight: float = 0.25
    claimed_factor: float = 0.8
    shortfall_factor: float = 0.5
    least_fit: float = 0.4
    unlisted_fit: float = 0.5
    age_of_majority: int = 18
    near_groups: Mapping[tuple[Code, Code], float] = field(default_factory=dict)
    near_occupations: Mapping[tuple[Code, Code], float] = field(default_factory=dict)
    least_similarity: float = 0.5
    declined: frozenset[tuple[Key, Key]] = frozenset()
    seed: int = 0

    def __post_init__(self):
        for name in ("claimed_factor", "shortfall_factor", "least_fit", "unlisted_fit"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must lie between 0 and 1")
        if min(self.essential_weight, self.optional_weight) < 0:
            raise ValueError("weights must not be negative")

    def caps(self):
        """The limits of the home and the away track, in this order; None where free."""
        away = [cap for cap in (self.away_cap, self.away_seats) if cap is not None]
        return self.home_seats, min(away) if away else None

    def least_points(self):
        """The fewest points of fit that a pair needs."""
        return round(FULL * self.least_fit)
