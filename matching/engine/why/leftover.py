"""Why not: each person without a proposal and each opening with posts left, in key order."""

from dataclasses import dataclass

import numpy as np

from matching.engine.instance import NONE
from matching.engine.model import Code, Gate, Key, Reason, Track, gates_in

from . import competition, nearest
from .pair import Shortfall, SkillReport, shortfalls, skill_reports
from .proposed import CHUNK, track_of


@dataclass(frozen=True, slots=True)
class NearOther:
    """An opening near a person, or a person near an opening, and what stands between them.

    `taken` where the opening is full, or the person has a proposal.
    """

    key: Key
    points: int
    shortfalls: tuple[Shortfall, ...]
    skills: SkillReport
    taken: bool


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A person without a proposal; `gate` is the first in the way where the reason is GATE."""

    candidate: Key
    track: Track
    reason: Reason
    gate: Gate | None
    nearest: tuple[NearOther, ...]


@dataclass(frozen=True, slots=True)
class Unfilled:
    """An opening with posts left; `gate` is the first in the way where the reason is GATE."""

    opening: Key
    country: Code
    posts_left: int
    reason: Reason
    gate: Gate | None
    nearest: tuple[NearOther, ...]


def unplaced(instance, terms, pairs, assignment):
    """Yield an `Unplaced` for every candidate without a proposal, by key."""
    people = instance.candidates
    rows = np.flatnonzero(assignment.opening_of == NONE)
    near = nearest.to_candidates(instance, terms, rows)
    full = competition.spare_posts(instance, assignment) == 0
    held_back = competition.people_in_reach(instance, pairs, assignment)[rows]
    reasons = _reasons(near, held_back, Reason.NO_OPENING_IN_OCCUPATION)
    for position, others in enumerate(_openings_near(instance, terms, near, rows, full)):
        row = rows[position]
        reason = reasons[position] if people.consent[row] else Reason.NO_CONSENT
        yield Unplaced(
            candidate=people.keys[row].item(),
            track=track_of(instance, row),
            reason=reason,
            gate=_first_gate(near, position, reason),
            nearest=others,
        )


def unfilled(instance, terms, pairs, assignment):
    """Yield an `Unfilled` for every opening with posts left, by key."""
    demands, countries = instance.openings, instance.vocabulary.countries
    left = competition.spare_posts(instance, assignment)
    columns = np.flatnonzero(left > 0)
    near = nearest.to_openings(instance, terms, columns)
    placed = assignment.opening_of != NONE
    held_back = competition.openings_in_reach(instance, pairs, assignment)[columns]
    reasons = _reasons(near, held_back, Reason.NO_CANDIDATE_IN_OCCUPATION)
    for position, others in enumerate(_people_near(instance, terms, near, columns, placed)):
        column = columns[position]
        yield Unfilled(
            opening=demands.keys[column].item(),
            country=countries[demands.country[column]].item(),
            posts_left=int(left[column]),
            reason=reasons[position],
            gate=_first_gate(near, position, reasons[position]),
            nearest=others,
        )


def _reasons(near, held_back, nobody):
    """The reason of each of those left over; `nobody` where none came into question."""
    found = []
    for related, eligible, capped in zip(near.related, near.eligible, held_back, strict=True):
        if not related:
            found.append(nobody)
        elif not eligible:
            found.append(Reason.GATE)
        else:
            found.append(Reason.TRACK_CAP if capped else Reason.OUTCOMPETED)
    return found


def _first_gate(near, position, reason):
    """The first gate that the nearest other fails, where a gate is the reason."""
    return gates_in(int(near.failed[position, 0]))[0] if reason == Reason.GATE else None


def _openings_near(instance, terms, near, rows, full):
    """Yield the openings near each of `rows`, as tuples of `NearOther`."""
    keys = instance.openings.keys
    for at, counts in _pieces(near):
        own, others = np.repeat(rows[at], counts), near.other[at][near.other[at] != NONE]
        yield from _in_words(instance, terms, near, at, (own, others), (keys, others, full))


def _people_near(instance, terms, near, columns, placed):
    """Yield the people near each of `columns`, as tuples of `NearOther`."""
    keys = instance.candidates.keys
    for at, counts in _pieces(near):
        own, others = np.repeat(columns[at], counts), near.other[at][near.other[at] != NONE]
        yield from _in_words(instance, terms, near, at, (others, own), (keys, others, placed))


def _pieces(near):
    """Yield slices of those left over, with how many near others each has."""
    for start in range(0, len(near.other), CHUNK):
        at = slice(start, start + CHUNK)
        yield at, (near.other[at] != NONE).sum(axis=1)


def _in_words(instance, terms, near, at, pair, other):
    """Yield the near others of one slice; `other` is their keys, positions and whether taken."""
    keys, positions, taken = other
    known = near.other[at] != NONE
    reports = skill_reports(instance, *pair)
    lines = zip(
        *(part.tolist() for part in (*pair, near.failed[at][known], near.points[at][known])),
        keys[positions].tolist(),
        taken[positions].tolist(),
        reports,
        strict=True,
    )
    worded = (
        NearOther(
            key=key,
            points=points,
            shortfalls=shortfalls(instance, terms, row, column, mask, points),
            skills=report,
            taken=occupied,
        )
        for row, column, mask, points, key, occupied, report in lines
    )
    for count in known.sum(axis=1).tolist():
        yield tuple(next(worded) for _ in range(count))
