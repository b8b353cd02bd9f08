"""Fit: hand-computed points."""

import numpy as np
import pytest

from matching.engine.fit import points
from matching.engine.intake.rows import from_rows
from matching.engine.model import Skill

from .builders import demand, person, terms


def fit(skills, essential=(), optional=(), **changes):
    """Points of one pair."""
    someone = person(skills=skills)
    opening = demand(essential=dict(essential), optional=dict(optional))
    instance, one = from_rows([someone], [opening]), np.array([0])
    return int(points(instance, terms(**changes), one, one)[0, 0])


SHOWN, CLAIMED = True, False


@pytest.mark.parametrize(
    ("skills", "essential", "optional", "expected"),
    [
        ({1: Skill(2, SHOWN)}, {1: 2}, {}, 1000),
        ({1: Skill(4, SHOWN)}, {1: 2}, {}, 1000),
        ({1: Skill(2, CLAIMED)}, {1: 2}, {}, 800),
        ({1: Skill(1, SHOWN)}, {1: 4}, {}, 125),  # 0.5 · 1/4
        ({1: Skill(3, CLAIMED)}, {1: 4}, {}, 300),  # 0.8 · 0.5 · 3/4
        ({}, {1: 1}, {}, 0),
        ({1: Skill(1, SHOWN)}, {1: 1}, {2: 1}, 800),  # 1 / 1.25
        ({2: Skill(1, SHOWN)}, {1: 1}, {2: 1}, 200),  # 0.25 / 1.25
        ({2: Skill(1, SHOWN)}, {}, {2: 1}, 1000),
        ({1: Skill(1, SHOWN), 2: Skill(1, SHOWN)}, {1: 1, 2: 1, 3: 1}, {}, 666),  # down from 2/3
        ({1: Skill(1, SHOWN), 9: Skill(4, SHOWN)}, {1: 1}, {1: 4}, 1000),  # essential wins
    ],
)
def test_points(skills, essential, optional, expected):
    assert fit(skills, essential, optional) == expected


def test_points_of_the_worked_example_in_the_documentation():
    held = {1: Skill(2, SHOWN), 2: Skill(2, SHOWN), 3: Skill(1, CLAIMED)}
    # (1 + 0.333 + 0.25 · 0.8) / 2.25 = 0.68133…
    assert fit(held, essential={1: 2, 2: 3}, optional={3: 1}) == 681


def test_opening_without_skills_gets_the_unlisted_fit():
    assert fit({1: Skill(4, SHOWN)}) == 500
    assert fit({1: Skill(4, SHOWN)}, unlisted_fit=0.57) == 570


def test_weights_and_factors_of_the_terms_count():
    held = {1: Skill(1, CLAIMED)}
    assert fit(held, {1: 1, 2: 1}, claimed_factor=1) == 500
    assert fit(held, {1: 2}, shortfall_factor=1, claimed_factor=1) == 500
    assert fit(held, {2: 1}, {1: 1}, optional_weight=1, claimed_factor=1) == 500


@pytest.mark.parametrize(
    "changes", [{"claimed_factor": 1.1}, {"least_fit": -0.1}, {"optional_weight": -1}]
)
def test_terms_out_of_bounds_are_refused(changes):
    with pytest.raises(ValueError, match="must"):
        terms(**changes)
