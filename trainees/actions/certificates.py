"""Certificates: for one trainee or a whole cohort; the skills of the course are then evidenced."""

from collections import defaultdict

from django.db import transaction

from gsp import workflow
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.actions.changes import record
from trainees.actions.places import settle
from trainees.models import Enrolment, SkillClaim
from trainees.rules import certification_guards
from trainees.states import EnrolmentState as State
from training.models import CourseSkill

RESULT_OPEN = (State.IN_TRAINING, State.ASSESSMENT, State.NOT_YET_COMPETENT)
Evidence = SkillClaim.Evidence


@transaction.atomic
def certify(enrolment, *, on, by, at, exception: str = "") -> Enrolment:
    """Certify the trainee as of day ``on`` and evidence the skills of the course; return it.

    A skill rises to the level the course teaches; what was already higher stays. A claim without
    evidence gives way to what the course has assessed. ``exception`` is why somebody is certified
    although modules or attendance are missing.

    Raises:
        Refused: ``on`` lies in the future or before the cohort's start, something is missing for
            a certificate, or there is no such move.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(enrolment.centre_id, Permission.UPLOAD_TRAINEES, by)
    cohort = enrolment.cohort
    rules.on_is_sound(on, after=cohort.starts_on, today=at.date(), field="certified_on")
    if not exception.strip():
        found = certification_guards.refusals([enrolment], on)
        rules.refuse_all(found.get(enrolment.pk, []))
    source = enrolment.state
    if source in (State.IN_TRAINING, State.NOT_YET_COMPETENT):
        enrolment = workflow.move(enrolment, State.ASSESSMENT, by=by, at=at)
    enrolment = workflow.move(enrolment, State.CERTIFIED, by=by, at=at, certified_on=on)
    sources = {enrolment.pk: source}
    record([enrolment], State.CERTIFIED, sources=sources, by=by, at=at, note=exception)
    settle(Enrolment.objects.filter(pk=enrolment.pk), by=by, at=at)
    _raise_skills([enrolment])
    return enrolment


@transaction.atomic
def certify_all(enrolments, *, on, by, at) -> int:
    """Certify all of a queryset who have no result yet, or a resit open; return how many.

    Whom a guard refuses is left out: look at ``certification_guards.refusals`` first. A constant
    number of statements, whatever the number of trainees.

    Raises:
        Refused: ``on`` lies in the future or before a cohort's start.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    rows = enrolments.filter(state__in=RESULT_OPEN).select_related("cohort__course").order_by("id")
    rows = list(rows)
    for centre in {row.centre_id for row in rows}:
        may_act_for(centre, Permission.UPLOAD_TRAINEES, by)
    for cohort in {row.cohort for row in rows}:
        rules.on_is_sound(on, after=cohort.starts_on, today=at.date(), field="certified_on")
    refused = certification_guards.refusals(rows, on)
    rows = [row for row in rows if row.pk not in refused]
    chosen = Enrolment.objects.filter(pk__in=[row.pk for row in rows])
    workflow.move_all(chosen, State.ASSESSMENT, by=by, at=at, sources=RESULT_OPEN)
    done = workflow.move_all(chosen, State.CERTIFIED, by=by, at=at, certified_on=on)
    sources = {row.pk: row.state for row in rows}
    record(rows, State.CERTIFIED, sources=sources, by=by, at=at)
    settle(chosen, by=by, at=at)
    _raise_skills(rows)
    return done


def _raise_skills(enrolments: list) -> None:
    taught = defaultdict(dict)
    courses = {enrolment.cohort.course_id for enrolment in enrolments}
    rows = CourseSkill.objects.filter(course__in=courses)
    for course, skill, level in rows.values_list("course_id", "skill_id", "level"):
        taught[course][skill] = level
    learnt = certification_guards.skills(enrolments)
    held = {
        (claim.person_id, claim.skill_id): claim
        for claim in SkillClaim.objects.filter(person__in=[one.person_id for one in enrolments])
    }
    new, raised = [], []
    for enrolment in enrolments:
        shown = learnt.get(enrolment.pk, taught[enrolment.cohort.course_id])
        for skill, level in shown.items():
            claim = held.get((enrolment.person_id, skill))
            if claim is None:
                new.append(_claim(enrolment, skill, level))
            elif claim.evidence == Evidence.NONE or claim.level < level:
                claim.level, claim.evidence = level, Evidence.COURSE
                raised.append(claim)
    SkillClaim.objects.bulk_create(new, batch_size=1000)
    SkillClaim.objects.bulk_create(
        raised,
        batch_size=1000,
        update_conflicts=True,
        update_fields=["level", "evidence"],
        unique_fields=["pk"],
    )


def _claim(enrolment, skill: int, level: int) -> SkillClaim:
    return SkillClaim(
        person_id=enrolment.person_id,
        centre_id=enrolment.centre_id,
        skill_id=skill,
        level=level,
        evidence=Evidence.COURSE,
    )
