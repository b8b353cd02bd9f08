"""Which conditions of a call an applicant does not meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Condition:
    """One rule: its kind, the reason code of whoever fails it, and what it asks for."""

    kind: str
    reason: str
    minimum: int | None = None
    maximum: int | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an applicant; None and “” where nothing was said."""

    born_on: date | None = None
    country: str = ""
    region: str = ""
    education: int | None = None
    employment: str = ""
    experience: int | None = None
    languages: Mapping[str, str] = field(default_factory=dict)


def failed(conditions: Sequence[Condition], facts: Facts, *, on: date) -> list[str]:
    """Return the reason of every condition not met on day ``on``, in the order of the rules.

    What the applicant did not say counts as not met: the form asks for whatever a rule needs.
    """
    return [one.reason for one in conditions if not CHECKS[one.kind](one, facts, on)]


def age_on(born_on: date, on: date) -> int:
    """Return the age in completed years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _age(rule: Condition, facts: Facts, on: date) -> bool:
    return _within(rule, None if facts.born_on is None else age_on(facts.born_on, on))


def _within(rule: Condition, value: int | None) -> bool:
    if value is None:
        return False
    above = rule.minimum is None or value >= rule.minimum
    return above and (rule.maximum is None or value <= rule.maximum)


def _language(rule: Condition, facts: Facts, on: date) -> bool:
    code, level = rule.values
    return facts.languages.get(code, "") >= level  # A1 … C2 sort as they rank


def _region(rule: Condition, facts: Facts, on: date) -> bool:
    return facts.region.strip().casefold() in {name.strip().casefold() for name in rule.values}


CHECKS = {
    "age": _age,
    "country": lambda rule, facts, on: facts.country in rule.values,
    "region": _region,
    "education": lambda rule, facts, on: _within(rule, facts.education),
    "language": _language,
    "employment": lambda rule, facts, on: facts.employment in rule.values,
    "experience": lambda rule, facts, on: _within(rule, facts.experience),
}
