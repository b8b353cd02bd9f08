"""Places: offered, accepted or declined, expired, and passed on to whoever waits."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from selection.actions.calls import locked
from selection.models import Application, Offer
from selection.states import ApplicationState as A
from selection.states import CallState
from trainees.actions import enrolments
from trainees.actions.story import tell, tell_all
from trainees.models import CaseEvent
from trainees.states import Track

MANAGE = Permission.MANAGE_SELECTION
OFFERED = gettext_noop("Place offered from the waiting list: %(call)s")
EXPIRED = gettext_noop("Offer of a place expired: %(call)s")
ANSWERED = gettext_noop("Offer of a place answered: %(call)s: %(state)s")


@transaction.atomic
def accept(application, *, by, at) -> Application:
    """Accept the offered place: the person is enrolled in the call's cohort.

    Raises:
        Refused: there is no offer, it expired, or the cohort is full or takes nobody any more.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    call, application, offer = _open_offer(application, by=by, at=at)
    enrolment = enrolments.enrol(application.person, call.cohort, by=by, at=at)
    application = workflow.move(application, A.ACCEPTED, by=by, at=at, enrolment=enrolment)
    _answer(offer, Offer.Answer.ACCEPTED, at=at)
    _tell(application, call, by=by, at=at)
    return application


@transaction.atomic
def decline(application, *, by, at) -> Application:
    """Decline the offered place; it goes to the next on the waiting list at once.

    Raises:
        Refused: there is no offer, or it expired.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    call, application, offer = _open_offer(application, by=by, at=at)
    application = workflow.move(application, A.OFFER_DECLINED, by=by, at=at)
    _answer(offer, Offer.Answer.DECLINED, at=at)
    _tell(application, call, by=by, at=at)
    refill(call, by=by, at=at)
    return application


def give_back(application, *, answer: str, by, at) -> None:
    """End the open offer of an application that left, and offer its place to the next."""
    offer = Offer.objects.filter(application=application, answer="").first()
    if offer is not None:
        _answer(offer, answer, at=at)
    refill(application.call, by=by, at=at)


@transaction.atomic
def expire(call, *, by, at) -> int:
    """Let offers past their deadline expire and move the list up; return how many expired.

    Doing it again at the same moment changes nothing.
    """
    call = locked(call)
    overdue = Offer.objects.filter(call=call).outstanding().filter(deadline__lte=at)
    rows = Application.objects.filter(pk__in=overdue.values("application"), state=A.PLACE_OFFERED)
    late = list(rows.select_related("person").order_by("id"))
    workflow.move_all(rows.filter(pk__in=[one.pk for one in late]), A.OFFER_EXPIRED, by=by, at=at)
    overdue.update(answer=Offer.Answer.EXPIRED, answered_at=at)
    text = _(EXPIRED) % {"call": call.code}
    told = [(one.person, text, one) for one in late]
    tell_all(told, CaseEvent.Kind.SELECTION, by=by, at=at)
    refill(call, by=by, at=at)
    return len(late)


def refill(call, *, by, at) -> int:
    """Offer every free place to the next who waits; return how many were offered.

    The call must be locked. Each track draws from its own list where places are split.
    """
    if call.state != CallState.DECIDED or call.offers_sent_at is None:
        return 0
    chosen = [one for queue in _queues(call) for one in _next(call, *queue)]
    if not chosen:
        return 0
    rows = Application.objects.filter(pk__in=[one.pk for one in chosen])
    workflow.move_all(rows.filter(state=A.WAITLISTED), A.PLACE_OFFERED, by=by, at=at)
    deadline = at + timedelta(days=call.offer_days)
    Offer.objects.bulk_create(
        Offer(
            call=call,
            application=one,
            centre_id=call.centre_id,
            made_at=at,
            sent_at=at,
            deadline=deadline,
        )
        for one in chosen
    )
    text = _(OFFERED) % {"call": call.code}
    told = [(one.person, text, one) for one in chosen]
    tell_all(told, CaseEvent.Kind.SELECTION, by=by, at=at)
    return len(chosen)


def _queues(call) -> list[tuple[dict, int]]:
    if not call.is_split:
        return [({}, call.places)]
    return [({"track": Track.HOME}, call.home_places), ({"track": Track.AWAY}, call.away_places)]


def _next(call, queue: dict, places: int) -> list[Application]:
    rows = call.applications.filter(**queue)
    taken = rows.filter(state__in=[A.PLACE_OFFERED, A.ACCEPTED]).count()
    waiting = rows.filter(state=A.WAITLISTED).select_related("person")
    return list(waiting.order_by("waiting_position", "id")[: max(places - taken, 0)])


def _open_offer(application, *, by, at):
    may_act_for(application.centre_id, MANAGE, by)
    call = locked(application.call)
    application = Application.objects.select_related("person", "call").get(pk=application.pk)
    offer = Offer.objects.filter(application=application).outstanding().first()
    if offer is None or application.state != A.PLACE_OFFERED:
        raise Refused(_("No place is offered."), field="answer", code="no_offer")
    if offer.deadline <= at:
        raise Refused(
            _("The offer has expired; the place goes to the next on the waiting list."),
            field="answer",
            code="offer_expired",
        )
    return call, application, offer


def _answer(offer, answer: str, *, at) -> None:
    offer.answer, offer.answered_at = answer, at
    offer.save(update_fields=["answer", "answered_at"])


def _tell(application, call, *, by, at) -> None:
    text = _(ANSWERED) % {"call": call.code, "state": application.get_state_display()}
    tell(application.person, CaseEvent.Kind.SELECTION, by=by, at=at, text=text, about=application)
