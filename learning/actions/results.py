"""Results of assessments, attempt by attempt: resits up to the course's limit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from learning import rules
from learning.actions.completions import settle
from learning.models import Assessment, AssessmentResult
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.actions.story import tell_all
from trainees.models import CaseEvent, Enrolment
from trainees.rules import on_is_sound

BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """The points of one attempt of one trainee (``enrolment`` is the id)."""

    enrolment: int
    points: Decimal
    taken_on: date
    assessor: str
    second_assessor: str = ""
    attempt: int = 1

    def facts(self) -> dict:
        """Return what a result keeps of it."""
        return {
            "points": self.points,
            "taken_on": self.taken_on,
            "assessor": self.assessor.strip()[:120],
            "second_assessor": self.second_assessor.strip()[:120],
        }


@transaction.atomic
def record(assessment, entries: Sequence[Entry], *, by, at) -> int:
    """Record results in a constant number of statements; return how many changed something.

    An attempt that stands is corrected; the next one is a resit. The same entries again change
    nothing.

    Raises:
        Refused: points, attempt, day or assessors are impossible; ``field`` is
            ``results/<place>/<field>``.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(assessment.centre_id, Permission.RECORD_ASSESSMENTS, by)
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    rules.cohort_runs(assessment.cohort)
    people = _people(assessment, entries)
    held = _held(assessment, entries)
    rows = []
    for place, entry in enumerate(entries):
        before = held[entry.enrolment]
        try:
            row = row_of(assessment, entry, before, at)
        except Refused as refusal:
            raise _at(place, people[entry.enrolment], refusal) from refusal
        if row is not None:
            rows.append(row)
    write(assessment, rows, people, by=by, at=at)
    return len(rows)


def _people(assessment, entries) -> dict[int, Enrolment]:
    rows = Enrolment.objects.filter(
        cohort=assessment.cohort_id, pk__in=[entry.enrolment for entry in entries]
    )
    found = {row.pk: row for row in rows.select_related("person")}
    for place, entry in enumerate(entries):
        if entry.enrolment not in found:
            raise Refused(
                _("This trainee is not in the cohort."),
                field=f"results/{place}/enrolment",
                code="not_in_cohort",
            )
    return found


def _held(assessment, entries) -> dict[int, list[AssessmentResult]]:
    held = defaultdict(list)
    rows = assessment.results.filter(enrolment__in=[entry.enrolment for entry in entries])
    for row in rows.order_by("attempt"):
        row.assessment = assessment
        held[row.enrolment_id].append(row)
    return held


def row_of(assessment, entry: Entry, before: list, at) -> AssessmentResult | None:
    """Return the result to write, None where it stands already; ``before`` grows by a new one.

    ``before`` are the attempts so far, in order.

    Raises:
        Refused: the entry is impossible; ``field`` names what is.

    """
    standing = next((row for row in before if row.attempt == entry.attempt), None)
    facts = entry.facts()
    if standing and all(getattr(standing, name) == value for name, value in facts.items()):
        return None
    rules.points_are_sound(assessment, entry.points)
    on_is_sound(entry.taken_on, after=None, today=at.date(), field="taken_on")
    if not facts["assessor"]:
        raise Refused(_("Name the assessor."), field="assessor", code="required")
    rules.failing_has_two_assessors(
        assessment, entry.points, facts["assessor"], facts["second_assessor"]
    )
    if standing is None:
        rules.attempt_is_open(entry.attempt, before, assessment.cohort.course)
        standing = AssessmentResult(
            assessment=assessment,
            enrolment_id=entry.enrolment,
            centre_id=assessment.centre_id,
            attempt=entry.attempt,
        )
        before.append(standing)
    for name, value in facts.items():
        setattr(standing, name, value)
    return standing


def _at(place: int, enrolment, refusal: Refused) -> Refused:
    return Refused(
        f"{enrolment.person.reference}: {refusal.message}",
        field=f"results/{place}/{refusal.field}",
        code=refusal.code,
    )


def write(assessment, rows: list[AssessmentResult], people: dict, *, by, at) -> None:
    """Write checked results, tell them, and settle the module; ``people`` are enrolments by id."""
    AssessmentResult.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=["points", "taken_on", "assessor", "second_assessor"],
        unique_fields=["tenant", "assessment", "enrolment", "attempt"],
    )
    told = [(people[row.enrolment_id].person, _words(assessment, row), row) for row in rows]
    tell_all(told, CaseEvent.Kind.ASSESSMENT, by=by, at=at)
    settle(assessment.cohort, assessment.module_id, only=people, by=by, at=at)


def _words(assessment, row: AssessmentResult) -> str:
    text = _("%(title)s: passed") if row.is_passed else _("%(title)s: not passed")
    text %= {"title": assessment.title}
    return text if row.attempt == 1 else f"{text} ({_('attempt')} {row.attempt})"
