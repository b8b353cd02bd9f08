"""One night's input as arrays: rows in key order, skills and languages packed behind offsets.

Codes (country, unit group, occupation, region, skill, language, employer) are positions in
the sorted arrays of `Vocabulary`; `NONE` stands for an absent one. Dates are days since
1970-01-01. A relation is packed: entries of row i are `offsets[i]:offsets[i + 1]`,
in rising order of their code.
"""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np

NONE = -1
NEVER = np.iinfo(np.int32).max
EPOCH = date(1970, 1, 1)


def day_of(moment):
    """Days from the epoch to a date."""
    return (moment - EPOCH).days


def date_of(day):
    """The date of a day number; None for one that never comes."""
    return None if day == NEVER else EPOCH + timedelta(days=int(day))


@dataclass(frozen=True, eq=False)
class Candidates:
    """People; every array but the packed ones has one entry per person, in key order."""

    keys: np.ndarray
    away: np.ndarray
    country: np.ndarray
    unit_group: np.ndarray
    occupation: np.ndarray
    region: np.ndarray
    birth_on: np.ndarray  # NEVER where unknown
    available_from: np.ndarray
    consent: np.ndarray
    skill_offsets: np.ndarray
    skills: np.ndarray
    levels: np.ndarray
    evidenced: np.ndarray
    language_offsets: np.ndarray
    languages: np.ndarray
    ranks: np.ndarray
    expires_on: np.ndarray  # NEVER where it does not lapse

    def __len__(self):
        return len(self.keys)


@dataclass(frozen=True, eq=False)
class Openings:
    """Demands; every array but the packed ones has one entry per demand, in key order."""

    keys: np.ndarray
    country: np.ndarray
    unit_group: np.ndarray
    occupation: np.ndarray
    region: np.ndarray
    posts: np.ndarray
    starts_from: np.ndarray
    starts_until: np.ndarray  # NEVER where open
    minimum_age: np.ndarray  # 0 where none is asked
    employer: np.ndarray
    employer_verified: np.ndarray
    skill_offsets: np.ndarray
    skills: np.ndarray
    levels: np.ndarray
    essential: np.ndarray
    language_offsets: np.ndarray
    languages: np.ndarray
    ranks: np.ndarray

    def __len__(self):
        return len(self.keys)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What the codes stand for, each in rising order."""

    countries: np.ndarray
    unit_groups: np.ndarray
    occupations: np.ndarray
    regions: np.ndarray
    skills: np.ndarray
    languages: np.ndarray
    employers: np.ndarray


@dataclass(frozen=True, eq=False)
class Instance:
    """Everything a run reads about people and openings."""

    candidates: Candidates
    openings: Openings
    vocabulary: Vocabulary


def packed(offsets, rows):
    """Positions of the entries of `rows` in a packed relation, and how many each row has."""
    counts = offsets[rows + 1] - offsets[rows]
    ends = np.cumsum(counts)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
    return np.repeat(offsets[rows], counts) + within, counts


def input_hash(instance, terms):
    """SHA-256 in hexadecimal over one canonical byte form of what a run is computed from.

    Equal for equal content however the rows were ordered; differs when anything differs.
    """
    digest = hashlib.sha256(_canonical(terms))
    for part in (instance.candidates, instance.openings, instance.vocabulary):
        for each in fields(part):
            _feed(digest, each.name, getattr(part, each.name))
    return digest.hexdigest()


def _canonical(terms):
    """Terms as JSON bytes: fields by name, pairs in order."""
    plain = {each.name: getattr(terms, each.name) for each in fields(terms)}
    for name in ("near_groups", "near_occupations"):
        plain[name] = sorted([*map(str, pair), float(near)] for pair, near in plain[name].items())
    plain["declined"] = sorted([*map(str, pair)] for pair in terms.declined)
    return json.dumps(plain, sort_keys=True, default=date.isoformat).encode()


def _feed(digest, name, array):
    """Add an array's name, kind, length and little-endian content."""
    text = array.dtype.kind in "US"
    content = json.dumps(array.tolist()).encode() if text else _little_endian(array)
    digest.update(f"{name}:{'text' if text else array.dtype.kind}:{len(array)}:".encode())
    digest.update(content)


def _little_endian(array):
    """The bytes of a numeric array, independent of the machine."""
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()
