"""Eligibility: judged for all applications at once, overridden for one by a named person."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from selection import rules
from selection.actions.calls import locked
from selection.engine.eligibility import Condition, Facts, failed
from selection.models import Application
from selection.states import IN_SELECTION, ApplicationState
from trainees.actions.story import tell
from trainees.models import CaseEvent

A = ApplicationState
SUBMITTED_TWICE = "submitted_twice"
FACTS = (
    "person__birth_date",
    "person__country_id",
    "person__region",
    "education",
    "employment",
    "experience",
    "languages",
)


def evaluate(call, *, by, at, only=None) -> int:
    """Judge the call's undecided applications by its rules; return how many fail one.

    ``only`` limits it to some ids. A constant number of statements; of an application that a
    person decided about, the rules it fails are noted and the decision stands.
    """
    rows = Application.objects.filter(call=call, state__in=IN_SELECTION)
    if only is not None:
        rows = rows.filter(pk__in=only)
    conditions, on = conditions_of(call), call.cohort.starts_on
    read = rows.order_by("id").values_list("id", "failed", "double_of_id", *FACTS)
    changed, failing = [], 0
    for pk, before, double_of, *facts in read:
        found = failed(conditions, _facts(facts), on=on)
        found += [SUBMITTED_TWICE] if double_of else []
        failing += bool(found)
        if found != before:
            changed.append((pk, ",".join(found)))
    _write(changed)
    _move(rows, by=by, at=at)
    return failing


def conditions_of(call) -> list[Condition]:
    """Return the call's rules as the engine reads them."""
    return [
        Condition(rule.kind, rule.reason, rule.minimum, rule.maximum, tuple(rule.values))
        for rule in call.rules.order_by("id")
    ]


def _facts(values) -> Facts:
    born_on, *others = values
    return Facts(date.fromisoformat(born_on) if born_on else None, *others)


def _write(changed: list[tuple[int, str]]) -> None:
    if not changed:
        return
    ids, codes = zip(*changed, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE selection_application AS a "
            "SET failed = CASE WHEN v.codes = '' THEN '{}' ELSE string_to_array(v.codes, ',') END "
            "FROM unnest(%s::bigint[], %s::text[]) AS v (id, codes) WHERE a.id = v.id",
            [list(ids), list(codes)],
        )


def _move(rows, *, by, at) -> None:
    fails = Q(overridden_to=False) | (Q(overridden_to=None) & ~Q(failed=[]))
    workflow.move_all(rows.filter(fails).exclude(state=A.INELIGIBLE), A.INELIGIBLE, by=by, at=at)
    passing = rows.exclude(fails).filter(state__in=[A.APPLIED, A.INELIGIBLE])
    workflow.move_all(passing, A.ELIGIBLE, by=by, at=at)


@transaction.atomic
def override(application, eligible: bool | None, *, reason: str, by, at) -> Application:
    """Decide for one application whether it is eligible; None lets the rules decide again.

    Raises:
        Refused: without a reason, or once the call is decided.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(application.centre_id, Permission.MANAGE_SELECTION, by)
    call = locked(application.call)
    rules.may_change(call)
    if not reason.strip():
        raise Refused(_("Give the reason."), field="reason", code="reason_required")
    name = by.user.name if hasattr(by, "user") else by.name
    Application.objects.filter(pk=application.pk).update(
        overridden_to=eligible,
        override_reason=reason.strip(),
        overridden_by=name,
        overridden_at=at,
    )
    evaluate(call, by=by, at=at, only=[application.pk])
    application.refresh_from_db()
    tell(
        application.person,
        CaseEvent.Kind.SELECTION,
        by=by,
        at=at,
        text=f"{call.code}: {application.get_state_display()}",
        about=application,
    )
    return application
