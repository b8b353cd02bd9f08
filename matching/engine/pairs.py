"""The eligible pairs: every candidate and opening that pass all gates, with their points.

Only candidates and openings of one country and of linked unit groups are weighed against each
other, in blocks of bounded size, so the work and the memory follow the pairs that can exist.
"""

from dataclasses import dataclass

import numpy as np

from . import fit, gates
from .model import Gate
from .near import Near

CELLS = 2_000_000
"""How many candidate × opening cells are weighed at once."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Eligible pairs by opening, then candidate; positions in the instance, points 0 to 1000."""

    candidate: np.ndarray
    opening: np.ndarray
    points: np.ndarray

    def __len__(self):
        return len(self.points)


def grade(instance, terms, near, rows, columns):
    """Masks of failed gates and points, both of shape (len(rows), len(columns))."""
    failed = gates.failures(instance, terms, near, rows, columns)
    scored = fit.points(instance, terms, rows, columns)
    failed |= gates.MASK(Gate.FIT.bit) * (scored < terms.least_points())
    return failed, scored


def grouped(*codes):
    """Positions by tuple of codes, in rising order within each."""
    order = np.lexsort(codes[::-1])
    if not len(order):
        return {}
    ranked = np.stack([code[order] for code in codes])
    starts = np.flatnonzero(np.any(ranked[:, 1:] != ranked[:, :-1], axis=0)) + 1
    names = ranked[:, np.concatenate(([0], starts))].T.tolist()
    return dict(zip(map(tuple, names), np.split(order, starts), strict=True))


def together(groups, names):
    """The rising positions of several groups."""
    found = [groups[name] for name in names if name in groups]
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def slices(instance, rows, columns):
    """`rows` in pieces whose arrays against `columns` and their skills stay under CELLS."""
    offsets = instance.openings.skill_offsets
    width = len(columns) + int((offsets[columns + 1] - offsets[columns]).sum())
    step = max(1, CELLS // max(1, width))
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def eligible(instance, terms):
    """The `Pairs` of an instance under its terms."""
    people, demands = instance.candidates, instance.openings
    near = Near(instance, terms)
    usable = np.flatnonzero((demands.posts > 0) & demands.employer_verified)
    willing = np.flatnonzero(people.consent)
    rows_by = grouped(people.country[willing], people.unit_group[willing])
    found = []
    for (country, asked), places in grouped(
        demands.country[usable], demands.unit_group[usable]
    ).items():
        trained = [(country, held) for held, wanted in near.links if wanted == asked]
        rows, columns = willing[together(rows_by, trained)], usable[places]
        for piece in slices(instance, rows, columns):
            failed, scored = grade(instance, terms, near, piece, columns)
            at, to = np.nonzero(failed == 0)
            found.append((piece[at], columns[to], scored[at, to]))
    return _sorted(found)


def _sorted(found):
    """Blocks of pairs as one, by opening then candidate."""
    if not found:
        empty = np.zeros(0, np.int32)
        return Pairs(empty, empty, empty)
    candidate, opening, scored = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((candidate, opening))
    candidate, opening = candidate.astype(np.int32), opening.astype(np.int32)
    return Pairs(candidate[order], opening[order], scored[order])
