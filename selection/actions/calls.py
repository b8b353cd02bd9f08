"""Calls: planned, put into words, opened, closed and ended."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from selection import rules
from selection.models import Call
from selection.states import ApplicationState, CallState

MANAGE = Permission.MANAGE_SELECTION
MOST_QUESTIONS = 10


@transaction.atomic
def plan(cohort, *, by, at, title="", text="", language="en", **facts) -> Call:
    """Plan a call for the places of a cohort and return it, a draft.

    Raises:
        Refused: a field is wrong, or the address is taken.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, MANAGE, by)
    facts.setdefault("is_demonstration", cohort.is_demonstration)
    call = Call(cohort=cohort, centre_id=cohort.centre_id, **facts)
    call.titles, call.texts = {language: title}, {language: text}
    is_valid(call)
    call.save()
    return call


@transaction.atomic
def edit(call, *, by, at, **facts) -> Call:
    """Change the call's own fields and return it.

    Raises:
        Refused: a field is wrong, or the call is decided.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.may_change(call)
    for name, value in facts.items():
        setattr(call, name, value)
    is_valid(call)
    call.save()
    return call


@transaction.atomic
def say(call, language: str, *, title: str, text: str, by, at) -> Call:
    """Write title and text in one language; empty ones take the language away.

    Raises:
        Refused: the call is decided.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.may_change(call)
    for texts, said in ((call.titles, title), (call.texts, text)):
        texts[language] = said.strip()
        if not texts[language]:
            del texts[language]
    call.save(update_fields=["titles", "texts"])
    return call


@transaction.atomic
def ask(call, key: str, *, labels: dict[str, str], longest: int, by, at) -> Call:
    """Ask applicants one more question, or ask it in other words.

    Raises:
        Refused: the call is decided, or asks too much already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.may_change(call)
    found = next((one for one in call.questions if one["key"] == key), None)
    if found is None and len(call.questions) >= MOST_QUESTIONS:
        raise Refused(
            _("A call asks at most %(count)s questions.") % {"count": MOST_QUESTIONS},
            field="key",
            code="too_many_questions",
        )
    if found is None:
        call.questions.append({"key": key, "labels": labels, "longest": longest})
    else:
        found["labels"] |= labels
        found["longest"] = longest
    call.save(update_fields=["questions"])
    return call


@transaction.atomic
def ask_no_more(call, key: str, *, by, at) -> Call:
    """Take a question back; answers given to it stay with their applications.

    Raises:
        Refused: the call is decided.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.may_change(call)
    call.questions = [one for one in call.questions if one["key"] != key]
    call.save(update_fields=["questions"])
    return call


@transaction.atomic
def open_up(call, *, by, at) -> Call:
    """Open the call, also again; from its opening hour on the public form takes applications.

    Raises:
        Refused: text or criteria are missing, or it would be over at once.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.has_scheme(call)
    if call.closes_at <= at:
        raise Refused(
            _("The call would be closed at once. Move its end first."),
            field="closes_at",
            code="over_already",
        )
    return workflow.move(call, CallState.OPEN, by=by, at=at)


@transaction.atomic
def close(call, *, seed: str, by, at) -> Call:
    """Close the call. ``seed`` is drawn by the caller and breaks ties; the first one drawn stays.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    return workflow.move(call, CallState.CLOSED, by=by, at=at, seed=call.seed or seed)


@transaction.atomic
def move(call, target, *, by, at) -> Call:
    """Move the call to screening, to its end, or cancel it; return it.

    The end rejects whoever still waits; a cancelled call keeps its applications as they are.

    Raises:
        Refused: there is no such move, or offers still wait for an answer.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    if target not in (CallState.SCREENING, CallState.ENDED, CallState.CANCELLED):
        raise Refused(_("This step has its own button."), field="state", code="no_such_move")
    call = locked(call)
    if call.state == CallState.DECIDED and target == CallState.SCREENING:
        raise Refused(_("Take the decision back instead."), field="state", code="no_such_move")
    if target == CallState.ENDED:
        _end_lists(call, by=by, at=at)
    return workflow.move(call, target, by=by, at=at)


def _end_lists(call, *, by, at) -> None:
    if call.offers_sent_at is None or call.offers.outstanding().exists():
        raise Refused(
            _("Offers wait for an answer. The call ends once all are answered."),
            field="state",
            code="offers_open",
        )
    waiting = call.applications.filter(state=ApplicationState.WAITLISTED)
    workflow.move_all(waiting, ApplicationState.REJECTED, by=by, at=at, rejection="list_ended")


def locked(call) -> Call:
    """Return the call as it is now, locked until the transaction ends."""
    return Call.objects.select_for_update().get(pk=call.pk)
