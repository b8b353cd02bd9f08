"""The decision over a whole call: made in one action, undone until offers are sent, then sent."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gsp import workflow
from gsp.background.jobs import background
from gsp.workflow import Refused
from partnerships.roles import Permission, System
from partnerships.rules import may_act_for
from selection import progress, queries, rules
from selection.actions import eligibility, ranking, scores
from selection.actions.calls import locked
from selection.models import Application, Call, Offer, Rejection
from selection.states import ApplicationState as A
from selection.states import CallState
from trainees.actions.story import tell_all
from trainees.models import CaseEvent
from trainees.states import Track

MANAGE = Permission.MANAGE_SELECTION
TOLD = gettext_noop("Decided: %(call)s: %(state)s")


def may_start(call, *, leave_unscored: bool, by, at) -> None:
    """Check what can be checked before the work begins in the background.

    Raises:
        Refused: not in screening, no criteria, or scores are missing.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    rules.may_decide(call)
    if not leave_unscored:
        rules.everybody_is_assessed(queries.unscored(call))


@transaction.atomic
def decide(call, *, by, at, leave_unscored: bool = False) -> Call:
    """Rank, shortlist, list who waits, reject the others with reasons, prepare the offers.

    A constant number of statements for any number of applications. With ``leave_unscored``,
    eligible applications without full scores are rejected as not assessed.

    Raises:
        Refused: not in screening, no criteria, or scores are missing.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.may_decide(call)
    progress.note(call, progress.Stage.CHECKING)
    eligibility.evaluate(call, by=by, at=at)
    scores.settle(call, by=by, at=at)
    if not leave_unscored:
        waiting = call.applications.filter(state__in=[A.APPLIED, A.ELIGIBLE]).count()
        rules.everybody_is_assessed(waiting)
    progress.note(call, progress.Stage.RANKING)
    ranking.rank(call)
    progress.note(call, progress.Stage.DECIDING)
    _sort_out(call, by=by, at=at)
    _prepare_offers(call, at=at)
    call = workflow.move(call, CallState.DECIDED, by=by, at=at)
    progress.forget(call)
    return call


@background
def decide_later(*, call: int, by: str, at: str, leave_unscored: bool) -> None:
    """Decide in the background; a refusal stands on the call's page instead of being tried again.

    ``at`` is the moment it was asked for, in ISO 8601; ``by`` the name of who asked.
    """
    from django.utils.dateparse import parse_datetime

    found = Call.objects.get(pk=call)
    if found.state == CallState.DECIDED:
        return
    try:
        decide(found, by=System(by), at=parse_datetime(at), leave_unscored=leave_unscored)
    except Refused as refusal:
        progress.refuse(found, refusal.message)


def _sort_out(call, *, by, at) -> None:
    rows, places, waits = call.applications, _places(call), _waits(call)
    enough = Q(total__gte=call.minimum_score or 0)

    def reject(those, reason) -> None:
        workflow.move_all(those, A.REJECTED, by=by, at=at, rejection=reason)

    reject(rows.filter(state=A.INELIGIBLE), Rejection.NOT_ELIGIBLE)
    reject(rows.filter(state=A.ELIGIBLE), Rejection.NOT_ASSESSED)
    assessed = rows.filter(state=A.ASSESSED)
    reject(assessed.exclude(enough), Rejection.BELOW_MINIMUM)
    workflow.move_all(assessed.filter(places), A.SHORTLISTED, by=by, at=at)
    waiting = assessed.filter(waits)
    workflow.move_all(waiting, A.WAITLISTED, by=by, at=at, waiting_position=_position(call))
    reject(assessed, Rejection.NO_PLACE)


def _places(call) -> Q:
    if not call.is_split:
        return Q(rank__lte=call.places)
    home = Q(track=Track.HOME, rank__lte=call.home_places)
    return home | Q(track=Track.AWAY, rank__lte=call.away_places)


def _waits(call) -> Q:
    longest = call.waiting_places
    if longest is None:
        return Q()
    if not call.is_split:
        return Q(rank__lte=call.places + longest)
    home = Q(track=Track.HOME, rank__lte=call.home_places + longest)
    return home | Q(track=Track.AWAY, rank__lte=call.away_places + longest)


def _position(call):
    if not call.is_split:
        return F("rank") - call.places
    away = When(track=Track.AWAY, then=F("rank") - Value(call.away_places))
    return Case(away, default=F("rank") - Value(call.home_places))


def _prepare_offers(call, *, at) -> None:
    chosen = call.applications.filter(state=A.SHORTLISTED).values_list("id", flat=True)
    deadline = at + timedelta(days=call.offer_days)
    Offer.objects.bulk_create(
        [
            Offer(
                call=call,
                application_id=pk,
                centre_id=call.centre_id,
                made_at=at,
                deadline=deadline,
            )
            for pk in chosen.order_by("id")
        ],
        batch_size=1000,
    )


@transaction.atomic
def undo(call, *, by, at) -> Call:
    """Take the decision back: every application stands where it stood, no offer was made.

    Raises:
        Refused: nothing is decided, or the offers are sent.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.may_undo(call)
    call.offers.all().delete()
    nothing = {"total": None, "rank": None, "waiting_position": None, "rejection": ""}
    before = {
        A.INELIGIBLE: Q(rejection=Rejection.NOT_ELIGIBLE),
        A.ELIGIBLE: Q(rejection=Rejection.NOT_ASSESSED),
        A.ASSESSED: Q(state__in=[A.SHORTLISTED, A.WAITLISTED])
        | Q(rejection__in=[Rejection.BELOW_MINIMUM, Rejection.NO_PLACE]),
    }
    for state, those in before.items():
        workflow.move_all(call.applications.filter(those), state, by=by, at=at, **nothing)
    return workflow.move(call, CallState.SCREENING, by=by, at=at)


@transaction.atomic
def send(call, *, by, at) -> Call:
    """Send the offers: from now on applicants see the decision, and the days to answer run.

    Raises:
        Refused: nothing is decided, or the offers are sent already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.may_undo(call)
    deadline = at + timedelta(days=call.offer_days)
    Offer.objects.filter(call=call).update(sent_at=at, deadline=deadline)
    offered = call.applications.filter(state=A.SHORTLISTED)
    workflow.move_all(offered, A.PLACE_OFFERED, by=by, at=at)
    call.offers_sent_at = at
    call.save(update_fields=["offers_sent_at"])
    rows = Application.objects.filter(call=call).exclude(state=A.WITHDRAWN)
    told = [
        (one.person, _(TOLD) % {"call": call.code, "state": one.get_state_display()}, one)
        for one in rows.select_related("person").only(
            "uid", "state", "person__centre_id", "person__tenant_id", "tenant_id"
        )
    ]
    tell_all(told, CaseEvent.Kind.SELECTION, by=by, at=at)
    return call
