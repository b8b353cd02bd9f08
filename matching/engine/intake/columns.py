"""One night's input as columns, in any order."""

from dataclasses import dataclass
from typing import Any

Column = Any
"""Anything numpy reads as one column; None marks an absent code or date."""


@dataclass(frozen=True, eq=False)
class CandidateColumns:
    """People as columns, in any order; skills and languages as flat relations named by owner."""

    keys: Column
    away: Column  # true on the away track
    country: Column
    unit_group: Column
    occupation: Column
    region: Column
    birth_date: Column  # dates or datetime64[D]
    available_from: Column
    consent: Column
    skill_owner: Column
    skill: Column
    skill_level: Column
    skill_evidenced: Column
    language_owner: Column
    language: Column
    language_rank: Column
    language_expires_on: Column


@dataclass(frozen=True, eq=False)
class OpeningColumns:
    """Demands as columns, in any order; skills and languages as flat relations named by owner."""

    keys: Column
    country: Column
    unit_group: Column
    occupation: Column
    region: Column
    posts: Column
    starts_from: Column
    starts_until: Column
    minimum_age: Column  # 0 or None where none is asked
    employer: Column
    employer_verified: Column
    skill_owner: Column
    skill: Column
    skill_level: Column
    skill_essential: Column
    language_owner: Column
    language: Column
    language_rank: Column
