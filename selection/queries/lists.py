"""Lists of calls and applications."""

from django.db.models import Count, Exists, OuterRef, Q

from selection.models import Application, Call, Score
from selection.queries.order import ENOUGH, fully_scored, rows_of
from selection.states import PASSED, ApplicationState


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


def unscored(call: Call) -> int:
    """Return how many eligible applications still lack scores."""
    rows = call.applications.filter(
        state__in=[ApplicationState.ELIGIBLE, ApplicationState.ASSESSED]
    )
    return rows.exclude(pk__in=fully_scored(call)).count()


def to_score(call: Call, criteria, scorer: int):
    """Return eligible applications that still need points of this scorer for these criteria.

    Those that have enough scores of others need none; two scorers too far apart need a third.
    """
    rows = applications(call).filter(
        state__in=[ApplicationState.ELIGIBLE, ApplicationState.ASSESSED]
    )
    asked = {"criteria": [one.pk for one in criteria], "wanted": len(criteria)}
    enough = [pk for (pk,) in rows_of(ENOUGH, call, **asked)]
    mine = Score.objects.filter(application=OuterRef("pk"), scorer=scorer, criterion__in=criteria)
    return rows.exclude(pk__in=enough).exclude(Exists(mine))
