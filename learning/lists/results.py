"""Results of one assessment as a list: an attempt a row."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Annotated, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BeforeValidator

from gsp.uploads.batch import NEW, UNCHANGED, Change, Verdict, updated
from gsp.uploads.cells import Day, count, identifier, problem, text
from gsp.uploads.purpose import Purpose, Target, register
from gsp.uploads.rows import UploadRow
from gsp.uploads.template import columns_of, workbook
from gsp.workflow import Refused
from learning import rules
from learning.actions.results import Entry, row_of, write
from learning.headings import RESULTS
from learning.lists import people
from learning.models import Assessment
from learning.queries import sheet_of
from partnerships.roles import Permission
from partnerships.rules import may_act_for

FACTS = ("points", "taken_on", "assessor", "second_assessor")


def _points(value) -> Decimal:
    try:
        points = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        points = Decimal("NaN")
    if points.is_finite() and 0 <= points < 100_000 and points == round(points, 2):
        return points
    raise problem(
        _("“%(value)s” is no number of points.") % {"value": value},
        _("Write digits and at most two decimals, such as 72.5."),
    )


class ResultRow(UploadRow):
    """The points of one attempt."""

    headings: ClassVar = RESULTS

    reference: identifier(40)
    attempt: count(20) = 1
    points: Annotated[Decimal, BeforeValidator(_points)]
    taken_on: Day
    assessor: text(120)
    second_assessor: text(120) = ""


@dataclass
class Sheet:
    """An assessment with its trainees by reference and their attempts by enrolment."""

    assessment: Assessment
    at: object
    trainees: dict
    attempts: dict
    seen: people.Seen = field(default_factory=people.Seen)
    rows: dict = field(default_factory=dict)


def assessment_named(name: str) -> Assessment:
    """Return the assessment of an identifier.

    Raises:
        Refused: there is none.

    """
    rows = Assessment.objects.select_related("cohort__course", "centre", "module")
    try:
        found = rows.filter(uid=UUID(name)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused(
            _("There is no assessment “%(name)s” here. Give its identifier.") % {"name": name},
            field="subject",
            code="unknown_assessment",
        )
    return found


@register
class ResultList(Purpose):
    """An attempt a row; sending it again corrects it."""

    kind, label, row = "results", gettext_lazy("Results"), ResultRow
    permission, view_permission = Permission.RECORD_ASSESSMENTS, Permission.VIEW_TRAINEES

    def find(self, name, organisation):
        """Return the assessment of an identifier."""
        return assessment_named(name)

    def target(self, thing, *, by):
        """Return the assessment's centre, for itself and for the agency's staff."""
        may_act_for(thing.centre_id, self.permission, by)
        rules.cohort_runs(thing.cohort)
        return Target(thing.centre, thing.uid, thing.title)

    def begin(self, upload, *, at):
        """Read the assessment, its trainees and their attempts."""
        assessment = assessment_named(str(upload.subject))
        rules.cohort_runs(assessment.cohort)
        lines = sheet_of(assessment)
        trainees = {one.person.reference: one for one, _attempts in lines}
        attempts = {one.pk: attempts for one, attempts in lines}
        return Sheet(assessment, at, trainees, defaultdict(list, attempts))

    def compare(self, context, batch):
        """Compare each attempt with the one that is held."""
        return [_verdict(context, number, row, batch) for number, row in batch.numbered()]

    def write(self, context, batch, *, by, at):
        """Write them, tell them and settle the module."""
        rows = [context.rows[number] for number in batch.numbers]
        people_of = {one.pk: one for one in context.trainees.values()}
        touched = {row.enrolment_id: people_of[row.enrolment_id] for row in rows}
        write(context.assessment, rows, touched, by=by, at=at)

    def template(self, thing):
        """Return a line for each trainee with the number of the next attempt."""
        columns = columns_of(ResultRow, _hints())
        lines = [
            (one.person.reference, str(len(attempts) + 1))
            for one, attempts in sheet_of(thing)
            if not any(result.is_passed for result in attempts)
        ]
        return workbook(columns, title=_("Results"), rows=lines)

    def address(self, upload):
        """Return the page where results are sent."""
        return "results-upload", {"uid": upload.subject}


def _verdict(context: Sheet, number: int, row, batch) -> Verdict:
    trainee = context.trainees.get(row.reference)
    if trainee is None:
        return people.no_such_trainee(number, row.reference)
    first = context.seen.first((trainee.pk, row.attempt), number)
    if first is not None:
        return people.stands_already(number, "reference", row.reference, first)
    before = context.attempts[trainee.pk]
    known = next((one for one in before if one.attempt == row.attempt), None)
    old = known and _shown(known)
    entry = Entry(
        trainee.pk, row.points, row.taken_on, row.assessor, row.second_assessor, row.attempt
    )
    try:
        result = row_of(context.assessment, entry, before, context.at)
    except Refused as refusal:
        return people.refused(number, refusal, batch, "points")
    if result is None:
        return UNCHANGED
    context.rows[number] = result
    if old is None:
        return NEW
    pairs = zip(FACTS, old, _shown(result), strict=True)
    return updated(*(Change(name, one, other) for name, one, other in pairs if one != other))


def _shown(result) -> tuple[str, ...]:
    points = f"{result.points.normalize():f}"
    return points, result.taken_on.isoformat(), result.assessor, result.second_assessor


def _hints() -> dict[str, str]:
    return {
        "reference": _("Your own number for this person."),
        "attempt": _("1, or the number of the resit."),
        "points": _("Such as 72.5."),
        "taken_on": _("The day of the attempt."),
        "assessor": _("Who assessed."),
        "second_assessor": _("Needed where somebody does not pass."),
    }
