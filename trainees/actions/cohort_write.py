"""Writes the checked rows of a cohort's list: a few statements, whatever the number of rows."""

from collections.abc import Iterator

from gsp.uploads.receive import Counts
from trainees.actions.cohort_known import Known
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim, TrackDecision
from trainees.states import EnrolmentState, Track
from training.states import CohortState

BATCH = 500
AS_GIVEN = (
    "given_name",
    "family_name",
    "sex",
    "region",
    "document_number",
    "email",
    "phone",
    "may_be_proposed",
)
# In the order in which they are written, with the columns that a later list may change.
WRITTEN = {
    Person: (*AS_GIVEN, "birth_date", "birth_year", "country"),
    Enrolment: ("track",),
    TrackDecision: (),
    LanguageResult: ("level", "expires_on"),
    SkillClaim: ("level",),
}


def write(cohort, rows, known: Known, *, on) -> Counts:
    """Create and update what the rows say on day ``on``; return how many rows did which."""
    changes = [list(_changes(cohort, row, known, on)) for row in rows]
    created = sum(map(_enrols, changes))
    unchanged = changes.count([])
    for model, columns in WRITTEN.items():
        records = [one for records in changes for one in records if isinstance(one, model)]
        new, old = [], []
        for record in records:
            (new if record.pk is None else old).append(record)
        model.objects.bulk_create(new, batch_size=BATCH)
        _update(model, old, columns)
    return Counts(created, len(rows) - created - unchanged, unchanged)


def _update(model, records: list, columns: tuple[str, ...]) -> None:
    """Write the columns of rows that exist, by an upsert: five times as fast as a CASE."""
    if records:
        model.objects.bulk_create(
            records,
            batch_size=BATCH,
            update_conflicts=True,
            update_fields=columns,
            unique_fields=["pk"],
        )


def _enrols(records: list) -> bool:
    return any(isinstance(one, Enrolment) and one.pk is None for one in records)


def _changes(cohort, row, known: Known, on) -> Iterator:
    """Yield the records of one row that must be written; none where all is as it was."""
    person = known.persons.get(row.reference) or Person(
        centre_id=cohort.centre_id,
        reference=row.reference,
        is_demonstration=cohort.is_demonstration,
    )
    yield from _set(person, _facts(row))
    yield from _enrolment(cohort, row, known, person, on)
    yield from _language(cohort, row, known, person)
    yield from _claims(cohort, row, known, person)


def _set(record, facts: dict) -> Iterator:
    """Give the record these facts; yield it where it is new or differs."""
    differs = [name for name, value in facts.items() if getattr(record, name) != value]
    for name in differs:
        setattr(record, name, facts[name])
    if differs or record.pk is None:
        yield record


def _facts(row) -> dict:
    given = {name: value for name, value in row.given().items() if name in AS_GIVEN}
    born = {"birth_date": row.birth_date.isoformat(), "birth_year": row.birth_date.year}
    return given | born | {"country_id": row.country}


def _enrolment(cohort, row, known: Known, person, on) -> Iterator:
    """Enrol the person once; a track that is new to them is a decision."""
    enrolment = known.enrolment(row)
    before = known.track(row)
    decides = known.changes_track(row)
    if enrolment is None:
        starts = cohort.state == CohortState.IN_TRAINING
        enrolment = Enrolment(
            person=person,
            cohort=cohort,
            centre_id=cohort.centre_id,
            enrolled_on=on,
            state=EnrolmentState.IN_TRAINING if starts else EnrolmentState.ENROLLED,
        )
    yield from _set(enrolment, {"track": row.track} if decides else {})
    if decides:
        reasons = TrackDecision.Reason
        yield TrackDecision(
            enrolment=enrolment,
            centre_id=cohort.centre_id,
            track=row.track,
            decided_on=on,
            # A list gives no reason: what it changes is taken for the trainee's preference.
            reason=reasons.FIRST_CHOICE if before == Track.UNDECIDED else reasons.PREFERENCE,
        )


def _language(cohort, row, known: Known, person) -> Iterator:
    if not row.language:
        return
    key = (person.pk, row.language, row.language_tested_on)
    result = known.languages.get(key) or LanguageResult(
        person=person,
        centre_id=cohort.centre_id,
        language_id=row.language,
        tested_on=row.language_tested_on,
    )
    facts = {"level": row.language_level.value}
    if row.language_expires_on:
        facts["expires_on"] = row.language_expires_on
    yield from _set(result, facts)


def _claims(cohort, row, known: Known, person) -> Iterator:
    """Yield the skills that the list claims; what a course or certificate proved stays."""
    for skill, level in row.skills:
        claim = known.skills.get((person.pk, skill)) or SkillClaim(
            person=person,
            centre_id=cohort.centre_id,
            skill_id=skill,
            evidence=SkillClaim.Evidence.NONE,
        )
        if claim.evidence == SkillClaim.Evidence.NONE:
            yield from _set(claim, {"level": level})
