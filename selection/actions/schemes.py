"""The scheme of a call: its eligibility rules and its criteria."""

from django.db import transaction
from django.db.models import Max

from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from selection import rules
from selection.actions import eligibility
from selection.actions.calls import locked
from selection.models import Criterion, EligibilityRule

MANAGE = Permission.MANAGE_SELECTION


@transaction.atomic
def add_rule(call, kind: str, *, by, at, minimum=None, maximum=None, values=()) -> EligibilityRule:
    """Add a rule and judge all applications by it; return it.

    Raises:
        Refused: it asks for nothing or something unknown, stands there already, or the call is
            decided.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.may_change(call)
    rule = EligibilityRule(
        call=call,
        centre_id=call.centre_id,
        kind=kind,
        minimum=minimum,
        maximum=maximum,
        values=list(values),
    )
    rules.is_sound(rule)
    is_valid(rule)
    rule.save()
    eligibility.evaluate(call, by=by, at=at)
    return rule


@transaction.atomic
def drop_rule(rule, *, by, at) -> None:
    """Take a rule away and judge all applications again.

    Raises:
        Refused: the call is decided.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(rule.centre_id, MANAGE, by)
    call = locked(rule.call)
    rules.may_change(call)
    rule.delete()
    eligibility.evaluate(call, by=by, at=at)


@transaction.atomic
def add_criterion(call, *, by, at, **facts) -> Criterion:
    """Add a criterion behind those there are; return it.

    Raises:
        Refused: a field is wrong, its code is taken, or something is scored already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, MANAGE, by)
    call = locked(call)
    rules.scheme_may_change(call)
    last = call.criteria.aggregate(last=Max("position"))["last"] or 0
    criterion = Criterion(call=call, centre_id=call.centre_id, position=last + 1, **facts)
    is_valid(criterion)
    criterion.save()
    return criterion


@transaction.atomic
def drop_criterion(criterion, *, by, at) -> None:
    """Take a criterion away.

    Raises:
        Refused: something is scored already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(criterion.centre_id, MANAGE, by)
    rules.scheme_may_change(locked(criterion.call))
    criterion.delete()
