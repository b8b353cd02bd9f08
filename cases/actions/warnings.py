"""The night's look at what ends and what is overdue: each warning becomes one task, once."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.actions.tasks import ruled
from cases.models import DocumentRequirement, RecognitionCase, Task
from cases.queries import departures, going_on
from cases.rules import WARNED_DAYS, needed_until
from cases.states import TaskState
from gsp import workflow
from trainees.models import Enrolment
from trainees.validity import Validity, validities

STALE = timedelta(days=60)  # what ended longer ago is no news any more


@dataclass(frozen=True, slots=True)
class Warned:
    """How many tasks a night made, and how many it dropped because their cause is gone."""

    made: int
    dropped: int


def warn(on: date, *, by, at) -> Warned:
    """Make the tasks that the day asks for; run again it makes none twice.

    Constant queries, however many people. A later warning takes the place of an earlier open one
    about the same thing; a warning whose cause is gone (renewed, answered) is dropped.
    """
    wanted = {task.rule_key: task for task in [*_endings(on, at), *_overdue(on, at)]}
    rules = ("expiry", "recognition_due")
    standing = Task.objects.open().filter(rule__in=rules).values_list("pk", "rule_key")
    gone = [pk for pk, key in standing if key not in wanted]
    dropped = workflow.move_all(Task.objects.filter(pk__in=gone), TaskState.DROPPED, by=by, at=at)
    known = set(Task.objects.filter(rule_key__in=wanted).values_list("rule_key", flat=True))
    new = [task for key, task in wanted.items() if key not in known]
    Task.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True)
    return Warned(len(new), dropped)


def _endings(on: date, at):
    """Yield a task for each thing that ends soon, or too early for the planned departure."""
    people = set(going_on())
    leaving = departures(people)
    asked = _asked_of(leaving)
    latest = max(leaving.values(), default=on) + timedelta(days=370)
    horizon = max(on + timedelta(days=WARNED_DAYS[0]), latest)
    for one in validities(until=horizon):
        if one.person not in people or one.valid_until < on - STALE:
            continue
        needed = needed_until(one.kind, leaving.get(one.person), asked.get(one.person, ()))
        step = _step(one, needed, on)
        if step:
            due_on = step[1]
            key = f"expiry:{one.key}:{one.valid_until}:{step[0]}"
            facts = {"what": one.label, "on": one.valid_until.isoformat()}
            yield ruled("expiry", key, one.person, one.centre, due_on=due_on, facts=facts, at=at)


def _step(one: Validity, needed: date | None, on: date) -> tuple[str, date] | None:
    """Return which warning is due, and by when it should be followed."""
    left = (one.valid_until - on).days
    reached = [days for days in WARNED_DAYS if left <= days]
    if reached:
        days = min(reached)
        return str(days), one.valid_until - timedelta(days=max(days - 30, 0))
    if needed is not None and one.valid_until < needed:
        return "early", one.valid_until - timedelta(days=WARNED_DAYS[0])
    return None


def _asked_of(leaving: dict[int, date]) -> dict[int, list[DocumentRequirement]]:
    """Return what the partnerships of those who leave ask for, by person."""
    rows = Enrolment.objects.filter(person__in=leaving).order_by("id")
    partnerships = dict(rows.values_list("person", "cohort__partnership"))
    found: dict[int, list[DocumentRequirement]] = {}
    for one in DocumentRequirement.objects.filter(partnership__in=set(partnerships.values())):
        found.setdefault(one.partnership_id, []).append(one)
    return {person: found.get(pk, []) for person, pk in partnerships.items()}


def _overdue(on: date, at):
    """Yield a task for each recognition whose answer should be there."""
    late = RecognitionCase.objects.undecided().filter(due_on__lt=on)
    for row in late.only("uid", "person_id", "centre_id", "due_on").order_by("id"):
        key = f"recognition:{row.uid}:{row.due_on}"
        facts = {"on": row.due_on.isoformat()}
        yield ruled(
            "recognition_due",
            key,
            row.person_id,
            row.centre_id,
            due_on=on,
            facts=facts,
            at=at,
        )
