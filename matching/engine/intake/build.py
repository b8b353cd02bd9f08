"""Builds an Instance from columns: codes them, sorts them by key, packs the relations."""

import numpy as np

from matching.engine.instance import NEVER, NONE, Candidates, Instance, Openings, Vocabulary

SHARED = {
    "countries": "country",
    "unit_groups": "unit_group",
    "occupations": "occupation",
    "regions": "region",
    "skills": "skill",
    "languages": "language",
}


def from_columns(people, demands):
    """The Instance of `CandidateColumns` and `OpeningColumns`.

    Raises ValueError where keys repeat, an owner is unknown, a relation repeats, a number
    is out of range, or one kind of code is given as integers here and as strings there.
    """
    values, person_codes, demand_codes = {}, {}, {}
    for plural, name in SHARED.items():
        values[plural], (person_codes[name], demand_codes[name]) = _coded(
            plural, getattr(people, name), getattr(demands, name)
        )
    values["employers"], (demand_codes["employer"],) = _coded("employers", demands.employer)
    return Instance(
        candidates=_candidates(people, person_codes),
        openings=_openings(demands, demand_codes),
        vocabulary=Vocabulary(**values),
    )


def _candidates(columns, codes):
    """The people of an Instance, in key order."""
    keys, order = _ordered("candidate", columns.keys)
    skill_offsets, skill_order = _packed(keys, columns.skill_owner, codes["skill"])
    language_offsets, language_order = _packed(keys, columns.language_owner, codes["language"])
    return Candidates(
        keys=keys,
        away=_array(columns.away, bool)[order],
        **{name: codes[name][order] for name in ("country", "unit_group", "occupation", "region")},
        birth_on=_days(columns.birth_date)[order],
        available_from=_dated("available_from", columns.available_from)[order],
        consent=_array(columns.consent, bool)[order],
        skill_offsets=skill_offsets,
        skills=codes["skill"][skill_order],
        levels=_within("skill level", columns.skill_level, 1, 4)[skill_order],
        evidenced=_array(columns.skill_evidenced, bool)[skill_order],
        language_offsets=language_offsets,
        languages=codes["language"][language_order],
        ranks=_within("CEFR rank", columns.language_rank, 1, 6)[language_order],
        expires_on=_days(columns.language_expires_on)[language_order],
    )


def _openings(columns, codes):
    """The demands of an Instance, in key order."""
    keys, order = _ordered("opening", columns.keys)
    skill_offsets, skill_order = _packed(keys, columns.skill_owner, codes["skill"])
    language_offsets, language_order = _packed(keys, columns.language_owner, codes["language"])
    own = ("country", "unit_group", "occupation", "region", "employer")
    ages = [age or 0 for age in columns.minimum_age]
    return Openings(
        keys=keys,
        **{name: codes[name][order] for name in own},
        posts=_within("posts", columns.posts, 0, 1_000_000_000, np.int64)[order],
        starts_from=_dated("starts_from", columns.starts_from)[order],
        starts_until=_days(columns.starts_until)[order],
        minimum_age=_within("minimum age", ages, 0, 120)[order],
        employer_verified=_array(columns.employer_verified, bool)[order],
        skill_offsets=skill_offsets,
        skills=codes["skill"][skill_order],
        levels=_within("skill level", columns.skill_level, 1, 4)[skill_order],
        essential=_array(columns.skill_essential, bool)[skill_order],
        language_offsets=language_offsets,
        languages=codes["language"][language_order],
        ranks=_within("CEFR rank", columns.language_rank, 1, 6)[language_order],
    )


def _coded(name, *columns):
    """The sorted values of one kind of code, and each column as positions in them."""
    arrays = [np.asarray(column) for column in columns]
    masks = [
        np.array([value is not None for value in array], bool)
        if array.dtype == object
        else np.ones(len(array), bool)
        for array in arrays
    ]
    known = [_typed(array[mask]) for array, mask in zip(arrays, masks, strict=True)]
    filled = [array for array in known if len(array)]
    if len({array.dtype.kind for array in filled}) > 1:
        raise ValueError(f"{name} are given both as integers and as strings")
    if not filled:
        return np.zeros(0, np.int64), [np.full(len(a), NONE, np.int32) for a in arrays]
    values, inverse = np.unique(np.concatenate(filled), return_inverse=True)
    codes, start = [], 0
    for mask in masks:
        column = np.full(len(mask), NONE, np.int32)
        column[mask] = inverse[start : start + mask.sum()]
        start += mask.sum()
        codes.append(column)
    return values, codes


def _typed(array):
    """An array of integers as int64, anything else as strings."""
    if array.dtype.kind in "iu" or all(isinstance(value, int) for value in array):
        return array.astype(np.int64)
    return array.astype(str)


def _ordered(name, keys):
    """Keys in rising order and the positions they came from."""
    keys = _typed(np.asarray(keys))
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    if np.any(keys[1:] == keys[:-1]):
        raise ValueError(f"two {name}s have the same key")
    return keys, order


def _packed(keys, owners, codes):
    """Offsets of a relation packed by owner, and the order that packs it."""
    owners = _typed(np.asarray(owners)) if len(owners) else keys[:0]
    if owners.dtype.kind != keys.dtype.kind:
        raise ValueError("owners and keys are of different kinds")
    rows = np.searchsorted(keys, owners)
    if np.any(rows == len(keys)) or np.any(keys[rows] != owners):
        raise ValueError("a skill or language names an owner that is not among the keys")
    order = np.lexsort((codes, rows))
    rows, codes = rows[order], codes[order]
    if np.any((rows[1:] == rows[:-1]) & (codes[1:] == codes[:-1])):
        raise ValueError("one owner holds the same skill or language twice")
    return np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(keys))))), order


def _array(column, dtype):
    """A column as an array of the given type."""
    return np.asarray(column, dtype=dtype)


def _within(name, column, least, most, dtype=np.uint8):
    """A column of integers, refused where one lies outside the bounds."""
    numbers = np.asarray(column, dtype=np.int64)
    if np.any((numbers < least) | (numbers > most)):
        raise ValueError(f"{name} must lie between {least} and {most}")
    return numbers.astype(dtype)


def _days(column):
    """Dates as day numbers, NEVER where absent."""
    dates = np.asarray(column, dtype="datetime64[D]")
    return np.where(np.isnat(dates), NEVER, dates.astype(np.int64)).astype(np.int32)


def _dated(name, column):
    """Dates as day numbers, refused where one is absent."""
    days = _days(column)
    if np.any(days == NEVER):
        raise ValueError(f"{name} must be a date")
    return days
