"""The nearest others of those left over: fewest gates failed, then best fit, then key.

Pairs in another country or another occupation come last, whatever else they pass.
"""

from dataclasses import dataclass

import numpy as np

from matching.engine.instance import NONE
from matching.engine.model import FULL, Gate
from matching.engine.near import Near
from matching.engine.pairs import grade, grouped, slices, together

NEAREST = 3
FOREIGN = Gate.TRACK.bit | Gate.OCCUPATION.bit


@dataclass(frozen=True, eq=False)
class Nearest:
    """For each of those left over: the nearest others, and whether any came into question."""

    other: np.ndarray  # (n, NEAREST) positions on the other side, NONE where there are fewer
    failed: np.ndarray  # (n, NEAREST) masks of failed gates
    points: np.ndarray  # (n, NEAREST)
    related: np.ndarray  # (n,) whether one of the same country and occupation exists
    eligible: np.ndarray  # (n,) whether one passes every gate

    @classmethod
    def blank(cls, count):
        """Nobody near."""
        shape = (count, NEAREST)
        return cls(
            other=np.full(shape, NONE, np.int32),
            failed=np.zeros(shape, np.uint16),
            points=np.zeros(shape, np.int32),
            related=np.zeros(count, bool),
            eligible=np.zeros(count, bool),
        )

    def put(self, at, failed, points, others):
        """Fill in the rows `at` from masks and points against `others`."""
        marks = np.bitwise_count(failed).astype(np.int64) + 16 * ((failed & FOREIGN) > 0)
        rank = (((marks << 11) + (FULL - points)) << 32) + np.arange(len(others))
        few = min(NEAREST, len(others))
        best = np.argpartition(rank, few - 1, axis=1)[:, :few]
        order = np.argsort(np.take_along_axis(rank, best, axis=1), axis=1)
        best = np.take_along_axis(best, order, axis=1)
        self.other[at, :few] = others[best]
        self.failed[at, :few] = np.take_along_axis(failed, best, axis=1)
        self.points[at, :few] = np.take_along_axis(points, best, axis=1)
        self.related[at] = np.any((failed & FOREIGN) == 0, axis=1)
        self.eligible[at] = np.any(failed == 0, axis=1)


def to_candidates(instance, terms, rows):
    """The nearest openings with posts of the candidates `rows` (rising); none without consent."""
    near, people = Near(instance, terms), instance.candidates
    usable = np.flatnonzero(instance.openings.posts > 0)
    columns_by = grouped(instance.openings.unit_group[usable])
    found = Nearest.blank(len(rows))
    willing = np.flatnonzero(people.consent[rows])
    for (held,), inside in grouped(people.unit_group[rows[willing]]).items():
        places = willing[inside]
        asked = [(wanted,) for trained, wanted in near.links if trained == held]
        columns = usable[together(columns_by, asked)]
        if len(columns):
            for piece in slices(instance, places, columns):
                failed, points = grade(instance, terms, near, rows[piece], columns)
                found.put(piece, failed, points, columns)
    return found


def to_openings(instance, terms, columns):
    """The nearest consenting candidates of the openings `columns` (rising)."""
    near, demands = Near(instance, terms), instance.openings
    willing = np.flatnonzero(instance.candidates.consent)
    rows_by = grouped(instance.candidates.unit_group[willing])
    found = Nearest.blank(len(columns))
    for (wanted,), places in grouped(demands.unit_group[columns]).items():
        trained = [(held,) for held, asked in near.links if asked == wanted]
        rows = willing[together(rows_by, trained)]
        if len(rows):
            _against(instance, terms, near, rows, columns, places, found)
    return found


def _against(instance, terms, near, rows, columns, places, found):
    """Fill in openings that share a unit group, a few at a time against all their people."""
    step = max(1, len(places) // sum(1 for _ in slices(instance, rows, columns[places])))
    for start in range(0, len(places), step):
        piece = places[start : start + step]
        failed, points = grade(instance, terms, near, rows, columns[piece])
        found.put(piece, np.ascontiguousarray(failed.T), np.ascontiguousarray(points.T), rows)
