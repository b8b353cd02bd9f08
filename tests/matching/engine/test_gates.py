"""Gates: exact examples at their edges, and agreement with the plain rules."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given

from matching.engine.gates import of_age
from matching.engine.instance import day_of
from matching.engine.intake.rows import from_rows
from matching.engine.model import Gate, Language, Skill, gates_in
from matching.engine.near import Near
from matching.engine.pairs import eligible, grade

from . import reference
from .builders import TONIGHT, demand, nights, person, quick, terms


def failed(someone, opening, **changes):
    """The gates one pair fails."""
    instance, given_terms = from_rows([someone], [opening]), terms(**changes)
    one = np.array([0])
    masks, _ = grade(instance, given_terms, Near(instance, given_terms), one, one)
    return gates_in(int(masks[0, 0]))


A_MONTH_AGO = TONIGHT - timedelta(days=30)
IN_A_MONTH = TONIGHT + timedelta(days=30)
GERMAN = {"languages": {"de": 3}}


@pytest.mark.parametrize(
    ("someone", "opening", "gates"),
    [
        ({}, {}, ()),
        ({"consent": False}, {}, (Gate.CONSENT,)),
        ({}, {"employer_verified": False}, (Gate.EMPLOYER,)),
        ({"country": "XK"}, {}, (Gate.TRACK,)),
        ({"unit_group": 7115}, {}, (Gate.OCCUPATION,)),
        ({"region": "north"}, {"region": "south"}, (Gate.REGION,)),
        ({"region": "north"}, {"region": "north"}, ()),
        ({"region": "north"}, {}, ()),
        ({"birth_date": None}, {}, (Gate.AGE,)),
        ({"birth_date": date(2008, 11, 22)}, {}, ()),
        ({"birth_date": date(2008, 11, 23)}, {}, (Gate.AGE,)),
        ({"birth_date": date(2008, 11, 23)}, {"starts_from": IN_A_MONTH}, ()),
        ({"birth_date": date(2006, 1, 1)}, {"minimum_age": 21}, (Gate.AGE,)),
        ({"birth_date": date(2009, 11, 22)}, {"minimum_age": 16}, (Gate.AGE,)),
        ({"available_from": IN_A_MONTH}, {"starts_until": IN_A_MONTH}, ()),
        ({"available_from": IN_A_MONTH}, {"starts_until": TONIGHT}, (Gate.AVAILABILITY,)),
        ({"available_from": IN_A_MONTH}, {"starts_until": None}, ()),
        ({}, {"starts_until": TONIGHT - timedelta(days=1)}, (Gate.AVAILABILITY,)),
        (
            {"available_from": A_MONTH_AGO},
            {"starts_from": A_MONTH_AGO, "starts_until": TONIGHT - timedelta(days=1)},
            (Gate.AVAILABILITY,),
        ),
        ({}, GERMAN, (Gate.LANGUAGE,)),
        ({"languages": {"de": Language(2)}}, GERMAN, (Gate.LANGUAGE,)),
        ({"languages": {"de": Language(3)}}, GERMAN, ()),
        ({"languages": {"de": Language(3, TONIGHT)}}, GERMAN, ()),
        (
            {"languages": {"de": Language(3, TONIGHT)}},
            {**GERMAN, "starts_from": IN_A_MONTH, "starts_until": None},
            (Gate.LANGUAGE_EXPIRY,),
        ),
        ({}, {"essential": {1: 2}}, (Gate.FIT,)),
        ({"skills": {1: Skill(2, True)}}, {"essential": {1: 2}}, ()),
        ({"consent": False, "country": "XK"}, GERMAN, (Gate.CONSENT, Gate.TRACK, Gate.LANGUAGE)),
    ],
)
def test_gate_fails_exactly_where_it_should(someone, opening, gates):
    assert failed(person(**someone), demand(**opening)) == gates


def test_near_unit_group_passes_in_the_direction_given_and_from_the_least_similarity_on():
    plasterer, bricklayer = person(unit_group=7123), person()
    near = {(7123, 7112): 0.5}
    assert failed(plasterer, demand(), near_groups=near) == ()
    assert failed(plasterer, demand(), near_groups={(7123, 7112): 0.49}) == (Gate.OCCUPATION,)
    wanted = demand(unit_group=7123)
    assert failed(bricklayer, wanted, near_groups=near) == (Gate.OCCUPATION,)


def test_near_occupation_passes_across_unit_groups():
    tiler = person(unit_group=7122, occupation=20)
    assert failed(tiler, demand(), near_occupations={(20, 10): 0.7}) == ()
    assert failed(tiler, demand(), near_occupations={(21, 10): 0.7}) == (Gate.OCCUPATION,)


def test_of_age_turns_on_the_first_of_march_when_born_on_a_leap_day():
    births = np.array([day_of(date(2008, 2, 29)), day_of(date(2008, 12, 31))])
    assert of_age(births, 18).tolist() == [day_of(date(2026, 3, 1)), day_of(date(2026, 12, 31))]
    assert of_age(births, 20).tolist() == [day_of(date(2028, 2, 29)), day_of(date(2028, 12, 31))]


@quick
@given(nights())
def test_gates_and_points_agree_with_the_plain_rules(night):
    people, demands, given_terms = night
    instance = from_rows(people, demands)
    rows, columns = np.arange(len(people)), np.arange(len(demands))
    masks, points = grade(instance, given_terms, Near(instance, given_terms), rows, columns)
    for row, someone in enumerate(people):
        for column, opening in enumerate(demands):
            wanted = reference.failed_gates(someone, opening, given_terms)
            assert list(gates_in(int(masks[row, column]))) == wanted
            assert points[row, column] == reference.points(someone, opening, given_terms)


@quick
@given(nights())
def test_eligible_pairs_are_those_that_fail_no_gate_and_have_posts(night):
    people, demands, given_terms = night
    pairs = eligible(from_rows(people, demands), given_terms)
    found = list(zip(pairs.opening.tolist(), pairs.candidate.tolist(), strict=True))
    assert found == [
        (column, row)
        for column, opening in enumerate(demands)
        for row, someone in enumerate(people)
        if opening.posts and not reference.failed_gates(someone, opening, given_terms)
    ]
