"""Compares the rows of a cohort's list with what is known: who is new, changed, doubtful."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from gsp.uploads.batch import (
    ANOTHER,
    NEW,
    UNCHANGED,
    Candidate,
    Finding,
    Verdict,
    updated,
    wrong,
)
from gsp.uploads.rows import RowError
from gsp.workflow import Refused
from trainees import rules
from trainees.actions.cohort_known import Known
from trainees.actions.cohort_rows import Codes
from trainees.actions.cohort_write import Draft, draft
from trainees.duplicates.candidates import among
from trainees.duplicates.words import explained
from trainees.identity_engine.identity import Identity
from trainees.identity_engine.score import Band

DOUBTFUL = (Band.CERTAIN, Band.LIKELY)
MOST = 20_000  # trainees in the list of one cohort


@dataclass(slots=True)
class Roll(Codes):
    """The codes in force, the cohort, and what was met of its list so far.

    ``apart`` holds, by row, the uids of persons somebody said the row is not.
    """

    cohort: object = None
    seen: dict[str, int] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    apart: dict[int, list[UUID]] = field(default_factory=dict)


def compare(roll: Roll, batch) -> list[Verdict]:
    """Return the verdict of each row; remember what those would write that are free to be."""
    rows = dict(batch.numbered())
    if len(roll.seen) + len(rows) > MOST:
        raise Refused(
            _("The list of one cohort has at most %(most)s rows. Divide it.")
            % {"most": f"{MOST:,}"},
            field="file",
            code="too_long",
        )
    same = {number: one for number, one in batch.decisions.items() if one != ANOTHER}
    decided = {rows[number].reference: uid for number, uid in same.items() if number in rows}
    known = Known.of(roll.cohort, [row.reference for row in rows.values()], decided)
    found = _repeated(roll, rows)
    found |= _doubtful(roll, known, _rest(rows, found), batch.decisions)
    found |= _closed(roll, known, _rest(rows, found))
    roll.drafts = {
        number: draft(roll.cohort, row, known, roll, roll.today)
        for number, row in _rest(rows, found).items()
    }
    return [found.get(number) or _verdict(roll.drafts[number]) for number in rows]


def _rest(rows: dict, found: dict) -> dict:
    return {number: row for number, row in rows.items() if number not in found}


def _verdict(made: Draft) -> Verdict:
    if made.enrols:
        return NEW if made.person.pk is None else Verdict(Finding.NEW, changes=tuple(made.changes))
    return updated(*made.changes) if made.changes_something else UNCHANGED


def _repeated(roll: Roll, rows: dict) -> dict[int, Verdict]:
    found = {}
    for number, row in rows.items():
        first = roll.seen.setdefault(row.reference, number)
        if first != number:
            message = _("This reference stands in row %(row)s already.") % {"row": first}
            remedy = _("Give every trainee one row and a reference of their own.")
            found[number] = wrong(RowError(number, "reference", row.reference, message, remedy))
    return found


def _doubtful(roll: Roll, known: Known, rows: dict, decisions) -> dict[int, Verdict]:
    """Return the rows of new references behind which somebody known may stand.

    Of those that were said to be another person, remember from whom they were told apart.
    """
    asked = [n for n, row in rows.items() if row.reference not in known.persons]
    identities = [_identity(roll, rows[number]) for number in asked]
    found = {}
    for place, candidates in among(roll.cohort.centre, identities).items() if asked else ():
        likely = [one for one in candidates if one.band in DOUBTFUL]
        if likely and decisions.get(asked[place]) == ANOTHER:
            roll.apart[asked[place]] = [one.uid for one in likely]
        elif likely:
            found[asked[place]] = Verdict(
                Finding.POSSIBLE_DUPLICATE,
                explanation="; ".join(explained(likely[0].signals)),
                candidates=tuple(Candidate(str(one.uid), one.reference) for one in likely),
            )
    return found


def _identity(roll: Roll, row) -> Identity:
    return Identity(
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date.isoformat(),
        document_number=row.document_number,
        email=row.email,
        phone=row.phone,
        sex=row.sex.value,
        country=row.country,
        region=row.region,
        reference=row.reference,
        centre=roll.cohort.centre_id,
    )


def _closed(roll: Roll, known: Known, rows: dict) -> dict[int, Verdict]:
    """Return the rows whose track the terms do not allow, judged as a whole."""
    wanted = [_wanted(known, row) for row in rows.values()]
    if not wanted:
        return {}
    refusals = rules.track_refusals(roll.cohort, wanted, roll.today)
    found = {}
    for (number, row), refusal in zip(rows.items(), refusals, strict=True):
        if refusal:
            remedy = _("Leave the track empty, or do what is said there first.")
            found[number] = wrong(
                RowError(number, "track", row.track.value, refusal.message, remedy)
            )
    return found


def _wanted(known: Known, row) -> rules.Wanted:
    person = known.persons.get(row.reference)
    result = (row.language, row.language_level, row.language_expires_on)
    return rules.Wanted(
        track=row.track,
        enrolment=known.enrolment(row),
        person_id=person.pk if person else None,
        country_id=row.country,
        born_on=row.birth_date,
        levels=(result,) if row.language else (),
        is_counselled=bool(row.adviser),
    )
