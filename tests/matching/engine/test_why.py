"""Explanations: proposals, people left over, posts left over, word for word."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.intake.rows import from_rows
from matching.engine.model import Gate, Language, Reason, Skill, Track
from matching.engine.run import run
from matching.engine.why.leftover import NearOther, Unfilled, Unplaced
from matching.engine.why.pair import Shortfall, SkillReport
from matching.engine.why.proposed import Alternative, Proposal

from . import reference
from .builders import TONIGHT, crowded, demand, nights, person, quick, terms


def result(people, demands, **changes):
    """A run of tonight."""
    return run(from_rows(people, demands), terms(**changes))


def why_unplaced(people, demands, **changes):
    """(candidate, reason, gate) of each person left over."""
    found = result(people, demands, **changes).unplaced()
    return [(each.candidate, each.reason, each.gate) for each in found]


def why_unfilled(people, demands, **changes):
    """(opening, posts left, reason, gate) of each opening left over."""
    found = result(people, demands, **changes).unfilled()
    return [(each.opening, each.posts_left, each.reason, each.gate) for each in found]


def test_proposal_lists_every_skill_once_and_the_next_best_on_both_sides():
    skills = {1: Skill(3, True), 2: Skill(2, False), 3: Skill(1, True)}
    people = [person("ana", skills=skills), person("bo", skills={1: Skill(3, True)})]
    wall = demand(
        "wall", essential={1: 3, 2: 2, 3: 2, 4: 1}, optional={5: 1}, starts_from=date(2026, 12, 1)
    )
    yard = demand("yard", essential={1: 3, 6: 1, 7: 1})
    first, second = result(people, [wall, yard], least_fit=0.1).proposals()
    assert first == Proposal(
        candidate="ana",
        opening="wall",
        track=Track.AWAY,
        points=482,  # (1 + 0.8 + 0.25) / 4.25
        starts_on=date(2026, 12, 1),
        gates=tuple(Gate),
        skills=SkillReport(
            met=(1,), claimed=(2,), short=((3, 1, 2),), missing=(4,), missing_optional=(5,)
        ),
        next_opening=Alternative("yard", 333),
        next_candidate=Alternative("bo", 235),
    )
    assert (second.candidate, second.opening, second.points) == ("bo", "yard", 333)
    assert second.skills == SkillReport(met=(1,), missing=(6, 7))
    assert second.next_opening == Alternative("wall", 235)
    assert second.next_candidate == Alternative("ana", 333)


def test_proposal_without_alternatives_and_without_listed_skills():
    (only,) = result([person()], [demand()]).proposals()
    assert (only.next_opening, only.next_candidate) == (None, None)
    assert (only.points, only.skills.listed) == (500, 0)


def test_people_left_over_say_why():
    people = [
        person(1, skills={1: Skill(1, True)}, languages={"de": Language(3)}),
        person(2, languages={"de": Language(3)}, skills={1: Skill(1, False)}),
        person(3, consent=False),
        person(4, unit_group=9999),
        person(5, languages={"de": Language(2)}),
        person(6, country="XK", track=Track.HOME),
        person(7, languages={"de": Language(3)}, birth_date=None),
    ]
    wanted = demand(languages={"de": 3}, essential={1: 1})
    assert why_unplaced(people, [wanted]) == [
        (2, Reason.OUTCOMPETED, None),
        (3, Reason.NO_CONSENT, None),
        (4, Reason.NO_OPENING_IN_OCCUPATION, None),
        (5, Reason.GATE, Gate.LANGUAGE),
        (6, Reason.NO_OPENING_IN_OCCUPATION, None),
        (7, Reason.GATE, Gate.AGE),
    ]


def test_home_floor_is_the_reason_only_where_a_post_is_left_that_moves_could_free():
    people = [person(key) for key in (1, 2)]
    assert why_unplaced(people, [demand(posts=2)], away_cap=1)[0][1] == Reason.TRACK_CAP
    assert why_unfilled(people, [demand(posts=2)], away_cap=1) == [(1, 1, Reason.TRACK_CAP, None)]
    assert why_unplaced(people, [demand(posts=1)], away_cap=1)[0][1] == Reason.OUTCOMPETED


def test_home_floor_is_seen_through_a_chain_of_moves():
    away = person(1, skills={1: Skill(1, True)})
    home = person(2, track=Track.HOME, skills={1: Skill(1, True), 2: Skill(1, True)})
    full, empty = demand(1, essential={1: 1}), demand(2, essential={2: 1, 3: 1})
    night = [away, home], [full, empty]
    assert [each.opening for each in result(*night, away_cap=0).proposals()] == [1]
    assert why_unplaced(*night, away_cap=0) == [(1, Reason.TRACK_CAP, None)]
    assert why_unfilled(*night, away_cap=0) == [(2, 1, Reason.TRACK_CAP, None)]


def test_openings_left_over_say_why():
    demands = [
        demand(1, posts=3),
        demand(2, unit_group=9999),
        demand(3, employer_verified=False),
        demand(4, languages={"de": 3}, posts=2),
        demand(5, country="XK"),
        demand(6, posts=0),
    ]
    assert why_unfilled([person()], demands) == [
        (1, 2, Reason.OUTCOMPETED, None),
        (2, 1, Reason.NO_CANDIDATE_IN_OCCUPATION, None),
        (3, 1, Reason.GATE, Gate.EMPLOYER),
        (4, 2, Reason.GATE, Gate.LANGUAGE),
        (5, 1, Reason.NO_CANDIDATE_IN_OCCUPATION, None),
    ]


def test_person_without_consent_is_shown_to_nobody():
    (nobody,) = result([person(consent=False)], [demand()]).unplaced()
    (opening,) = result([person(consent=False)], [demand()]).unfilled()
    assert nobody == Unplaced(1, Track.AWAY, Reason.NO_CONSENT, None, ())
    assert opening == Unfilled(1, "DE", 1, Reason.NO_CANDIDATE_IN_OCCUPATION, None, ())


def test_nearest_openings_come_with_exactly_what_is_missing():
    someone = person(skills={1: Skill(1, True)}, languages={"de": Language(2, date(2026, 12, 1))})
    january = {"starts_from": date(2027, 1, 1), "starts_until": None}
    demands = [
        demand(1, country="XK", essential={1: 1}),
        demand(2, languages={"de": 3, "sq": 1}, essential={1: 1}),
        demand(3, languages={"de": 2}, essential={1: 1, 2: 1}, **january),
        demand(4, languages={"de": 3}, minimum_age=30, essential={2: 1}),
    ]
    (left,) = result([someone], demands).unplaced()
    assert (left.reason, left.gate) == (Reason.GATE, Gate.LANGUAGE)
    met = SkillReport(met=(1,))
    assert left.nearest == (
        NearOther(
            2,
            1000,
            (Shortfall(Gate.LANGUAGE, 3, 2, "de"), Shortfall(Gate.LANGUAGE, 1, None, "sq")),
            met,
            False,
        ),
        NearOther(
            3,
            500,
            (Shortfall(Gate.LANGUAGE_EXPIRY, date(2027, 1, 1), date(2026, 12, 1), "de"),),
            SkillReport(met=(1,), missing=(2,)),
            False,
        ),
        NearOther(
            4,
            0,
            (
                Shortfall(Gate.AGE, TONIGHT, date(2030, 1, 1)),
                Shortfall(Gate.LANGUAGE, 3, 2, "de"),
                Shortfall(Gate.FIT, 400, 0),
            ),
            SkillReport(missing=(2,)),
            False,
        ),
    )


def test_nearest_of_another_country_is_named_when_there_is_no_other():
    (left,) = result([person(region="north")], [demand(country="XK", region="south")]).unplaced()
    (other,) = left.nearest
    assert other.shortfalls == (
        Shortfall(Gate.TRACK, "XK", "DE"),
        Shortfall(Gate.REGION, "south", "north"),
    )


def test_nearest_people_of_an_opening_say_whether_they_are_placed():
    late = TONIGHT + timedelta(days=200)
    people = [person(1), person(2, available_from=late), person(3, birth_date=None)]
    (left,) = result(people, [demand(1, posts=2)]).unfilled()
    near_until = TONIGHT + timedelta(days=90)
    assert [(each.key, each.taken, each.shortfalls) for each in left.nearest] == [
        (1, True, ()),
        (2, False, (Shortfall(Gate.AVAILABILITY, near_until, late),)),
        (3, False, (Shortfall(Gate.AGE, TONIGHT, None),)),
    ]


def test_employer_and_occupation_are_named_where_they_stand_in_the_way():
    near = {(20, 10): 0.7}
    tiler = person(unit_group=7122, occupation=20)
    other = person(2, unit_group=7122, occupation=21)
    opening = demand(employer_verified=False)
    first, second = result([tiler, other], [opening], near_occupations=near).unplaced()
    assert (first.reason, first.gate) == (Reason.GATE, Gate.EMPLOYER)
    assert first.nearest[0].shortfalls == (Shortfall(Gate.EMPLOYER),)
    assert second.reason == Reason.NO_OPENING_IN_OCCUPATION
    assert second.nearest[0].shortfalls == (
        Shortfall(Gate.EMPLOYER),
        Shortfall(Gate.OCCUPATION, 7112, 7122),
    )


@quick
@given(st.one_of(nights(), crowded()))
def test_every_person_and_every_post_is_accounted_for_once(night):
    people, demands, given_terms = night
    found = run(from_rows(people, demands), given_terms)
    placed = [each.candidate for each in found.proposals()]
    left = list(found.unplaced())
    assert sorted([*placed, *(each.candidate for each in left)]) == [p.key for p in people]
    filled = [each.opening for each in found.proposals()]
    spare = {each.opening: each.posts_left for each in found.unfilled()}
    for opening in demands:
        assert filled.count(opening.key) + spare.get(opening.key, 0) == opening.posts


@quick
@given(st.one_of(nights(), crowded()))
def test_reasons_and_shortfalls_agree_with_the_plain_rules(night):
    people, demands, given_terms = night
    by_demand = {opening.key: opening for opening in demands}
    by_person = {someone.key: someone for someone in people}
    for left in run(from_rows(people, demands), given_terms).unplaced():
        someone = by_person[left.candidate]
        masks = [
            reference.failed_gates(someone, opening, given_terms)
            for opening in demands
            if opening.posts
        ]
        related = [m for m in masks if Gate.TRACK not in m and Gate.OCCUPATION not in m]
        assert (left.reason == Reason.NO_CONSENT) == (not someone.consent)
        if someone.consent:
            assert (left.reason == Reason.NO_OPENING_IN_OCCUPATION) == (not related)
            assert (left.reason == Reason.GATE) == (bool(related) and all(related))
        for near in left.nearest:
            wanted = reference.failed_gates(someone, by_demand[near.key], given_terms)
            assert list(dict.fromkeys(short.gate for short in near.shortfalls)) == wanted


@quick
@given(crowded())
def test_a_cap_is_blamed_exactly_where_lifting_it_would_place_more(night):
    people, demands, given_terms = night
    found = run(from_rows(people, demands), given_terms)
    blamed = any(each.reason == Reason.TRACK_CAP for each in found.unplaced())
    free = terms(least_fit=given_terms.least_fit)
    assert blamed == (reference.best(people, demands, free)[0] > found.placements)
