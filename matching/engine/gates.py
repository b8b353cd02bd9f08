"""The gates: what a pair must pass, for any set of candidates against any set of openings.

A pair's planned start is the latest of the night's date, the day the candidate is available
and the day the opening starts. Language results, age and the start window are judged on it.
"""

import numpy as np

from .instance import NEVER, NONE, day_of, packed
from .model import Gate

MASK = np.uint16


def planned_start(instance, terms, rows, columns):
    """Day numbers of the planned start, candidates `rows` × openings `columns`."""
    available = instance.candidates.available_from[rows]
    starts = instance.openings.starts_from[columns]
    return np.maximum(np.maximum(available[:, None], starts[None, :]), day_of(terms.as_of))


def failures(instance, terms, near, rows, columns):
    """Masks of the gates that fail (`Gate.bit`), candidates `rows` × openings `columns`.

    Shape (len(rows), len(columns)), uint16; 0 where every gate but `Gate.FIT` is passed,
    which needs points and is set by `pairs.grade`.
    """
    people, demands = instance.candidates, instance.openings
    planned = planned_start(instance, terms, rows, columns)
    failed = np.zeros(planned.shape, MASK)
    failed |= MASK(Gate.CONSENT.bit) * ~people.consent[rows][:, None]
    failed |= MASK(Gate.EMPLOYER.bit) * ~demands.employer_verified[columns][None, :]
    failed |= MASK(Gate.TRACK.bit) * (people.country[rows][:, None] != demands.country[columns])
    failed |= MASK(Gate.OCCUPATION.bit) * ~near.pairs(instance, rows, columns)
    failed |= MASK(Gate.REGION.bit) * _elsewhere(people.region[rows], demands.region[columns])
    failed |= MASK(Gate.AGE.bit) * _too_young(instance, terms, rows, columns, planned)
    failed |= MASK(Gate.AVAILABILITY.bit) * (planned > demands.starts_until[columns])
    if len(near.declined):
        failed |= MASK(Gate.DECLINED.bit) * near.turned_down(instance, rows, columns)
    _languages(instance, rows, columns, planned, failed)
    return failed


def _elsewhere(wanted, offered):
    """Where a region is wanted and another is offered."""
    both = (wanted[:, None] != NONE) & (offered[None, :] != NONE)
    return both & (wanted[:, None] != offered[None, :])


def of_age(birth_on, years):
    """Day numbers of the birthday on which people turn `years`; NEVER where birth is unknown.

    Someone born on 29 February turns on 1 March of a year without that day.
    """
    known = birth_on != NEVER
    births = np.where(known, birth_on, 0).astype("datetime64[D]")
    months = births.astype("datetime64[M]")
    days = (births - months.astype("datetime64[D]")).astype(np.int64)
    birthday = (months + 12 * years).astype("datetime64[D]").astype(np.int64) + days
    return np.where(known, birthday, NEVER)


def _too_young(instance, terms, rows, columns, planned):
    """Where the person is under the age asked, or majority, on the planned start."""
    asked = np.maximum(instance.openings.minimum_age[columns], terms.age_of_majority)
    ages, which = np.unique(asked, return_inverse=True)
    birth_on = instance.candidates.birth_on[rows]
    turned = np.array([of_age(birth_on, int(age)) for age in ages]).reshape(len(ages), len(rows))
    return planned < turned[which].T


def _languages(instance, rows, columns, planned, failed):
    """Set the language bits in `failed`: rank too low, or result lapsed by the planned start."""
    demands = instance.openings
    entries, counts = packed(demands.language_offsets, columns)
    if not len(entries):
        return
    ranks, expires_on = held_languages(instance, rows, demands.languages[entries])
    owner = np.repeat(np.arange(len(columns)), counts)
    low = ranks < demands.ranks[entries]
    lapsed = ~low & (expires_on < planned[:, owner])
    asking = np.flatnonzero(counts)
    starts = (np.cumsum(counts) - counts)[asking]
    for gate, short in ((Gate.LANGUAGE, low), (Gate.LANGUAGE_EXPIRY, lapsed)):
        failed[:, asking] |= MASK(gate.bit) * np.logical_or.reduceat(short, starts, axis=1)


def held_languages(instance, rows, languages):
    """CEFR ranks (0 where none) and expiry days, candidates `rows` × `languages`."""
    people = instance.candidates
    wanted, which = np.unique(languages, return_inverse=True)
    entries, counts = packed(people.language_offsets, rows)
    owner = np.repeat(np.arange(len(rows)), counts)
    spoken = people.languages[entries]
    place = np.searchsorted(wanted, spoken)
    known = place < len(wanted)
    known[known] = wanted[place[known]] == spoken[known]
    ranks = np.zeros((len(rows), len(wanted)), np.uint8)
    expires_on = np.full(ranks.shape, NEVER, np.int32)
    ranks[owner[known], place[known]] = people.ranks[entries[known]]
    expires_on[owner[known], place[known]] = people.expires_on[entries[known]]
    return ranks[:, which], expires_on[:, which]
