"""Who loses to whom: chains of moves from those left over to what is left over.

A person without a proposal who could be placed if others moved up along eligible pairs is held
back by a track cap alone, since otherwise more could have been placed. A person for whom no such
chain exists competes in a part of the graph where every post is taken; an opening, in a part
where every person is placed: the over-demanded part of the Dulmage-Mendelsohn decomposition.
"""

import numpy as np

from matching.engine.instance import NONE


def spare_posts(instance, assignment):
    """How many posts of each opening stay empty."""
    taken = assignment.opening_of[assignment.opening_of != NONE]
    return instance.openings.posts - np.bincount(taken, minlength=len(instance.openings))


def people_in_reach(instance, pairs, assignment):
    """Which people a chain of moves would place if no cap stood in the way."""
    placed = assignment.opening_of != NONE
    reached = np.zeros(len(placed), bool)
    gives = spare_posts(instance, assignment) > 0
    many = -1
    while many != (many := int(gives.sum())):
        reached[pairs.candidate[gives[pairs.opening]]] = True
        gives[assignment.opening_of[reached & placed]] = True
    return reached


def openings_in_reach(instance, pairs, assignment):
    """Which openings a chain of moves would fill with someone now without a proposal."""
    placed = assignment.opening_of != NONE
    moves = ~placed
    reached = np.zeros(len(instance.openings), bool)
    many = -1
    while many != (many := int(moves.sum())):
        reached[pairs.opening[moves[pairs.candidate]]] = True
        moves[placed] = reached[assignment.opening_of[placed]]
    return reached
