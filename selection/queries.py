"""Reads for the screens, the API and the decision of selection."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from selection.models import Application, Call
from selection.states import PASSED, ApplicationState

# Per application and criterion: how many scored, the value that counts, whether it is enough.
# Two scorers further apart than the tolerance need a third; the middle of all values counts.
VALUED = """
    SELECT s.application_id, s.criterion_id,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY s.value) AS value,
           count(*) >= c.scorers
               AND NOT (count(*) = 2 AND max(s.value) - min(s.value) > coalesce(c.tolerance, 32767))
               AS is_enough
    FROM selection_score AS s JOIN selection_call AS c ON c.id = s.call_id
    WHERE s.tenant_id = %(tenant)s AND s.call_id = %(call)s
          AND s.application_id = coalesce(%(application)s::bigint, s.application_id)
    GROUP BY s.application_id, s.criterion_id, c.scorers, c.tolerance
"""
COMPLETE = f"""
    WITH valued AS ({VALUED})
    SELECT application_id FROM valued GROUP BY application_id
    HAVING count(*) FILTER (WHERE is_enough) =
        (SELECT count(*) FROM selection_criterion
         WHERE tenant_id = %(tenant)s AND call_id = %(call)s)
"""  # noqa: S608  only our own text is put together


def rows_of(sql: str, call: Call, **values) -> list[tuple]:
    """Return the rows of a query about one call, or about one ``application`` of it."""
    with connection.cursor() as cursor:
        names = {"tenant": call.tenant_id, "call": call.pk, "application": None}
        cursor.execute(sql, names | values)
        return cursor.fetchall()


def fully_scored(call: Call, *, application: int | None = None) -> set[int]:
    """Return the ids of applications whose every criterion has the scores it needs."""
    return {pk for (pk,) in rows_of(COMPLETE, call, application=application)}


def unscored(call: Call) -> int:
    """Return how many eligible applications still lack scores."""
    rows = call.applications.filter(
        state__in=[ApplicationState.ELIGIBLE, ApplicationState.ASSESSED]
    )
    return rows.exclude(pk__in=fully_scored(call)).count()


def calls():
    """Return calls with cohort, centre, and how many applied, passed and accepted."""
    counted = {
        "applied": ~Q(applications__state=ApplicationState.WITHDRAWN),
        "passed": Q(applications__state__in=PASSED),
        "accepted": Q(applications__state=ApplicationState.ACCEPTED),
    }
    return Call.objects.select_related(
        "cohort", "cohort__course", "cohort__partnership", "centre"
    ).annotate(**{name: Count("applications", filter=fits) for name, fits in counted.items()})


def applications(call: Call | None = None):
    """Return applications with person, call and offer; those of one call if it is named."""
    rows = Application.objects.select_related("person", "person__country", "call", "centre")
    return rows if call is None else rows.filter(call=call)


@dataclass(frozen=True, slots=True)
class Step:
    """One criterion of a score: what was given, what counts of it and what it earns of 100."""

    criterion: object
    scores: list
    value: float | None
    is_enough: bool
    points: float


def explained(application: Application) -> list[Step]:
    """Return how the score of an application comes about, criterion by criterion, in 3 queries."""
    call = application.call
    found = rows_of(VALUED, call, application=application.pk)
    valued = {criterion: (value, enough) for _owner, criterion, value, enough in found}
    criteria = list(call.criteria.order_by("position"))
    weights = sum(one.weight for one in criteria)
    given: dict[int, list] = {}
    for score in application.scores.order_by("scored_at", "id"):
        given.setdefault(score.criterion_id, []).append(score)
    return [
        Step(
            one,
            given.get(one.pk, []),
            *(valued.get(one.pk, (None, False))),
            points=100 * one.weight * (valued.get(one.pk, (0, 0))[0] or 0) / one.scale / weights,
        )
        for one in criteria
    ]
