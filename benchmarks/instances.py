"""Seeded nights of any size, shaped like reality: real vacancies, real occupation-skill relations.

Demand is drawn from counted online vacancies over ESCO occupations, its skills from the
occupation's relations. Trainees come in cohorts of about thirty that share an occupation and a
curriculum drawn from the same relations, on the home and the away track of one partnership.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.occupations import Catalogue, read_catalogue
from matching.engine.instance import packed
from matching.engine.intake.build import from_columns
from matching.engine.intake.columns import CandidateColumns, OpeningColumns

AS_OF = date(2026, 11, 22)
HOME, AWAY = "XK", "DE"
COHORT = 30


@dataclass(frozen=True)
class Night:
    """The tables of one night, each a dict of equally long numpy columns.

    Keys are integers from 1; `occupation` and `skill` are positions in the catalogue.
    """

    catalogue: Catalogue
    trainees: dict
    trainee_skills: dict
    trainee_languages: dict
    demands: dict
    demand_skills: dict
    demand_languages: dict

    def rows(self, table):
        """Yield the rows of a table as dicts of plain Python values."""
        columns = getattr(self, table)
        lists = [column.tolist() for column in columns.values()]
        for values in zip(*lists, strict=True):
            yield dict(zip(columns, values, strict=True))

    def to_instance(self):
        """The engine's Instance of this night."""
        person, demand = self.trainees, self.demands
        held, spoken = self.trainee_skills, self.trainee_languages
        asked, heard = self.demand_skills, self.demand_languages
        people = CandidateColumns(
            keys=person["key"],
            **{name: person[name] for name in ("away", "country", "unit_group", "occupation")},
            region=np.full(len(person["key"]), None),
            **{name: person[name] for name in ("birth_date", "available_from", "consent")},
            **{f"skill_{name}": held[name] for name in ("owner", "level", "evidenced")},
            skill=held["skill"],
            **{f"language_{name}": spoken[name] for name in ("owner", "rank", "expires_on")},
            language=spoken["language"],
        )
        own = ("country", "unit_group", "occupation", "posts", "starts_from", "starts_until")
        demands = OpeningColumns(
            keys=demand["key"],
            **{name: demand[name] for name in (*own, "employer", "employer_verified")},
            region=np.full(len(demand["key"]), None),
            minimum_age=np.zeros(len(demand["key"]), np.int64),
            **{f"skill_{name}": asked[name] for name in ("owner", "level", "essential")},
            skill=asked["skill"],
            **{f"language_{name}": heard[name] for name in ("owner", "rank")},
            language=heard["language"],
        )
        return from_columns(people, demands)


def instance(trainees, demands, seed, *, esco, vacancies, posts=1):
    """A `Night` of so many trainees and demands; `posts` multiplies the posts of each demand.

    `esco` is the official ESCO download (a zip, a folder, or a list of them), `vacancies` the
    CSV of counted offers. Raises FileNotFoundError or ValueError with what is missing.
    """
    catalogue = read_catalogue(esco, vacancies)
    random = np.random.default_rng(seed)
    demand, demand_skills, demand_languages = _demands(catalogue, demands, posts, random)
    people, people_skills, people_languages = _trainees(catalogue, trainees, random)
    return Night(
        catalogue,
        trainees=people,
        trainee_skills=people_skills,
        trainee_languages=people_languages,
        demands=demand,
        demand_skills=demand_skills,
        demand_languages=demand_languages,
    )


def _days_after(days):
    """Dates so many days after the night."""
    return np.datetime64(AS_OF, "D") + days


def _demands(catalogue, count, posts, random):
    """Demands, their skills and their languages."""
    chance = catalogue.offers / catalogue.offers.sum()
    occupation = random.choice(len(catalogue.occupations), count, p=chance)
    away = random.random(count) < 0.5
    keys = np.arange(1, count + 1)
    starts_from = _days_after(random.integers(0, 270, count))
    demands = {
        "key": keys,
        "employer": random.integers(1, max(2, count // 4), count),
        "employer_verified": random.random(count) < 0.97,
        "country": np.where(away, AWAY, HOME),
        "occupation": occupation,
        "unit_group": catalogue.unit_groups[occupation],
        "posts": random.geometric(1 / 3, count) * posts,
        "starts_from": starts_from,
        "starts_until": starts_from + random.integers(60, 240, count),
    }
    entries, many = packed(catalogue.offsets, occupation)
    essential = catalogue.relation_essential[entries]
    kept = random.random(len(entries)) < np.where(essential, 0.6, 0.15)
    skills = {
        "owner": np.repeat(keys, many)[kept],
        "skill": catalogue.relation_skill[entries][kept],
        "level": random.choice([1, 2, 3, 4], kept.sum(), p=[0.2, 0.45, 0.3, 0.05]),
        "essential": essential[kept],
    }
    rank = random.choice([2, 3, 4], away.sum(), p=[0.4, 0.45, 0.15])
    languages = {"owner": keys[away], "language": np.full(away.sum(), "de"), "rank": rank}
    return demands, skills, languages


def _trainees(catalogue, count, random):
    """Trainees, their skills and their languages."""
    cohorts = -(-count // COHORT)
    chance = np.sqrt(catalogue.offers) * catalogue.offers
    trained = random.choice(len(catalogue.occupations), cohorts, p=chance / chance.sum())
    cohort = np.arange(count) // COHORT
    occupation = trained[cohort]
    away = random.random(count) < 0.45
    keys = np.arange(1, count + 1)
    ends = random.integers(-60, 240, cohorts)[cohort] + random.integers(0, 30, count)
    trainees = {
        "key": keys,
        "cohort": cohort + 1,
        "away": away,
        "country": np.where(away, AWAY, HOME),
        "occupation": occupation,
        "unit_group": catalogue.unit_groups[occupation],
        "birth_date": _days_after(-random.integers(17 * 365, 35 * 365, count)),
        "available_from": _days_after(ends),
        "consent": random.random(count) < 0.98,
    }
    learning = away | (random.random(count) < 0.2)
    rank = random.choice([1, 2, 3, 4, 5], learning.sum(), p=[0.1, 0.25, 0.35, 0.25, 0.05])
    languages = {
        "owner": keys[learning],
        "language": np.full(learning.sum(), "de"),
        "rank": rank,
        "expires_on": _days_after(random.integers(30, 900, learning.sum())),
    }
    return trainees, _learned(catalogue, trained, cohort, keys, random), languages


def _learned(catalogue, trained, cohort, keys, random):
    """Skills of each trainee: the cohort's curriculum, nearly all of it, at one's own level."""
    entries, many = packed(catalogue.offsets, trained)
    taught = random.random(len(entries)) < np.where(
        catalogue.relation_essential[entries], 0.85, 0.3
    )
    owner = np.repeat(np.arange(len(trained)), many)[taught]
    offsets = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=len(trained)))))
    skill = catalogue.relation_skill[entries][taught]
    level = random.choice([1, 2, 3], len(skill), p=[0.2, 0.5, 0.3])
    entries, many = packed(offsets, cohort)
    kept = random.random(len(entries)) < 0.93
    entries = entries[kept]
    own = level[entries] + random.choice([-1, 0, 1], len(entries), p=[0.15, 0.7, 0.15])
    return {
        "owner": np.repeat(keys, many)[kept],
        "skill": skill[entries],
        "level": np.clip(own, 1, 4),
        "evidenced": random.random(len(entries)) < 0.7,
    }
