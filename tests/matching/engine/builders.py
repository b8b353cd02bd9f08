"""People and openings with defaults that fit each other, and random small nights."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from matching.engine.model import Candidate, Language, Opening, Skill, Terms, Track

TONIGHT = date(2026, 11, 22)

quick = settings(derandomize=True, deadline=None, database=None, max_examples=80)


def person(key=1, **changes):
    """A bricklayer for Germany, of age, free tonight, who consents."""
    given = {
        "track": Track.AWAY,
        "country": "DE",
        "unit_group": 7112,
        "occupation": 10,
        "available_from": TONIGHT,
        "birth_date": date(2000, 1, 1),
        "consent": True,
    }
    return Candidate(key=key, **{**given, **changes})


def demand(key=1, **changes):
    """One post for a bricklayer in Germany, from tonight on, with a verified employer."""
    given = {
        "country": "DE",
        "unit_group": 7112,
        "occupation": 10,
        "posts": 1,
        "starts_from": TONIGHT,
        "starts_until": TONIGHT + timedelta(days=90),
        "employer": 1,
        "employer_verified": True,
    }
    return Opening(key=key, **{**given, **changes})


def terms(**changes):
    """Tonight's terms."""
    return Terms(as_of=TONIGHT, **changes)


days = st.integers(-40, 200).map(lambda n: TONIGHT + timedelta(days=n))
skill_levels = st.dictionaries(st.integers(1, 5), st.integers(1, 4), max_size=4)
skills = st.dictionaries(
    st.integers(1, 5), st.builds(Skill, st.integers(1, 4), st.booleans()), max_size=5
)
mostly = st.sampled_from([True] * 9 + [False])
births = st.sampled_from(
    [None, date(2008, 2, 29), date(2008, 11, 22), date(2009, 1, 5), *[date(1999, 6, 1)] * 6]
)
places = {
    "country": st.sampled_from(["DE", "XK"]),
    "unit_group": st.sampled_from([7112, 7115, 7122]),
    "occupation": st.sampled_from([None, 10, 11]),
    "region": st.sampled_from([None, None, None, "north", "south"]),
}


def _languages(values):
    return st.dictionaries(st.sampled_from(["de", "sq"]), values, max_size=2)


@st.composite
def people(draw, count):
    """So many candidates of different kinds, with keys from 1."""
    kinds = st.builds(
        Candidate,
        key=st.just(0),
        track=st.sampled_from(Track),
        available_from=days,
        birth_date=births,
        consent=mostly,
        skills=skills,
        languages=_languages(st.builds(Language, st.integers(1, 6), st.none() | days)),
        **places,
    )
    return _keyed([draw(kinds) for _ in range(count)])


@st.composite
def demands(draw, count):
    """So many openings of different kinds, with keys from 1."""
    kinds = st.builds(
        Opening,
        key=st.just(0),
        posts=st.integers(0, 3),
        starts_from=days,
        starts_until=st.none() | days,
        employer=st.integers(1, 2),
        employer_verified=mostly,
        essential=skill_levels,
        optional=skill_levels,
        languages=_languages(st.integers(1, 4)),
        minimum_age=st.sampled_from([None, None, 16, 21]),
        **places,
    )
    return _keyed([draw(kinds) for _ in range(count)])


def _keyed(rows):
    return [replace(row, key=key) for key, row in enumerate(rows, start=1)]


@st.composite
def nights(draw, most_people=6, most_demands=5):
    """Candidates, openings and terms of one small night with all that gates look at."""
    return (
        draw(people(draw(st.integers(0, most_people)))),
        draw(demands(draw(st.integers(0, most_demands)))),
        terms(
            declined=draw(
                st.frozensets(st.tuples(st.integers(1, 6), st.integers(1, 5)), max_size=3)
            ),
            away_cap=draw(st.none() | st.integers(-1, 3)),
            away_seats=draw(st.none() | st.integers(0, 3)),
            home_seats=draw(st.none() | st.integers(0, 3)),
            near_groups=draw(st.sampled_from([{}, {(7112, 7115): 0.6, (7115, 7112): 0.4}])),
            near_occupations=draw(st.sampled_from([{}, {(10, 11): 0.9}])),
            least_fit=draw(st.sampled_from([0.0, 0.4])),
        ),
    )


@st.composite
def crowded(draw):
    """A night in which nearly all pairs pass, so that the assignment has to choose."""
    rows = [
        person(
            key,
            track=draw(st.sampled_from(Track)),
            skills=draw(skills),
        )
        for key in range(1, draw(st.integers(1, 6)) + 1)
    ]
    wanted = [
        demand(key, posts=draw(st.integers(0, 2)), essential=draw(skill_levels))
        for key in range(1, draw(st.integers(1, 4)) + 1)
    ]
    caps = {
        "away_cap": draw(st.none() | st.integers(0, 3)),
        "home_seats": draw(st.none() | st.integers(0, 3)),
    }
    return rows, wanted, terms(least_fit=draw(st.sampled_from([0.0, 0.3])), **caps)
