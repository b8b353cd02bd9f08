"""Scores: given by one scorer for one application, criterion by criterion."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from selection import queries, rules
from selection.actions.calls import locked
from selection.models import Application, Score
from selection.states import ApplicationState

SCORE = Permission.SCORE_APPLICATIONS


@transaction.atomic
def record(application, points: dict, *, by, at, comments=None) -> Application:
    """Record the scorer's points, ``{criterion: points}``; return the application.

    Scoring again replaces the scorer's own earlier points. Once every criterion has the scores
    it needs, the application is assessed.

    Raises:
        Refused: points beyond the scale, the application is not to be scored, or it is decided.
        NotAllowed: ``by`` may not score, or not this criterion.

    """
    may_act_for(application.centre_id, SCORE, by)
    call = locked(application.call)
    rules.may_change(call)
    application = Application.objects.select_related("person", "call").get(pk=application.pk)
    comments = comments or {}
    rows = []
    for criterion, value in points.items():
        rules.may_score(application, criterion, by)
        _is_on_scale(criterion, value)
        comment = comments.get(criterion, "")
        rows.append(score_of(application, criterion, value, comment, by=by, at=at))
    write(rows)
    settle(call, by=by, at=at, application=application.pk)
    application.refresh_from_db()
    return application


def write(rows: list[Score]) -> None:
    """Write scores, each in place of the same scorer's earlier one, in one statement."""
    Score.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "application", "criterion", "scorer"],
        update_fields=["value", "comment", "scored_by", "scored_at"],
        batch_size=5000,
    )


def settle(call, *, by, at, application: int | None = None) -> None:
    """Move applications to assessed once they are fully scored, and back if no longer.

    ``application`` limits it to one id.
    """
    complete = queries.fully_scored(call, application=application)
    rows = Application.objects.filter(call=call)
    if application is not None:
        rows = rows.filter(pk=application)
    eligible = rows.filter(pk__in=complete, state=ApplicationState.ELIGIBLE)
    workflow.move_all(eligible, ApplicationState.ASSESSED, by=by, at=at)
    open_again = rows.exclude(pk__in=complete).filter(state=ApplicationState.ASSESSED)
    workflow.move_all(open_again, ApplicationState.ELIGIBLE, by=by, at=at)


def _is_on_scale(criterion, value) -> None:
    if not 0 <= value <= criterion.scale:
        raise Refused(
            _("“%(criterion)s” has 0 to %(most)s points.")
            % {"criterion": criterion, "most": criterion.scale},
            field=criterion.code,
            code="beyond_scale",
        )


def score_of(application, criterion, value, comment, *, by, at) -> Score:
    """Return the score of one scorer, not saved."""
    return Score(
        call_id=application.call_id,
        application=application,
        criterion=criterion,
        centre_id=application.centre_id,
        value=value,
        comment=comment.strip(),
        scorer=scorer_of(by),
        scored_by=by.user.name if hasattr(by, "user") else by.name,
        scored_at=at,
    )


def scorer_of(by) -> int:
    """Return the user who scores; 0 for the platform itself."""
    return getattr(by, "user_id", 0)
