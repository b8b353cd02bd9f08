"""One pair in words: its skills met, claimed, short and missing; its failed gates, by how much."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np

from matching.engine.gates import held_languages, of_age
from matching.engine.instance import NEVER, NONE, date_of, day_of, packed
from matching.engine.model import Code, Gate, gates_in

FIELDS, SHORT = 5, 2
"""How many fields a SkillReport has, and which is that of the skills short of their level."""


@dataclass(frozen=True, slots=True)
class SkillReport:
    """How a person's skills meet an opening's; every listed skill is in exactly one field."""

    met: tuple[Code, ...] = ()
    claimed: tuple[Code, ...] = ()  # at the level asked, but without evidence
    short: tuple[tuple[Code, int, int], ...] = ()  # skill, level held, level asked
    missing: tuple[Code, ...] = ()  # essential
    missing_optional: tuple[Code, ...] = ()

    @property
    def listed(self):
        """How many skills the opening lists; 0 where the fit says nothing."""
        parts = (self.met, self.claimed, self.short, self.missing, self.missing_optional)
        return sum(map(len, parts))


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One failed gate, and by how much: what was asked and what was found.

    `subject` names the language of a language gate. In the order (wanted, found): CEFR ranks for
    LANGUAGE; planned start and expiry for LANGUAGE_EXPIRY; last day to start and planned start
    for AVAILABILITY; planned start and day of coming of age for AGE; points for FIT; codes for
    TRACK (countries), OCCUPATION (unit groups) and REGION; nothing for CONSENT and EMPLOYER.
    `found` is None where nothing is known.
    """

    gate: Gate
    wanted: Code | date | None = None
    found: Code | date | None = None
    subject: Code | None = None


def skill_reports(instance, rows, columns):
    """The `SkillReport` of each pair (rows[k], columns[k])."""
    demands = instance.openings
    entries, counts = packed(demands.skill_offsets, columns)
    skills = demands.skills[entries]
    levels, evidenced = _held(instance, np.repeat(rows, counts), skills)
    asked, essential = demands.levels[entries], demands.essential[entries]
    field = np.select(
        [levels == 0, levels < asked, ~evidenced], [np.where(essential, 3, 4), SHORT, 1], 0
    )
    kind = np.repeat(np.arange(len(rows)) * FIELDS, counts) + field
    order = np.argsort(kind, kind="stable")
    names = instance.vocabulary.skills[skills[order]].tolist()
    many = np.bincount(kind, minlength=FIELDS * len(rows)).reshape(-1, FIELDS)
    low = order[field[order] == SHORT]
    shorts = zip(
        instance.vocabulary.skills[skills[low]].tolist(),
        levels[low].tolist(),
        asked[low].tolist(),
        strict=True,
    )
    return _reports(names, shorts, np.cumsum(many).reshape(-1, FIELDS).tolist())


def _reports(names, shorts, ends):
    """One SkillReport per row of `ends`: where its skills of each field end in `names`."""
    found, start = [], 0
    for met, claimed, short, missing, optional in ends:
        found.append(
            SkillReport(
                met=tuple(names[start:met]),
                claimed=tuple(names[met:claimed]),
                short=tuple(islice(shorts, short - claimed)),
                missing=tuple(names[short:missing]),
                missing_optional=tuple(names[missing:optional]),
            )
        )
        start = optional
    return found


def _held(instance, rows, skills):
    """Level (0 where not held) and evidence of each (person, skill)."""
    people = instance.candidates
    width = np.int64(len(instance.vocabulary.skills) + 1)
    owner = np.repeat(np.arange(len(people)), np.diff(people.skill_offsets))
    names = owner * width + people.skills
    wanted = rows * width + skills
    at = np.searchsorted(names, wanted)
    known = at < len(names)
    known[known] = names[at[known]] == wanted[known]
    levels, evidenced = np.zeros(len(wanted), np.uint8), np.zeros(len(wanted), bool)
    levels[known], evidenced[known] = people.levels[at[known]], people.evidenced[at[known]]
    return levels, evidenced


def shortfalls(instance, terms, row, column, mask, points):
    """The failed gates of one pair, each with what was asked and found."""
    found = []
    for gate in gates_in(mask):
        found += DETAIL[gate](gate, instance, terms, row, column, points)
    return tuple(found)


def start_of(instance, terms, row, column):
    """Day number of the planned start of one pair."""
    people, demands = instance.candidates, instance.openings
    return max(
        int(people.available_from[row]), int(demands.starts_from[column]), day_of(terms.as_of)
    )


def _bare(gate, *_):
    """A gate that is passed or not."""
    return [Shortfall(gate)]


def _named(field, plural):
    """A gate at which two codes differ."""

    def detail(gate, instance, _terms, row, column, _points):
        names = getattr(instance.vocabulary, plural)
        asked = int(getattr(instance.openings, field)[column])
        held = int(getattr(instance.candidates, field)[row])
        return [Shortfall(gate, *(_name(names, code) for code in (asked, held)))]

    return detail


def _name(names, code):
    """What a code stands for."""
    return None if code == NONE else names[code].item()


def _age(gate, instance, terms, row, column, _points):
    """The start that was planned, and the birthday by which the person is old enough."""
    years = max(int(instance.openings.minimum_age[column]), terms.age_of_majority)
    birthday = of_age(instance.candidates.birth_on[[row]], years)[0]
    planned = start_of(instance, terms, row, column)
    return [Shortfall(gate, date_of(planned), date_of(birthday))]


def _availability(gate, instance, terms, row, column, _points):
    """The last day to start, and the earliest day possible."""
    planned = start_of(instance, terms, row, column)
    return [Shortfall(gate, date_of(instance.openings.starts_until[column]), date_of(planned))]


def _language(gate, instance, terms, row, column, _points):
    """Every language that fails this gate."""
    demands = instance.openings
    entries, _ = packed(demands.language_offsets, np.array([column]))
    ranks, expiries = held_languages(instance, np.array([row]), demands.languages[entries])
    planned = start_of(instance, terms, row, column)
    found = []
    for entry, rank, expiry in zip(entries, ranks[0], expiries[0], strict=True):
        subject = _name(instance.vocabulary.languages, int(demands.languages[entry]))
        asked = int(demands.ranks[entry])
        if gate == Gate.LANGUAGE and rank < asked:
            found.append(Shortfall(gate, asked, int(rank) or None, subject))
        if gate == Gate.LANGUAGE_EXPIRY and asked <= rank and NEVER > expiry < planned:
            found.append(Shortfall(gate, date_of(planned), date_of(expiry), subject))
    return found


def _fit(gate, _instance, terms, _row, _column, points):
    """The least points asked, and those reached."""
    return [Shortfall(gate, terms.least_points(), int(points))]


DETAIL = {
    Gate.CONSENT: _bare,
    Gate.EMPLOYER: _bare,
    Gate.TRACK: _named("country", "countries"),
    Gate.OCCUPATION: _named("unit_group", "unit_groups"),
    Gate.REGION: _named("region", "regions"),
    Gate.AGE: _age,
    Gate.AVAILABILITY: _availability,
    Gate.LANGUAGE: _language,
    Gate.LANGUAGE_EXPIRY: _language,
    Gate.DECLINED: _bare,
    Gate.FIT: _fit,
}
