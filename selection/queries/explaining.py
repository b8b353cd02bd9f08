"""Why an application has its score and its rank."""

from dataclasses import dataclass

from selection.models import Application
from selection.queries.lists import applications
from selection.queries.order import VALUED, rows_of


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


def separated(application: Application) -> dict | None:
    """Return what put an application before the next in rank: by which step of the order.

    ``{"reference", "by", "criterion"}``; ``by`` is total, criterion, submission or lot.
    """
    if application.rank is None:
        return None
    rows = applications(application.call).filter(rank=application.rank + 1)
    if application.call.is_split:
        rows = rows.filter(track=application.track)
    after = rows.first()
    if after is None:
        return None
    found = {"reference": after.reference, "criterion": None}
    if after.total != application.total:
        return found | {"by": "total"}
    for mine, other in zip(explained(application), explained(after), strict=True):
        if mine.value != other.value:
            return found | {"by": "criterion", "criterion": mine.criterion}
    by = "submission" if after.submitted_at != application.submitted_at else "lot"
    return found | {"by": by}
