"""The shape of a demonstration: what a programme's facts are written down as.

Times are relative to the day the demonstration is built: ``days`` and ``months`` count from it,
negative ones lie in the past.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation; ``is_fact`` marks one that exists and took part."""

    slug: str
    name: str
    kind: str
    country: str
    is_fact: bool = False
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Lesson:
    """A module of a course."""

    kind: str
    title: str
    hours: int | None = None
    away_only: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A course of one centre towards one ESCO occupation; ``is_fact`` as in ``Body``."""

    centre: str
    code: str
    title: str
    occupation: str
    language: str
    months: int
    fee: tuple[int, str] | None = None
    eqf_level: int | None = None
    lessons: tuple[Lesson, ...] = ()
    is_fact: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """A cohort and the people in it.

    ``home`` and ``away`` count first decisions, the rest is undecided; ``fallen_back`` of the
    away track changed to home because their qualification was not recognised. ``certified``
    counts graduates, ``without_consent`` those the night may not propose.
    """

    centre: str
    course: str
    code: str
    country: str
    size: int
    women: int
    home: int
    away: int
    starts: int
    ends: int
    closes: int
    seats: tuple[int, int]
    certified: int = 0
    fallen_back: int = 0
    without_consent: int = 1
    language: str = "en"
    home_level: str = "A2"
    away_level: str = "B1"
    state: str = "in_training"


@dataclass(frozen=True, slots=True)
class Need:
    """Openings of one employer."""

    employer: str
    reference: str
    occupation: str
    openings: int
    term: str
    stage: str
    starts: int
    until: int
    wage: tuple[Decimal, str, str]
    language: tuple[str, str] | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Labour:
    """One country's figures, as one service sends them.

    ``size`` scales the occupations' figures, ``late`` counts the newest quarters not yet sent.
    """

    service: str
    country: str
    size: float
    wage: tuple[int, str]
    late: int = 0


@dataclass(frozen=True, slots=True)
class Login:
    """Someone who signs in: at the agency's desk, or at an organisation's."""

    email: str
    name: str
    role: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """One agency, its partnership and everything in it."""

    agency: tuple[str, str, str]  # address, name, country
    time_zone: str
    partnership: dict
    origins: tuple[str, ...]
    bodies: tuple[Body, ...]
    offers: tuple[Offer, ...]
    intakes: tuple[Intake, ...]
    needs: tuple[Need, ...]
    labour: tuple[Labour, ...]
    logins: tuple[Login, ...]
    occupations: dict[str, int] = field(default_factory=dict)  # ESCO code → employed per size 1
