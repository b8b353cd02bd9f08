"""Why each proposal: skills, gates passed, and the next best on both sides, in key order."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.engine.instance import date_of
from matching.engine.model import Gate, Key, Track

from .pair import SkillReport, skill_reports, start_of

CHUNK = 20_000
"""How many pairs are put in words at once."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """The next best on one side: its key and the points of that pair."""

    key: Key
    points: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One chosen pair and what speaks for and against it.

    `next_opening` is the person's best other opening, `next_candidate` the opening's best
    person not chosen for it; both are eligible pairs, free or not.
    """

    candidate: Key
    opening: Key
    track: Track
    points: int
    starts_on: date
    gates: tuple[Gate, ...]
    skills: SkillReport
    next_opening: Alternative | None
    next_candidate: Alternative | None


def track_of(instance, row):
    """The track of a candidate."""
    return Track.AWAY if instance.candidates.away[row] else Track.HOME


def proposals(instance, terms, pairs, assignment):
    """Yield a `Proposal` for every chosen pair, by candidate key."""
    people, demands = instance.candidates.keys, instance.openings.keys
    other_opening = _next_best(pairs, assignment, pairs.candidate, pairs.opening, demands)
    other_person = _next_best(pairs, assignment, pairs.opening, pairs.candidate, people)
    gates = tuple(Gate)
    for start in range(0, len(assignment.chosen), CHUNK):
        chosen = assignment.chosen[start : start + CHUNK]
        rows, columns = pairs.candidate[chosen], pairs.opening[chosen]
        reports = skill_reports(instance, rows, columns)
        for pair, row, column, report in zip(chosen, rows, columns, reports, strict=True):
            yield Proposal(
                candidate=people[row].item(),
                opening=demands[column].item(),
                track=track_of(instance, row),
                points=int(pairs.points[pair]),
                starts_on=date_of(start_of(instance, terms, row, column)),
                gates=gates,
                skills=report,
                next_opening=other_opening.get(row),
                next_candidate=other_person.get(column),
            )


def _next_best(pairs, assignment, owners, others, keys):
    """The best pair not chosen of each owner, as Alternatives; the lower key wins ties."""
    rank = (pairs.points.astype(np.int64) << 32) + (len(keys) - 1 - others)
    rank[assignment.chosen] = -1
    best = np.full(int(owners.max(initial=-1)) + 1, -1, np.int64)
    np.maximum.at(best, owners, rank)
    known = np.flatnonzero(best >= 0)
    points = (best[known] >> 32).tolist()
    names = keys[len(keys) - 1 - (best[known] & 0xFFFFFFFF)].tolist()
    return {
        owner: Alternative(name, count)
        for owner, name, count in zip(known.tolist(), names, points, strict=True)
    }
