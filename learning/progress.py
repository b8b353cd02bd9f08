"""How the trainees of a cohort get on, as one table: marks, rates, modules, warnings."""

from collections import defaultdict
from dataclasses import dataclass, field

from learning.models import Attendance, ModuleCompletion, Session
from learning.queries import counted_attendance, rates
from learning.states import Presence
from trainees.models import Enrolment
from training.models import Module

SILENT_AFTER = 3  # sessions in a row without a word: perhaps out of reach


@dataclass(slots=True)
class Line:
    """One trainee: the marks of the sessions shown (None where there is none), and the rest."""

    enrolment: Enrolment
    marks: list[Attendance | None]
    done: list[Module]
    rate: float | None = None
    is_low: bool = False
    is_silent: bool = False


@dataclass(slots=True)
class Progress:
    """The whole table; ``module_rates`` pairs each module with its attendance rate or None."""

    sessions: list[Session]
    lines: list[Line] = field(default_factory=list)
    rate: float | None = None
    module_rates: list[tuple[Module, float | None]] = field(default_factory=list)

    @property
    def alerts(self) -> list[Line]:
        """Return who came too seldom, or not at all of late."""
        return [line for line in self.lines if line.is_low or line.is_silent]


def progress_of(cohort, sessions: list[Session]) -> Progress:
    """Return the progress of everybody who holds a seat, over the sessions given.

    Eight queries, whatever the size of the cohort.
    """
    people = cohort.enrolments.holding_seats().select_related("person")
    people = list(people.order_by("person__reference", "id"))
    marks = {
        (row.enrolment_id, row.session_id): row
        for row in Attendance.objects.filter(session__in=[one.pk for one in sessions])
    }
    came = rates("enrolment", session__cohort=cohort)
    silent = silent_of(cohort)
    modules = list(Module.objects.filter(course=cohort.course_id).order_by("position"))
    done = _done(cohort, {module.pk: module for module in modules})
    least = cohort.course.least_attendance / 100
    by_module = rates("session__module", session__cohort=cohort)
    return Progress(
        sessions,
        [
            Line(
                one,
                [marks.get((one.pk, session.pk)) for session in sessions],
                done[one.pk],
                came.get(one.pk),
                came.get(one.pk, 1) < least,
                one.pk in silent,
            )
            for one in people
        ],
        rates("session__cohort", session__cohort=cohort).get(cohort.pk),
        [(module, by_module.get(module.pk)) for module in modules],
    )


def silent_of(cohort) -> set[int]:
    """Return the enrolments whose last three recorded sessions were all missed without excuse."""
    rows = counted_attendance().filter(session__cohort=cohort)
    latest: dict[int, list[str]] = defaultdict(list)
    for enrolment, status in rows.order_by("-session__starts_at", "-id").values_list(
        "enrolment_id", "status"
    ):
        if len(latest[enrolment]) < SILENT_AFTER:
            latest[enrolment].append(status)
    return {pk for pk, found in latest.items() if found == [Presence.ABSENT] * SILENT_AFTER}


def _done(cohort, modules: dict[int, Module]) -> dict[int, list[Module]]:
    found: dict[int, list[Module]] = defaultdict(list)
    rows = ModuleCompletion.objects.filter(enrolment__cohort=cohort).order_by("module__position")
    for enrolment, module in rows.values_list("enrolment_id", "module_id"):
        found[enrolment].append(modules[module])
    return found
