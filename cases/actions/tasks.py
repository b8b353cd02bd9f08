"""Tasks: added by hand or by a rule, done with undo, dropped, put off."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Task
from cases.states import TaskState
from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission, Role, System
from partnerships.rules import is_valid, may_act_for
from trainees.actions.story import tell
from trainees.models import CaseEvent

TOLD = CaseEvent.Kind.PLAN


@transaction.atomic
def add(title: str, *, due_on, by, at, person=None, cohort=None, assignee=None, role="") -> Task:
    """Write down something to do and return it; for a member, a role, or whoever adds it.

    Raises:
        Refused: nothing is said, or the day has passed.
        NotAllowed: ``by`` may not change cases of this centre.

    """
    subject = person or cohort
    centre_id = subject.centre_id if subject else getattr(by, "organisation_id", None)
    may_act_for(centre_id, Permission.EDIT_CASES, by)
    if not title.strip():
        raise Refused(_("Say what is to be done."), field="title", code="required")
    if due_on < at.date():
        raise Refused(_("This day has passed."), field="due_on", code="in_the_past")
    if assignee is None and not role and not isinstance(by, System):
        assignee = by
    row = Task(
        title=title.strip(),
        due_on=due_on,
        person=person,
        cohort=cohort,
        centre_id=centre_id,
        assignee=assignee,
        role=role,
        made_at=at,
        made_by=by.name if isinstance(by, System) else by.user.name,
    )
    is_valid(row)
    row.save()
    return row


def by_rule(rule: str, key: str, *, person, due_on, facts, at, role=Role.CENTRE_COORDINATOR):
    """Add the task of a rule about a person, unless its key was used before."""
    row = ruled(rule, key, person.pk, person.centre_id, due_on=due_on, facts=facts, at=at)
    row.role = role
    Task.objects.bulk_create([row], ignore_conflicts=True)


def ruled(rule: str, key: str, person: int, centre: int, *, due_on, facts, at) -> Task:
    """Return a rule's task, not yet written."""
    return Task(
        rule=rule,
        rule_key=key,
        facts=facts,
        person_id=person,
        centre_id=centre,
        due_on=due_on,
        role=Role.CENTRE_COORDINATOR,
        made_at=at,
        made_by="night",
    )


def settle(key: str, *, by, at) -> int:
    """Mark the open task of a rule as done, for what it asked has happened; return how many."""
    rows = Task.objects.open().filter(rule_key=key)
    return workflow.move_all(rows, TaskState.DONE, by=by, at=at)


def done(task, *, by, at) -> Task:
    """Note that it is done, and tell it where it is about a person.

    Raises:
        Refused: it is not open.
        NotAllowed: ``by`` may not change cases of this centre.

    """
    return _moved(task, TaskState.DONE, by=by, at=at)


def drop(task, *, by, at) -> Task:
    """Note that it need not be done any more. Raises as ``done``."""
    return _moved(task, TaskState.DROPPED, by=by, at=at)


def reopen(task, *, by, at) -> Task:
    """Undo: it is to be done after all. Raises as ``done``."""
    return _moved(task, TaskState.OPEN, by=by, at=at)


@transaction.atomic
def snooze(task, *, until, by, at) -> Task:
    """Put the task off; it appears again on day ``until``.

    Raises:
        Refused: it is not open, or the day is not in the future.
        NotAllowed: ``by`` may not change cases of this centre.

    """
    may_act_for(task.centre_id, Permission.EDIT_CASES, by)
    if until <= at.date():
        raise Refused(_("Choose a later day."), field="until", code="in_the_past")
    changed = Task.objects.open().filter(pk=task.pk).update(snoozed_until=until)
    if not changed:
        raise Refused(_("This task is not open."), field="state", code="not_open")
    task.refresh_from_db()
    return task


@transaction.atomic
def _moved(task, target, *, by, at) -> Task:
    may_act_for(task.centre_id, Permission.EDIT_CASES, by)
    task = workflow.move(task, target, by=by, at=at, snoozed_until=None)
    if task.person_id and task.rule:
        text = f"{task.words}: {task.get_state_display()}"
        tell(task.person, TOLD, by=by, at=at, text=text, about=task)
    elif task.person_id:
        text = _("A task: %(state)s") % {"state": task.get_state_display()}
        tell(task.person, TOLD, by=by, at=at, text=text, about=task)
    return task
