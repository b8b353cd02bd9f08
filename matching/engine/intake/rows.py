"""Builds an Instance from dataclasses: the way in for small nights and for tests."""

from matching.engine.model import Track

from .build import from_columns
from .columns import CandidateColumns, OpeningColumns


def from_rows(candidates, openings):
    """The Instance of `Candidate` and `Opening` dataclasses, in any order.

    A skill listed as essential and optional counts as essential. Raises ValueError as
    `from_columns` does.
    """
    return from_columns(_people(list(candidates)), _demands(list(openings)))


def _people(rows):
    """Candidates as columns."""
    skills = [(row.key, code, held) for row in rows for code, held in row.skills.items()]
    languages = [(row.key, code, held) for row in rows for code, held in row.languages.items()]
    plain = ("country", "unit_group", "occupation", "region", "birth_date", "available_from")
    return CandidateColumns(
        keys=[row.key for row in rows],
        away=[row.track == Track.AWAY for row in rows],
        **{name: [getattr(row, name) for row in rows] for name in (*plain, "consent")},
        skill_owner=[owner for owner, _, _ in skills],
        skill=[code for _, code, _ in skills],
        skill_level=[held.level for _, _, held in skills],
        skill_evidenced=[held.evidenced for _, _, held in skills],
        language_owner=[owner for owner, _, _ in languages],
        language=[code for _, code, _ in languages],
        language_rank=[held.rank for _, _, held in languages],
        language_expires_on=[held.expires_on for _, _, held in languages],
    )


def _demands(rows):
    """Openings as columns."""
    skills = [
        (row.key, code, level, code in row.essential)
        for row in rows
        for code, level in ({**row.optional, **row.essential}).items()
    ]
    languages = [(row.key, code, rank) for row in rows for code, rank in row.languages.items()]
    plain = ("country", "unit_group", "occupation", "region", "posts", "starts_from")
    rest = ("starts_until", "minimum_age", "employer", "employer_verified")
    return OpeningColumns(
        keys=[row.key for row in rows],
        **{name: [getattr(row, name) for row in rows] for name in (*plain, *rest)},
        skill_owner=[owner for owner, _, _, _ in skills],
        skill=[code for _, code, _, _ in skills],
        skill_level=[level for _, _, level, _ in skills],
        skill_essential=[essential for _, _, _, essential in skills],
        language_owner=[owner for owner, _, _ in languages],
        language=[code for _, code, _ in languages],
        language_rank=[rank for _, _, rank in languages],
    )
