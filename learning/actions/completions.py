"""Modules done: by passing what they are assessed by, by coming, or as somebody records."""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from learning import rules
from learning.actions.attendance import name_of
from learning.models import Assessment, AssessmentResult, ModuleCompletion
from learning.queries import in_class, rates
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.actions.story import tell, tell_all
from trainees.models import CaseEvent
from trainees.rules import on_is_sound
from trainees.states import Track

Basis = ModuleCompletion.Basis


@transaction.atomic
def record(enrolment, module, *, on, by, at, note: str = "") -> ModuleCompletion:
    """Record by hand that the trainee did the module on a day, and return that.

    Raises:
        Refused: it is recorded already, is another course's, or the day is impossible.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(enrolment.centre_id, Permission.RECORD_ASSESSMENTS, by)
    rules.module_is_of(module, enrolment.cohort)
    on_is_sound(on, after=enrolment.cohort.starts_on, today=at.date(), field="completed_on")
    if enrolment.modules_done.filter(module=module).exists():
        raise Refused(
            _("This module is recorded as done already."), field="module", code="done_already"
        )
    made = _row(enrolment, module, on, Basis.HAND, by, note.strip())
    made.save()
    text = _("%(module)s done") % {"module": module.title}
    tell(enrolment.person, CaseEvent.Kind.MODULE, by=by, at=at, text=text, about=made)
    return made


@transaction.atomic
def take_back(completion, *, by, at) -> None:
    """Take back what was recorded by hand or from attendance; the audit keeps it.

    Raises:
        Refused: it rests on assessments: correct the result.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(completion.centre_id, Permission.RECORD_ASSESSMENTS, by)
    if completion.basis == Basis.ASSESSMENT:
        raise Refused(
            _("This module is done by its assessments. Correct the result instead."),
            field="basis",
            code="rests_on_assessment",
        )
    text = _("%(module)s no longer done") % {"module": completion.module.title}
    person = completion.enrolment.person
    tell(person, CaseEvent.Kind.MODULE, by=by, at=at, text=text, about=completion)
    completion.delete()


@transaction.atomic
def from_attendance(cohort, module, *, by, at) -> int:
    """Record the module as done for all who came often enough; return for how many it is new.

    For modules without assessments, once their last session is over. Often enough is the course's
    least attendance, over the sessions of the module.

    Raises:
        Refused: the module has assessments, or a session is still to come.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, Permission.RECORD_ASSESSMENTS, by)
    rules.module_is_of(module, cohort)
    _may_rest_on_attendance(cohort, module, at)
    came = rates("enrolment", session__cohort=cohort, session__module=module)
    least = cohort.course.least_attendance / 100
    held = set(module.completions.values_list("enrolment_id", flat=True))
    people = [
        one
        for one in in_class(cohort)
        if one.pk not in held
        and came.get(one.pk, 0) >= least
        and (not module.away_only or one.track == Track.AWAY)
    ]
    last = cohort.sessions.planned().filter(module=module).latest("ends_at").ends_at.date()
    return _complete(people, module, {one.pk: last for one in people}, Basis.ATTENDANCE, by, at)


def settle(cohort, module_id: int | None, *, by, at, only: Collection[int] | None = None) -> None:
    """Let completions by assessment follow from the results, for everybody or ``only`` these.

    Whoever passed every assessment of the module in the cohort has done it; whoever no longer has
    loses only what rested on assessments. A constant number of statements.
    """
    if module_id is None:
        return
    wanted = set(
        Assessment.objects.filter(cohort=cohort, module=module_id).values_list("id", flat=True)
    )
    people = {one.pk: one for one in _people(cohort, only)}
    passed: dict[int, dict] = defaultdict(dict)
    rows = AssessmentResult.objects.passed().filter(assessment__in=wanted, enrolment__in=people)
    for enrolment, assessment, on in rows.values_list("enrolment_id", "assessment_id", "taken_on"):
        passed[enrolment][assessment] = min(on, passed[enrolment].get(assessment, on))
    done = {
        pk: max(days.values()) for pk, days in passed.items() if wanted and days.keys() == wanted
    }
    held = ModuleCompletion.objects.filter(module=module_id, enrolment__in=people)
    held.filter(basis=Basis.ASSESSMENT).exclude(enrolment__in=done).delete()
    new = done.keys() - set(held.values_list("enrolment_id", flat=True))
    if new:
        module = cohort.course.modules.get(pk=module_id)
        _complete([people[pk] for pk in sorted(new)], module, done, Basis.ASSESSMENT, by, at)


def _people(cohort, only):
    rows = cohort.enrolments.select_related("person")
    return rows if only is None else rows.filter(pk__in=list(only))


def _may_rest_on_attendance(cohort, module, at) -> None:
    if cohort.assessments.filter(module=module).exists():
        raise Refused(
            _("This module is done by passing its assessments."),
            field="module",
            code="has_assessments",
        )
    sessions = cohort.sessions.planned().filter(module=module)
    if not sessions.exists() or sessions.filter(ends_at__gt=at).exists():
        raise Refused(
            _("The module is done after its last session; plan or hold its sessions first."),
            field="module",
            code="sessions_to_come",
        )


def _complete(people, module, days: dict, basis, by, at) -> int:
    rows = [_row(one, module, days[one.pk], basis, by, "") for one in people]
    ModuleCompletion.objects.bulk_create(rows, batch_size=500)
    text = _("%(module)s done") % {"module": module.title}
    told = [(one.person, text, row) for one, row in zip(people, rows, strict=True)]
    tell_all(told, CaseEvent.Kind.MODULE, by=by, at=at)
    return len(rows)


def _row(enrolment, module, on, basis, by, note) -> ModuleCompletion:
    return ModuleCompletion(
        enrolment=enrolment,
        module=module,
        centre_id=enrolment.centre_id,
        completed_on=on,
        basis=basis,
        note=note,
        recorded_by=name_of(by),
    )
