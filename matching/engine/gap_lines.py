"""The words of the gap: lines that go in, lines that come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .model import Code, Track


class Term(StrEnum):
    """How far a figure looks ahead: twelve months, or the horizon of the assumptions."""

    SHORT = "short"
    MEDIUM = "medium"


class Stage(StrEnum):
    """How firm a demand is."""

    EXPRESSED = "expressed"
    LETTER_OF_INTENT = "letter_of_intent"
    SIGNED = "signed"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is taken where a line does not say; shares lie between 0 and 1.

    The shares are priors to be replaced by figures of the countries, not findings.
    """

    horizon_years: int = 3
    stages: Mapping[Stage, Decimal] = field(
        default_factory=lambda: {
            Stage.EXPRESSED: Decimal("0.25"),
            Stage.LETTER_OF_INTENT: Decimal("0.5"),
            Stage.SIGNED: Decimal("0.8"),
            Stage.CONTRACT: Decimal(1),
        }
    )
    qualified: Decimal = Decimal("0.5")  # q: of the unemployed of this occupation
    available: Decimal = Decimal("0.8")  # a: of those qualified
    staying: Decimal = Decimal("0.7")  # r: graduates who take up the occupation there
    growth: Decimal = Decimal(0)  # g: of employment, a year
    replacement: Decimal = Decimal("0.025")  # ρ: of the employed who leave for good, a year
    completion: Decimal = Decimal("0.8")  # of a cohort


@dataclass(frozen=True, slots=True)
class DemandLine:
    """Posts on offer at one stage. Medium-term posts start after the twelve months."""

    country: Code
    unit_group: Code
    term: Term
    posts: int
    stage: Stage


@dataclass(frozen=True, slots=True)
class WorkforceLine:
    """Figures of one country and unit group; None where not known. Flows are per year."""

    country: Code
    unit_group: Code
    employed: int | None = None
    unemployed: int | None = None
    vacancies: int | None = None
    graduates: int | None = None
    exits: int | None = None
    qualified: Decimal | None = None
    available: Decimal | None = None
    staying: Decimal | None = None
    growth: Decimal | None = None
    replacement: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PipelineLine:
    """A cohort in training; `country` is where its graduates of this track will work."""

    country: Code
    unit_group: Code
    track: Track
    headcount: int
    months_to_completion: int
    completion: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure: value = quantity · factor, rounded to two decimals."""

    code: str
    quantity: Decimal
    factor: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class GapLine:
    """One figure of the gap table, with its parts, and what it had to do without.

    `missing` names figures that nobody sent, counted as none; `assumed` names shares that were
    taken from the assumptions. `tension` is vacancies per unemployed, None where either lacks.
    """

    country: Code
    unit_group: Code
    term: Term
    demand: Decimal
    supply: Decimal
    pipeline: Decimal
    gap: Decimal
    tension: Decimal | None
    demand_parts: tuple[Part, ...]
    supply_parts: tuple[Part, ...]
    pipeline_parts: tuple[Part, ...]
    missing: tuple[str, ...]
    assumed: tuple[str, ...]
