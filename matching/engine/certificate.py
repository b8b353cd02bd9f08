"""The proof that an assignment is optimal: prices that account for all that it wins.

By linear-programming duality, any prices u ≥ 0 (people), v ≥ 0 (posts), z ≥ 0 (track caps) with

    u_c + v_o + z_track(c) ≥ B + points_co        for every eligible pair (feasible)

bound every assignment from above by Σu + Σ posts·v + Σ cap·z. If an assignment reaches the
bound, none is better, and complementary slackness holds. The prices are found by shortest paths
in the residual network of the assignment (Bellman-Ford), and then checked on their own: the
check does not trust the way they were found, nor the solver.

A price counts in units of the objective: ⌊price / B⌋ placements, and the rest points.
"""

from dataclasses import dataclass

import numpy as np

from .assign import binding_caps
from .instance import NONE
from .model import FULL


@dataclass(frozen=True, eq=False)
class Certificate:
    """Prices, and what they prove. `value` is reached, `bound` cannot be passed."""

    placement: int  # B: what one placement counts, in points
    value: int
    bound: int
    feasible: bool  # posts, caps and one opening a person are kept, and prices cover each pair
    people: np.ndarray
    posts: np.ndarray
    tracks: np.ndarray

    @property
    def holds(self):
        """Whether the assignment is proven optimal."""
        return self.feasible and self.value == self.bound


def certify(instance, pairs, terms, assignment):
    """The `Certificate` of an assignment; `holds` is False where it is not optimal."""
    caps = binding_caps(instance, pairs, terms)
    posts = instance.openings.posts
    most = min(len(instance.candidates), int(posts.sum()))
    placement = FULL * most + 1
    worth = placement + pairs.points.astype(np.int64)
    people, demands, tracks = _prices(instance, pairs, worth, assignment, caps)
    away = instance.candidates.away.astype(np.int64)
    paid = people[pairs.candidate] + demands[pairs.opening] + tracks[away[pairs.candidate]]
    limits = sum(int(price) * cap for price, cap in zip(tracks, caps, strict=True) if cap)
    prices = np.concatenate([people, demands, tracks])
    return Certificate(
        placement=placement,
        value=int(worth[assignment.chosen].sum()),
        bound=int(people.sum()) + int((posts * demands).sum()) + limits,
        feasible=_kept(instance, pairs, caps, assignment)
        and bool(np.all(paid >= worth))
        and bool(np.all(prices >= 0)),
        people=people,
        posts=demands,
        tracks=tracks,
    )


def _kept(instance, pairs, caps, assignment):
    """Whether the assignment names its pairs rightly and stays within posts and caps."""
    chosen = assignment.chosen
    placed = np.flatnonzero(assignment.pair_of != NONE)
    named = np.array_equal(pairs.candidate[chosen], placed) and np.array_equal(
        pairs.opening[chosen], assignment.opening_of[placed]
    )
    taken = np.bincount(pairs.opening[chosen], minlength=len(instance.openings))
    away = int(instance.candidates.away[placed].sum())
    used = (len(placed) - away, away)
    within = all(cap is None or many <= cap for cap, many in zip(caps, used, strict=True))
    return named and within and bool(np.all(taken <= instance.openings.posts))


def _prices(instance, pairs, worth, assignment, caps):
    """Prices of people, posts and track caps from potentials of the residual network.

    The network is a circulation: source → track → person → opening → sink → source. Distances
    start at 0 everywhere and only fall; where no cycle is negative they settle after at most as
    many rounds as there are nodes.
    """
    network = _Residual(instance, pairs, worth, assignment, caps)
    for _ in range(network.nodes):
        if not network.relax():
            break
    away = instance.candidates.away.astype(np.int64)
    people = np.maximum(0, network.person - network.track[away])
    demands = np.maximum(0, network.sink - network.opening)
    free = np.array([cap is None for cap in caps])
    tracks = np.where(free, 0, np.maximum(0, network.track - network.source))
    return people, demands, tracks


class _Residual:
    """Distances in the residual network, relaxed one round at a time."""

    def __init__(self, instance, pairs, worth, assignment, caps):
        people, demands = instance.candidates, instance.openings
        self.person = np.zeros(len(people), np.int64)
        self.opening = np.zeros(len(demands), np.int64)
        self.track, self.source, self.sink = np.zeros(2, np.int64), 0, 0
        self.nodes = len(people) + len(demands) + 4
        self.pairs, self.worth = pairs, worth
        self.asked, self.starts = np.unique(pairs.opening, return_index=True)
        self.away = people.away.astype(np.int64)
        self.placed = np.flatnonzero(assignment.pair_of != NONE)
        self.taken = assignment.opening_of[self.placed]
        self.won = worth[assignment.pair_of[self.placed]]
        filled = np.bincount(self.taken, minlength=len(demands))
        self.spare, self.filled = filled < demands.posts, filled > 0
        self.used = np.bincount(self.away[self.placed], minlength=2)
        self.room = [c is None or u < c for c, u in zip(caps, self.used, strict=True)]

    def relax(self):
        """Shorten distances along every residual arc once; whether any became shorter."""
        before = self._sum()
        if len(self.pairs):
            reach = self.person[self.pairs.candidate] - self.worth
            nearest = np.minimum.reduceat(reach, self.starts)
            self.opening[self.asked] = np.minimum(self.opening[self.asked], nearest)
        self.sink = min(self.sink, self._least(self.opening[self.spare]))
        self.opening[self.filled] = np.minimum(self.opening[self.filled], self.sink)
        self.source = min(self.source, self.sink)
        if len(self.placed):
            self.sink = self.source
        back = self.opening[self.taken] + self.won
        self.person[self.placed] = np.minimum(self.person[self.placed], back)
        self._relax_tracks()
        return self._sum() != before

    def _relax_tracks(self):
        """Relax between source, tracks and people."""
        for side in (0, 1):
            mine = self.away == side
            taken = self.placed[mine[self.placed]]
            if self.room[side]:
                self.track[side] = min(self.track[side], self.source)
            self.track[side] = min(self.track[side], self._least(self.person[taken]))
            if self.used[side]:
                self.source = min(self.source, int(self.track[side]))
            mine[taken] = False
            self.person[mine] = np.minimum(self.person[mine], self.track[side])

    def _least(self, distances):
        """The least distance, or 0, from which all start."""
        return int(distances.min(initial=0))

    def _sum(self):
        """All distances added up; falls whenever one falls."""
        parts = (self.person, self.opening, self.track)
        return sum(int(part.sum()) for part in parts) + self.source + self.sink
