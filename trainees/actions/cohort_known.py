"""What is known of the trainees a list names, read in five queries."""

from dataclasses import dataclass

from trainees.duplicates.candidates import by_reference
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim
from trainees.states import Track


@dataclass(frozen=True, slots=True)
class Known:
    """Persons by reference; their enrolment here, language results and skills by person."""

    persons: dict[str, Person]
    enrolments: dict[int, Enrolment]
    languages: dict[tuple, LanguageResult]
    skills: dict[tuple[int, int], SkillClaim]

    @classmethod
    def of(cls, cohort, references: list[str], decided: dict[str, str]) -> "Known":
        """Read what the cohort's centre knows of these references.

        ``decided`` names, for references that are new, the uid of the person somebody found.
        """
        persons = by_reference(cohort.centre_id, references)
        found = Person.objects.survivors().filter(
            centre=cohort.centre_id, uid__in=set(decided.values())
        )
        by_uid = {str(person.uid): person for person in found}
        persons |= {reference: by_uid[uid] for reference, uid in decided.items() if uid in by_uid}
        ids = {person.pk for person in persons.values()}
        overall = LanguageResult.objects.filter(person__in=ids, skill=LanguageResult.Skill.OVERALL)
        return cls(
            persons,
            {row.person_id: row for row in Enrolment.objects.filter(cohort=cohort, person__in=ids)},
            {(row.person_id, row.language_id, row.tested_on): row for row in overall},
            {
                (row.person_id, row.skill_id): row
                for row in SkillClaim.objects.filter(person__in=ids)
            },
        )

    def enrolment(self, row) -> Enrolment | None:
        """Return the enrolment in this cohort of the trainee whom the row names."""
        person = self.persons.get(row.reference)
        return self.enrolments.get(person.pk) if person else None

    def track(self, row) -> str:
        """Return the track on which the trainee is now."""
        enrolment = self.enrolment(row)
        return enrolment.track if enrolment else Track.UNDECIDED

    def changes_track(self, row) -> bool:
        """Tell whether the row decides something; “undecided” leaves a decision as it is."""
        return row.track != Track.UNDECIDED and row.track != self.track(row)
