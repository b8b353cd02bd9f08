"""The instance: two ways in, one form; its hash; what is refused."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.instance import input_hash, packed
from matching.engine.intake.build import from_columns
from matching.engine.intake.columns import CandidateColumns, OpeningColumns
from matching.engine.intake.rows import from_rows
from matching.engine.model import Language, Skill, Track
from matching.engine.run import run

from .builders import TONIGHT, demand, nights, person, quick, terms


def person_columns(**changes):
    """Two people as arrays."""
    given_columns = {
        "keys": np.array([8, 3]),
        "away": np.array([True, False]),
        "country": np.array(["DE", "XK"]),
        "unit_group": np.array([7112, 7112]),
        "occupation": [10, None],
        "region": [None, None],
        "birth_date": np.array(["2000-01-01", "NaT"], "datetime64[D]"),
        "available_from": np.array(["2026-11-22", "2026-12-24"], "datetime64[D]"),
        "consent": np.array([True, True]),
        "skill_owner": np.array([3, 8, 8]),
        "skill": np.array([5, 6, 5]),
        "skill_level": np.array([1, 2, 3]),
        "skill_evidenced": np.array([True, False, True]),
        "language_owner": np.array([8]),
        "language": np.array(["de"]),
        "language_rank": np.array([3]),
        "language_expires_on": np.array(["2027-05-01"], "datetime64[D]"),
    }
    return CandidateColumns(**{**given_columns, **changes})


def demand_columns(**changes):
    """One demand as lists."""
    given_columns = {
        "keys": [4],
        "country": ["DE"],
        "unit_group": [7112],
        "occupation": [10],
        "region": [None],
        "posts": [2],
        "starts_from": [TONIGHT],
        "starts_until": [None],
        "minimum_age": [None],
        "employer": ["acme"],
        "employer_verified": [True],
        "skill_owner": [4],
        "skill": [6],
        "skill_level": [2],
        "skill_essential": [True],
        "language_owner": [],
        "language": [],
        "language_rank": [],
    }
    return OpeningColumns(**{**given_columns, **changes})


def test_columns_and_rows_give_the_same_instance():
    people = [
        person(
            8,
            skills={6: Skill(2, False), 5: Skill(3, True)},
            languages={"de": Language(3, date(2027, 5, 1))},
        ),
        person(
            3,
            track=Track.HOME,
            country="XK",
            occupation=None,
            birth_date=None,
            available_from=date(2026, 12, 24),
            skills={5: Skill(1, True)},
        ),
    ]
    wanted = demand(4, posts=2, starts_until=None, employer="acme", essential={6: 2})
    by_rows = from_rows(people, [wanted])
    by_columns = from_columns(person_columns(), demand_columns())
    assert input_hash(by_rows, terms()) == input_hash(by_columns, terms())
    assert by_columns.candidates.keys.tolist() == [3, 8]
    assert by_columns.candidates.skill_offsets.tolist() == [0, 1, 3]
    assert by_columns.vocabulary.skills[by_columns.candidates.skills].tolist() == [5, 5, 6]
    assert by_columns.candidates.levels.tolist() == [1, 3, 2]
    assert by_columns.openings.posts.tolist() == [2]


def test_packed_gives_the_entries_of_the_rows_asked_for():
    entries, counts = packed(np.array([0, 2, 2, 5]), np.array([2, 1, 0]))
    assert entries.tolist() == [2, 3, 4, 0, 1]
    assert counts.tolist() == [3, 0, 2]


@pytest.mark.parametrize(
    ("people", "demands", "message"),
    [
        ({"keys": np.array([3, 3])}, {}, "two candidates have the same key"),
        ({"skill_level": np.array([0, 2, 3])}, {}, "skill level must lie between 1 and 4"),
        ({"language_rank": np.array([7])}, {}, "CEFR rank must lie between 1 and 6"),
        ({"skill_owner": np.array([3, 8, 9])}, {}, "names an owner that is not among the keys"),
        ({"skill_owner": np.array(["3", "8", "8"])}, {}, "owners and keys are of different kinds"),
        ({"skill": np.array([5, 6, 6])}, {}, "the same skill or language twice"),
        ({"available_from": [None, TONIGHT]}, {}, "available_from must be a date"),
        ({}, {"posts": [-1]}, "posts must lie between 0 and"),
        ({}, {"minimum_age": [121]}, "minimum age must lie between 0 and 120"),
        ({}, {"skill": ["brick"]}, "skills are given both as integers and as strings"),
    ],
)
def test_columns_that_cannot_be_are_refused(people, demands, message):
    with pytest.raises(ValueError, match=message):
        from_columns(person_columns(**people), demand_columns(**demands))


@quick
@given(nights(), st.randoms(use_true_random=False))
def test_hash_does_not_depend_on_the_order_of_input(night, random):
    people, demands, given_terms = night
    shuffled = [
        replace(each, skills=dict(random.sample(sorted(each.skills.items()), len(each.skills))))
        for each in random.sample(people, len(people))
    ]
    openings = random.sample(demands, len(demands))
    there = input_hash(from_rows(people, demands), given_terms)
    assert input_hash(from_rows(shuffled, openings), given_terms) == there


@pytest.mark.parametrize(
    ("someone", "opening", "changes"),
    [
        ({"consent": False}, {}, {}),
        ({"occupation": 11}, {}, {}),
        ({"skills": {1: Skill(1, True)}}, {}, {}),
        ({}, {"posts": 2}, {}),
        ({}, {"employer": 2}, {}),
        ({}, {"starts_until": None}, {}),
        ({}, {}, {"seed": 1}),
        ({}, {}, {"declined": frozenset({(1, 1)})}),
        ({}, {}, {"away_cap": 0}),
        ({}, {}, {"near_groups": {(7112, 7115): 0.5}}),
    ],
)
def test_hash_changes_with_whatever_changes(someone, opening, changes):
    plain = input_hash(from_rows([person()], [demand()]), terms())
    assert (
        input_hash(from_rows([person(**someone)], [demand(**opening)]), terms(**changes)) != plain
    )


def test_hash_is_the_same_in_another_process():
    """Pinned: a change here makes every stored run unrepeatable and needs a new engine version."""
    instance = from_columns(person_columns(), demand_columns())
    assert input_hash(instance, terms()) == (
        "4c051725bf8aecc8f949d2f2791a12084c1b868e56e09c1872e0ac6c79c10dfd"
    )


def test_empty_night_runs():
    found = run(from_rows([], []), terms())
    assert (found.placements, found.points, found.certificate.holds) == (0, 0, True)
    assert [*found.proposals(), *found.unplaced(), *found.unfilled()] == []


def test_string_keys_of_different_lengths_stay_apart():
    people = [person("a-long-key", skills={1: Skill(1, True)}), person("a", skills={})]
    found = run(from_rows(people, [demand("x", essential={1: 1})]), terms())
    assert [(each.candidate, each.opening) for each in found.proposals()] == [("a-long-key", "x")]


def test_engine_imports_no_framework_and_no_other_app():
    program = (
        "import sys, matching.engine.run, matching.engine.gap, matching.engine.intake.rows\n"
        "foreign = {'django', 'gsp', 'catalogue', 'training', 'trainees', 'employers'}\n"
        "print(sorted(foreign & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
