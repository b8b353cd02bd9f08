"""Enrolments: moved along their lifecycle; a certificate raises the skills the course teaches."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.models import Enrolment, SkillClaim
from trainees.states import EnrolmentState
from training.models import CourseSkill


def move(enrolment, target, *, by, at) -> Enrolment:
    """Move the enrolment to ``target`` and return it; ``certify`` has its own action.

    Raises:
        Refused: the lifecycle has no such move.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(enrolment.centre_id, Permission.UPLOAD_TRAINEES, by)
    if target == EnrolmentState.PLACED:
        raise Refused(
            _("A trainee is placed by an accepted proposal."), field="state", code="no_such_move"
        )
    return workflow.move(enrolment, target, by=by, at=at)


@transaction.atomic
def certify(enrolment, *, on, by, at) -> Enrolment:
    """Certify the trainee as of day ``on`` and evidence the skills of the course; return it.

    A skill rises to the level the course teaches; what was already higher stays. A claim without
    evidence gives way to what the course has assessed.

    Raises:
        Refused: ``on`` lies in the future or before the cohort's start, or there is no such move.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.
        Stale: somebody else moved it first.

    """
    may_act_for(enrolment.centre_id, Permission.UPLOAD_TRAINEES, by)
    cohort = enrolment.cohort
    rules.on_is_sound(on, after=cohort.starts_on, today=at.date(), field="certified_on")
    enrolment = workflow.move(enrolment, EnrolmentState.CERTIFIED, by=by, at=at, certified_on=on)
    _raise_skills(enrolment, cohort.course_id)
    return enrolment


def _raise_skills(enrolment, course_id: int) -> None:
    evidence = SkillClaim.Evidence
    taught = dict(CourseSkill.objects.filter(course=course_id).values_list("skill_id", "level"))
    held = {
        claim.skill_id: claim
        for claim in SkillClaim.objects.filter(person=enrolment.person_id, skill__in=taught)
    }
    new, raised = [], []
    for skill, level in taught.items():
        claim = held.get(skill)
        if claim is None:
            claim = SkillClaim(
                person_id=enrolment.person_id, centre_id=enrolment.centre_id, skill_id=skill
            )
            new.append(claim)
        elif claim.evidence != evidence.NONE and claim.level >= level:
            continue
        else:
            raised.append(claim)
        claim.level, claim.evidence = level, evidence.COURSE
    SkillClaim.objects.bulk_create(new)
    SkillClaim.objects.bulk_update(raised, ["level", "evidence"])
