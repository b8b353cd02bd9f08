"""The engine's rules once more, slow and plain: what the fast engine is compared with."""

from datetime import date
from fractions import Fraction
from math import floor

from matching.engine.model import Gate, Track


def failed_gates(person, demand, terms):
    """The gates that a pair fails, in reporting order."""
    start = max(terms.as_of, person.available_from, demand.starts_from)
    held = person.languages
    low = [c for c, rank in demand.languages.items() if c not in held or held[c].rank < rank]
    lapsed = [
        code
        for code in demand.languages
        if code not in low and held[code].expires_on and held[code].expires_on < start
    ]
    age = max(demand.minimum_age or 0, terms.age_of_majority)
    failing = {
        Gate.CONSENT: not person.consent,
        Gate.EMPLOYER: not demand.employer_verified,
        Gate.TRACK: person.country != demand.country,
        Gate.OCCUPATION: not _near_enough(person, demand, terms),
        Gate.REGION: bool(person.region and demand.region and person.region != demand.region),
        Gate.AGE: person.birth_date is None or birthday(person.birth_date, age) > start,
        Gate.AVAILABILITY: demand.starts_until is not None and start > demand.starts_until,
        Gate.LANGUAGE: bool(low),
        Gate.LANGUAGE_EXPIRY: bool(lapsed),
        Gate.DECLINED: (person.key, demand.key) in terms.declined,
        Gate.FIT: points(person, demand, terms) < 1000 * Fraction(str(terms.least_fit)),
    }
    return [gate for gate in Gate if failing[gate]]


def _near_enough(person, demand, terms):
    if person.unit_group == demand.unit_group:
        return True
    groups = terms.near_groups.get((person.unit_group, demand.unit_group), 0)
    jobs = terms.near_occupations.get((person.occupation, demand.occupation), 0)
    return max(groups, jobs) >= terms.least_similarity


def birthday(born, years):
    """The day on which someone turns so many years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def points(person, demand, terms):
    """Points of fit."""
    asked = {code: (level, terms.optional_weight) for code, level in demand.optional.items()}
    asked |= {code: (level, terms.essential_weight) for code, level in demand.essential.items()}
    total = sum(Fraction(str(weight)) for _, weight in asked.values())
    if not total:
        return round(1000 * terms.unlisted_fit)
    won = sum(
        Fraction(str(weight)) * _credit(person.skills.get(code), level, terms)
        for code, (level, weight) in asked.items()
    )
    return floor(1000 * won / total)


def _credit(held, asked, terms):
    if held is None:
        return 0
    share = Fraction(1)
    if held.level < asked:
        share = Fraction(str(terms.shortfall_factor)) * held.level / asked
    if not held.evidenced:
        share *= Fraction(str(terms.claimed_factor))
    return Fraction(round(1000 * share), 1000)


def best(people, demands, terms):
    """The most placements, and the most points they can have, by trying every assignment."""
    worth = {
        (p.key, d.key): points(p, d, terms)
        for p in people
        for d in demands
        if not failed_gates(p, d, terms)
    }
    home, away = terms.caps()
    seats = {Track.HOME: home, Track.AWAY: away}
    limits = {track: 99 if cap is None else max(0, cap) for track, cap in seats.items()}
    return _try(people, {d.key: d.posts for d in demands}, limits, worth)


def _try(people, posts, limits, worth):
    if not people:
        return 0, 0
    first, rest = people[0], people[1:]
    found = _try(rest, posts, limits, worth)
    for opening, left in posts.items():
        if left and limits[first.track] and (first.key, opening) in worth:
            many, sum_points = _try(
                rest,
                {**posts, opening: left - 1},
                {**limits, first.track: limits[first.track] - 1},
                worth,
            )
            found = max(found, (many + 1, sum_points + worth[first.key, opening]))
    return found
