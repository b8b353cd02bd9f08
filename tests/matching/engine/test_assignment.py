"""Assignment and its certificate: hand examples, brute force, laws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import run as night_run
from matching.engine.assign import Assignment, binding_caps, connected, solve
from matching.engine.certificate import certify
from matching.engine.instance import NONE
from matching.engine.intake.rows import from_rows
from matching.engine.model import Skill, Track
from matching.engine.pairs import eligible

from . import reference
from .builders import crowded, demand, nights, person, quick, terms


def solved(people, demands, given_terms):
    """Instance, pairs and assignment of a night."""
    instance = from_rows(people, demands)
    pairs = eligible(instance, given_terms)
    return instance, pairs, solve(instance, pairs, given_terms)


def chosen(people, demands, given_terms):
    """The proposals as {candidate key: opening key}."""
    instance, pairs, found = solved(people, demands, given_terms)
    people_keys = instance.candidates.keys[pairs.candidate[found.chosen]].tolist()
    demand_keys = instance.openings.keys[pairs.opening[found.chosen]].tolist()
    return dict(zip(people_keys, demand_keys, strict=True))


def value(people, demands, given_terms):
    """Placements and points of the assignment."""
    _, pairs, found = solved(people, demands, given_terms)
    return len(found.chosen), int(pairs.points[found.chosen].sum())


def having(key, *skills, **changes):
    """A person who holds the skills named, with evidence."""
    return person(key, skills={skill: Skill(4, True) for skill in skills}, **changes)


def asking(key, *skills, **changes):
    """A demand for the skills named."""
    return demand(key, essential=dict.fromkeys(skills, 4), **changes)


def test_two_fair_placements_win_over_one_perfect_one():
    people = [having(1, 1, 2), having(2, 1)]
    demands = [asking(1, 1, 2), asking(2, 1, 2, 3, 4)]
    assert reference.points(people[0], demands[0], terms()) == 1000
    assert chosen(people, demands, terms()) == {1: 2, 2: 1}
    assert value(people, demands, terms()) == (2, 1000)


def test_best_total_fit_wins_over_the_best_single_pair():
    people = [having(1, 1, 2, 3, 4, 5), having(2, 1, 2, 3)]
    demands = [asking(1, 1, 2, 3, 4), asking(2, 1, 2, 3, 5, 6)]
    # straight: 1000 + 600; crossed: 800 + 750
    assert chosen(people, demands, terms()) == {1: 1, 2: 2}
    assert value(people, demands, terms()) == (2, 1600)


def test_posts_bound_an_opening_and_none_bound_a_closed_one():
    people = [having(key) for key in range(1, 6)]
    demands = [asking(1, posts=2), asking(2, posts=0)]
    assert value(people, demands, terms()) == (2, 1000)
    assert set(chosen(people, demands, terms()).values()) == {1}


@pytest.mark.parametrize(
    ("caps", "home", "away"),
    [
        ({}, 3, 3),
        ({"away_cap": 1}, 3, 1),
        ({"away_cap": 2, "away_seats": 1}, 3, 1),
        ({"away_cap": 0}, 3, 0),
        ({"away_cap": -2}, 3, 0),
        ({"home_seats": 2, "away_seats": 2}, 2, 2),
    ],
)
def test_caps_bound_each_track(caps, home, away):
    people = [having(key, country="XK", track=Track.HOME) for key in (1, 2, 3)]
    people += [having(key) for key in (4, 5, 6)]
    demands = [asking(1, country="XK", posts=9), asking(2, posts=9)]
    placed = chosen(people, demands, terms(**caps))
    assert list(placed.values()).count(1) == home
    assert list(placed.values()).count(2) == away


def test_capped_track_sends_the_people_who_fit_best():
    people = [having(1, 1), having(2, 1, 2), having(3, 1, 2, 3), having(4, 1, 2)]
    demands = [asking(1, 1, 2, 3), asking(2, 1, 2)]
    assert chosen(people, demands, terms(away_cap=1, least_fit=0.1)).keys() <= {2, 3, 4}
    assert value(people, demands, terms(away_cap=1, least_fit=0.1)) == (1, 1000)


@quick
@given(st.one_of(nights(), crowded()))
def test_assignment_is_the_best_that_brute_force_finds(night):
    assert value(*night) == reference.best(*night)


@quick
@given(st.one_of(nights(), crowded()))
def test_only_eligible_pairs_within_posts_and_caps_are_chosen(night):
    people, demands, given_terms = night
    by_person = {someone.key: someone for someone in people}
    by_demand = {opening.key: opening for opening in demands}
    placed = chosen(people, demands, given_terms)
    for key, opening in placed.items():
        assert reference.failed_gates(by_person[key], by_demand[opening], given_terms) == []
    for key, opening in by_demand.items():
        assert list(placed.values()).count(key) <= opening.posts
    for track, cap in zip(Track, given_terms.caps(), strict=True):
        many = sum(by_person[key].track == track for key in placed)
        assert cap is None or many <= max(0, cap)


@quick
@given(st.one_of(nights(), crowded()), st.randoms(use_true_random=False))
def test_order_of_input_changes_nothing(night, random):
    people, demands, given_terms = night
    shuffled = random.sample(people, len(people)), random.sample(demands, len(demands))
    assert chosen(*shuffled, given_terms) == chosen(people, demands, given_terms)


@quick
@given(st.one_of(nights(), crowded()), st.integers(0, 4))
def test_one_more_post_never_places_fewer(night, which):
    people, demands, given_terms = night
    if demands:
        which %= len(demands)
        more = [
            replace(opening, posts=opening.posts + (at == which))
            for at, opening in enumerate(demands)
        ]
        assert value(people, more, given_terms) >= value(people, demands, given_terms)


@quick
@given(st.one_of(nights(), crowded()))
def test_certificate_holds_for_every_assignment_found(night):
    instance, pairs, found = solved(*night)
    proof = certify(instance, pairs, night[2], found)
    assert proof.holds
    many, points = reference.best(*night)
    assert proof.value == proof.bound == many * proof.placement + points


def reassigned(pairs, found, positions):
    """An assignment of exactly the pairs at these positions."""
    pair_of, opening_of = np.full_like(found.pair_of, NONE), np.full_like(found.pair_of, NONE)
    pair_of[pairs.candidate[positions]] = positions
    opening_of[pairs.candidate[positions]] = pairs.opening[positions]
    return Assignment(pair_of, opening_of)


def test_certificate_refuses_fewer_placements_less_fit_and_too_many():
    people = [having(1, 1, 2), having(2, 1)]
    demands = [asking(1, 1, 2), asking(2, 1, 2, 3, 4)]
    instance, pairs, found = solved(people, demands, terms(least_fit=0.2))
    names = list(zip(pairs.candidate.tolist(), pairs.opening.tolist(), strict=True))
    straight = reassigned(pairs, found, np.array([names.index((0, 0)), names.index((1, 1))]))
    crossed = reassigned(pairs, found, np.array([names.index((0, 1)), names.index((1, 0))]))
    alone = reassigned(pairs, found, np.array([names.index((0, 0))]))
    crowd = reassigned(pairs, found, np.array([names.index((0, 0)), names.index((1, 0))]))
    verdicts = [
        certify(instance, pairs, terms(least_fit=0.2), each)
        for each in (straight, crossed, alone, crowd)
    ]
    # straight wins 1000 + 250, crossed 500 + 500
    assert [proof.holds for proof in verdicts] == [True, False, False, False]
    assert [proof.feasible for proof in verdicts][3] is False
    capped = certify(instance, pairs, terms(least_fit=0.2, away_cap=1), straight)
    assert capped.feasible is False


def test_certificate_holds_only_where_the_bound_is_reached_feasibly():
    instance, pairs, found = solved([having(1)], [asking(1)], terms())
    proof = certify(instance, pairs, terms(), found)
    assert proof.holds is True
    assert replace(proof, value=proof.value - 1).holds is False
    assert replace(proof, feasible=False).holds is False


def test_run_refuses_to_give_out_what_is_not_proven(monkeypatch):
    nothing = np.full(1, NONE, np.int32)
    monkeypatch.setattr(night_run, "solve", lambda *_: Assignment(nothing, nothing))
    with pytest.raises(ArithmeticError, match="could not be proven optimal"):
        night_run.run(from_rows([having(1)], [asking(1)]), terms())


def test_prices_tell_what_one_more_post_or_person_is_worth():
    people = [having(1, 1), having(2, 1), having(3, 1)]
    demands = [asking(1, 1, posts=2)]
    instance, pairs, found = solved(people, demands, terms())
    proof = certify(instance, pairs, terms(), found)
    assert proof.posts.tolist() == [proof.placement + 1000]
    assert proof.people.tolist() == [0, 0, 0]
    many = certify(*_roomy())
    assert many.posts.tolist() == [0]
    assert many.people.tolist() == [many.placement + 1000]


def _roomy():
    instance, pairs, found = solved([having(1, 1)], [asking(1, 1, posts=2)], terms())
    return instance, pairs, terms(), found


def test_ties_fall_by_seed_and_not_by_key_order():
    people = [having(key) for key in range(1, 41)]
    first = chosen(people, [asking(1, posts=10)], terms(seed=1))
    assert chosen(people, [asking(1, posts=10)], terms(seed=1)) == first
    assert chosen(people, [asking(1, posts=10)], terms(seed=2)).keys() != first.keys()
    assert first.keys() != set(range(1, 11))


def test_ties_between_two_people_do_not_depend_on_the_others():
    people = [having(1), having(2)]
    alone = chosen(people, [asking(1)], terms())
    stranger = [having(3, unit_group=7122), asking(2, unit_group=7122)]
    beside = chosen([*people, stranger[0]], [asking(1), stranger[1]], terms())
    assert beside == {**alone, 3: 2}


def test_parts_are_solved_apart_unless_a_cap_couples_them():
    people = [having(1), having(2, unit_group=7122)]
    demands = [asking(1), asking(2, unit_group=7122)]
    for cap, parts in ((None, [[0], [1]]), (1, [[0, 1]]), (2, [[0], [1]])):
        instance, pairs, _ = solved(people, demands, terms(away_cap=cap))
        caps = binding_caps(instance, pairs, terms(away_cap=cap))
        assert [part.tolist() for part in connected(instance, pairs, caps)] == parts
