"""What is planned for a person while no journey says it."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import CasePlan
from gsp.web.formats import day
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.actions.story import tell
from trainees.models import CaseEvent


@transaction.atomic
def plan_departure(person, on, *, by, at) -> CasePlan:
    """Note when the person is to leave (None: not planned); clocks and warnings count from it.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    plan, _made = CasePlan.objects.update_or_create(
        person=person, defaults={"departs_on": on, "centre_id": person.centre_id}
    )
    text = (
        _("Departure planned for %(day)s") % {"day": day(on)} if on else _("No departure planned")
    )
    tell(person, CaseEvent.Kind.PLAN, by=by, at=at, text=text, about=plan)
    return plan
