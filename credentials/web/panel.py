"""The certificates on a person's page."""

from credentials import queries
from partnerships.roles import Permission
from trainees.models import Enrolment
from trainees.states import EnrolmentState


def certificates(person, view) -> dict:
    """Return the person's certificates, and the enrolments that wait for one: two queries."""
    people = getattr(view, "records", None) or [person]
    held = list(queries.credentials().filter(person__in=people).order_by("-id"))
    standing = {one.enrolment_id for one in held if one.state == one.lifecycle.initial}
    waiting = Enrolment.objects.filter(person__in=people, state=EnrolmentState.CERTIFIED)
    return {
        "held": held,
        "waiting": [
            enrolment
            for enrolment in waiting.select_related("cohort").order_by("-id")
            if enrolment.pk not in standing
        ],
        "may_issue": view.may(Permission.ISSUE_CREDENTIALS),
    }
