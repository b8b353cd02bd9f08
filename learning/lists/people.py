"""What the lists of learning share: whom a row means, and refusals told cell by cell."""

from uuid import UUID

from django.utils.translation import gettext as _

from gsp.uploads.batch import Batch, Verdict, wrong
from gsp.uploads.rows import RowError
from gsp.workflow import Refused
from trainees.models import Enrolment
from training.models import Cohort


def cohort_named(name: str) -> Cohort:
    """Return the cohort of an identifier.

    Raises:
        Refused: there is none.

    """
    rows = Cohort.objects.select_related("course", "centre")
    try:
        found = rows.filter(uid=UUID(name)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused(
            _("There is no cohort “%(name)s” here. Give its identifier.") % {"name": name},
            field="subject",
            code="unknown_cohort",
        )
    return found


def trainees_of(cohort) -> dict[str, Enrolment]:
    """Return the enrolments that hold a seat, by the centre's reference; one query."""
    rows = cohort.enrolments.holding_seats().select_related("person")
    return {one.person.reference: one for one in rows}


class Seen:
    """Which keys stood in which row, to refuse a row that repeats another."""

    def __init__(self):
        self.rows: dict = {}

    def first(self, key, number: int) -> int | None:
        """Return the earlier row with this key, None where this is the first."""
        first = self.rows.setdefault(key, number)
        return None if first == number else first


def no_such_trainee(number: int, reference: str) -> Verdict:
    """Return the verdict of a row whose reference nobody in the cohort has."""
    return error(
        number,
        "reference",
        reference,
        _("Nobody in this cohort has this reference."),
        _("Compare it with the list of trainees; the template holds their references."),
    )


def stands_already(number: int, column: str, value: str, first: int) -> Verdict:
    """Return the verdict of a row that repeats another."""
    return error(
        number,
        column,
        value,
        _("The same stands in row %(row)s already.") % {"row": first},
        _("Keep one of them."),
    )


def error(number: int, column: str, value: str, message: str, remedy: str) -> Verdict:
    """Return the verdict of a row in which one cell is wrong."""
    return wrong(RowError(number, column, value, message, remedy))


def refused(number: int, refusal: Refused, batch: Batch, default: str) -> Verdict:
    """Return a refusal as the verdict of its row, at the column it names, else at ``default``."""
    column = refusal.field if refusal.field in batch.cells else default
    cells = batch.cells.get(column, ())
    value = cells[list(batch.numbers).index(number)] if cells else ""
    return error(number, column, value, refusal.message, _("Correct this cell."))
