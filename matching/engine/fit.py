"""The fit of a pair: the weighted share of the asked skills that the person holds.

    m = Σ w·credit / Σ w,   points = ⌊1000·m⌋

over the skills an opening lists: w is the essential or the optional weight; credit is 1 at the
level asked or above, and shortfall_factor · held / asked below it, both times claimed_factor
where the person shows no evidence. Rounding down keeps 1000 for the complete fit. An opening
that lists no skill says nothing about fit: everyone gets `unlisted_fit`.

Weights and credits are integers (thousandths), so sums are exact in float64 and equal on every
machine whatever the order in which a matrix product adds them up.
"""

import numpy as np

from .instance import packed
from .model import FULL

SCALE = 1000
LEVELS = 5  # 0 (not held) to 4


def credits_by_level(terms):
    """Credit in thousandths, shape (level asked, level held, evidenced), both levels 0 to 4."""
    table = np.zeros((LEVELS, LEVELS, 2))
    for asked in range(1, LEVELS):
        for held in range(1, LEVELS):
            share = 1.0 if held >= asked else terms.shortfall_factor * held / asked
            table[asked, held] = (share * terms.claimed_factor, share)
    return np.rint(SCALE * table)


def points(instance, terms, rows, columns):
    """Points of fit 0 to 1000, int32, candidates `rows` × openings `columns`."""
    demands = instance.openings
    entries, counts = packed(demands.skill_offsets, columns)
    owner = np.repeat(np.arange(len(columns)), counts)
    kind = demands.skills[entries].astype(np.int64) * LEVELS + demands.levels[entries]
    kinds, which = np.unique(kind, return_inverse=True)
    weights = np.zeros((len(kinds), len(columns)))
    weights[which, owner] = np.where(
        demands.essential[entries],
        np.rint(SCALE * terms.essential_weight),
        np.rint(SCALE * terms.optional_weight),
    )
    held = _credits(instance, terms, rows, kinds // LEVELS, kinds % LEVELS)
    total = weights.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.floor_divide(held @ weights, total * (SCALE // FULL))
    return np.where(total > 0, share, round(FULL * terms.unlisted_fit)).astype(np.int32)


def _credits(instance, terms, rows, skills, asked):
    """Credits in thousandths, candidates `rows` × (skill, level asked)."""
    people = instance.candidates
    names = np.unique(skills)
    place = np.full(len(instance.vocabulary.skills), -1, np.int32)
    place[names] = np.arange(len(names))
    entries, counts = packed(people.skill_offsets, rows)
    at = place[people.skills[entries]]
    wanted = at >= 0
    held = np.zeros((len(rows), len(names)), np.uint8)
    owner = np.repeat(np.arange(len(rows)), counts)[wanted]
    entries = entries[wanted]
    held[owner, at[wanted]] = people.levels[entries] * 2 + people.evidenced[entries]
    table = credits_by_level(terms).reshape(LEVELS, 2 * LEVELS)
    return table[asked[None, :], held[:, np.searchsorted(names, skills)]]
