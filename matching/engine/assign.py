"""The assignment: most placements first, best total fit second, lot third; exact.

    max Σ x_co·(B + points_co)   over eligible pairs (c, o), x ∈ {0, 1}
    Σ_o x_co ≤ 1,   Σ_c x_co ≤ posts_o,   Σ_{c on track t} Σ_o x_co ≤ cap_t

with B larger than all points that can be won together. It is a min-cost flow (source → track →
candidate → opening → sink) and so has an integral optimum. Pairs that share neither candidate,
opening nor a binding cap are solved apart: connected parts of the graph of pairs.

Ties: each pair has a lot, a pseudo-random number made from the seed and the two keys, and among
the optima the least sum of lots wins. The lot depends on nothing but the pair, so neither the
order of the input nor the solver decides. See `docs/matching.md` for how seldom lots can tie.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from .instance import NONE
from .lots import lots
from .model import FULL

COST_BITS = 60
"""The solver scales costs by its number of nodes and needs them to stay in 63 bits."""

MOST_LOT_BITS = 30


@dataclass(frozen=True, eq=False)
class Assignment:
    """Which pair was chosen: its position in the pairs, and the opening, of each candidate."""

    pair_of: np.ndarray  # NONE where not placed
    opening_of: np.ndarray

    @property
    def chosen(self):
        """Positions of the chosen pairs, by candidate."""
        return self.pair_of[self.pair_of != NONE]


def solve(instance, pairs, terms):
    """The optimal `Assignment` of `pairs` under posts and track caps."""
    chosen = np.zeros(len(pairs), bool)
    caps = binding_caps(instance, pairs, terms)
    draws = lots(instance, pairs, terms.seed)
    for part in connected(instance, pairs, caps):
        chosen[part] = _solve_part(instance, pairs, part, caps, draws[part])
    pair_of = np.full(len(instance.candidates), NONE, np.int32)
    pair_of[pairs.candidate[chosen]] = np.flatnonzero(chosen)
    opening_of = np.full(len(pair_of), NONE, np.int32)
    opening_of[pairs.candidate[chosen]] = pairs.opening[chosen]
    return Assignment(pair_of, opening_of)


def binding_caps(instance, pairs, terms):
    """Caps of the home and away track that could bind tonight; None where they cannot."""
    able = np.unique(pairs.candidate)
    away = int(instance.candidates.away[able].sum())
    most = (len(able) - away, away)
    return [
        None if cap is None or cap >= many else max(0, cap)
        for cap, many in zip(terms.caps(), most, strict=True)
    ]


def connected(instance, pairs, caps):
    """Yield the positions of the pairs of each connected part.

    Candidates of a track whose cap may bind are all connected.
    """
    if not len(pairs):
        return
    people = len(instance.candidates)
    heads, tails = pairs.candidate, pairs.opening + people
    for away, cap in enumerate(caps):
        if cap is not None:
            members = np.flatnonzero(instance.candidates.away == bool(away))
            heads = np.concatenate([heads, members])
            tails = np.concatenate([tails, np.full(len(members), members[0])])
    label = _components(people + len(instance.openings), heads, tails)[pairs.opening + people]
    order = np.argsort(label, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(label[order])) + 1)


def _components(nodes, heads, tails):
    """The least node of each node's connected component."""
    label = np.arange(nodes)
    while True:
        least = np.minimum(label[heads], label[tails])
        before = label.copy()
        np.minimum.at(label, before[heads], least)
        np.minimum.at(label, before[tails], least)
        label = label[label]
        if np.array_equal(label, before):
            return label


def _solve_part(instance, pairs, part, caps, draws):
    """Which pairs of one connected part are chosen, as a mask over `part`."""
    people, at = np.unique(pairs.candidate[part], return_inverse=True)
    demands, to = np.unique(pairs.opening[part], return_inverse=True)
    posts = np.minimum(instance.openings.posts[demands], len(people))
    away = instance.candidates.away[people].astype(np.int64)
    flow = SimpleMinCostFlow()
    source, sink, tracks, first = 0, 1, 2, 4
    seats = [len(people) if cap is None else cap for cap in caps]
    nodes = first + len(people) + len(demands)
    costs = _costs(pairs.points[part], draws, min(len(people), int(posts.sum())), nodes)
    person, demand = first + np.arange(len(people)), first + len(people) + np.arange(len(demands))
    arcs = flow.add_arcs_with_capacity_and_unit_cost
    arcs(person[at], demand[to], np.ones_like(at), costs)
    arcs(tracks + away, person, np.ones_like(person), np.zeros_like(person))
    arcs(demand, np.full_like(demand, sink), posts, np.zeros_like(demand))
    arcs([source, source], [tracks, tracks + 1], seats, [0, 0])
    flow.set_node_supply(source, len(people))
    flow.set_node_supply(sink, -len(people))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"min-cost flow ended as {status.name}")
    return flow.flows(np.arange(len(part))) > 0


def _costs(points, draws, most, nodes):
    """Arc costs: points first, then the lot, in as many bits as the solver has room for."""
    taken = (FULL * most).bit_length() + nodes.bit_length()
    bits = max(0, min(MOST_LOT_BITS, COST_BITS - taken))
    lot = (draws >> np.uint64(64 - bits)).astype(np.int64) if bits else 0
    return -points.astype(np.int64) * (most << bits) + lot
