"""What one row of a cohort's list changes, and the writing of many such rows at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gsp.uploads.batch import Change
from trainees.actions.cohort_known import Known
from trainees.actions.enrolments import state_in
from trainees.actions.places import settle
from trainees.actions.story import tell_all
from trainees.actions.tracks import record_listed
from trainees.duplicates.sweep import compare
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim, TrackDecision
from trainees.models.story import CaseEvent
from trainees.states import Track

BATCH = 500
COMPARED = 10_000
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
    Enrolment: (),
    LanguageResult: ("level", "expires_on"),
    SkillClaim: ("level",),
}
COLUMNS = {"country_id": "country", "level": "language_level", "expires_on": "language_expires_on"}


@dataclass
class Draft:
    """The records of one row that must be written, and the columns in which they differ."""

    row: object
    person: Person
    enrolment: Enrolment
    decides: bool
    records: list = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def enrols(self) -> bool:
        """Tell whether the row brings somebody into the cohort."""
        return self.enrolment.pk is None

    @property
    def changes_something(self) -> bool:
        """Tell whether anything must be written."""
        return bool(self.records) or self.decides

    def set(self, record, facts: dict, columns: dict[str, str] = COLUMNS) -> None:
        """Give the record these facts; it must be written where it is new or differs."""
        differs = [name for name, value in facts.items() if getattr(record, name) != value]
        for name in differs:
            if name != "birth_year":
                old = getattr(record, name) if record.pk else ""
                self.changes.append(Change(columns.get(name, name), _text(old), _text(facts[name])))
            setattr(record, name, facts[name])
        if differs or record.pk is None:
            self.records.append(record)


def draft(cohort, row, known: Known, codes, on) -> Draft:
    """Return what a row would write on day ``on``; nothing where all is as it was."""
    person = known.persons.get(row.reference) or Person(
        centre_id=cohort.centre_id,
        reference=row.reference,
        is_demonstration=cohort.is_demonstration,
    )
    enrolment = known.enrolment(row) or Enrolment(
        person=person,
        cohort=cohort,
        centre_id=cohort.centre_id,
        enrolled_on=on,
        state=state_in(cohort),
    )
    made = Draft(row, person, enrolment, known.changes_track(row))
    made.set(person, _facts(row))
    if made.enrols:
        made.records.append(enrolment)
    if made.decides:
        made.changes.append(Change("track", known.track(row), row.track.value))
    _add_language(made, cohort, row, known)
    _add_claims(made, cohort, row, known, codes)
    return made


def write(cohort, drafts: list[Draft], *, by, at) -> None:
    """Write what these rows change: a constant number of statements for each thousand rows."""
    for model, columns in WRITTEN.items():
        new, old = [], []
        for made in drafts:
            for record in made.records:
                if isinstance(record, model):
                    (new if record.pk is None else old).append(record)
        model.objects.bulk_create(new, batch_size=BATCH)
        _update(model, old, columns)
        if model is Enrolment:
            _tell_enrolled(cohort, new, by, at)
    record_listed(_decisions(drafts), on=at.date(), by=by, at=at)
    touched = [made.enrolment.pk for made in drafts]
    settle(Enrolment.objects.filter(pk__in=touched), by=by, at=at)
    persons = sorted({made.person.pk for made in drafts if made.person in made.records})
    for start in range(0, len(persons), COMPARED):
        compare.after_commit(persons=persons[start : start + COMPARED])


def _tell_enrolled(cohort, enrolments: list[Enrolment], by, at) -> None:
    text = _("Enrolled in %(cohort)s") % {"cohort": cohort}
    told = [(one.person, text, one) for one in enrolments]
    tell_all(told, CaseEvent.Kind.ENROLLED, by=by, at=at)


def _decisions(drafts: list[Draft]) -> Iterator[tuple]:
    """Yield what the list decides; it gives no reason, so a change counts as a preference."""
    reasons = TrackDecision.Reason
    for made in drafts:
        if made.decides:
            first = made.enrolment.track == Track.UNDECIDED
            reason = reasons.FIRST_CHOICE if first else reasons.PREFERENCE
            row = made.row
            yield made.enrolment, row.track, reason, row.adviser, row.counselled_on


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


def _facts(row) -> dict:
    given = {name: value for name, value in row.given().items() if name in AS_GIVEN}
    born = {"birth_date": row.birth_date.isoformat(), "birth_year": row.birth_date.year}
    return given | born | {"country_id": row.country}


def _add_language(made: Draft, cohort, row, known: Known) -> None:
    if not row.language:
        return
    key = (made.person.pk, row.language, row.language_tested_on)
    result = known.languages.get(key) or LanguageResult(
        person=made.person,
        centre_id=cohort.centre_id,
        language_id=row.language,
        tested_on=row.language_tested_on,
    )
    facts = {"level": row.language_level.value}
    if row.language_expires_on:
        facts["expires_on"] = row.language_expires_on
    made.set(result, facts)


def _add_claims(made: Draft, cohort, row, known: Known, codes) -> None:
    """Add the skills that the list claims; what a course or certificate proved stays."""
    for skill, level in row.skills:
        claim = known.skills.get((made.person.pk, skill)) or SkillClaim(
            person=made.person,
            centre_id=cohort.centre_id,
            skill_id=skill,
            evidence=SkillClaim.Evidence.NONE,
        )
        if claim.evidence == SkillClaim.Evidence.NONE:
            made.set(claim, {"level": level}, {"level": codes.titles[skill]})


def _text(value) -> str:
    return "" if value is None else str(getattr(value, "value", value))
