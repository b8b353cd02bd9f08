"""Consent to be proposed to employers: given and withdrawn at any time, also after the cohort."""

from django.db import transaction

from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.models import Person


@transaction.atomic
def set_consent(person, agrees: bool, *, by, at) -> Person:
    """Note whether the person agrees to be proposed, and return the person.

    From a withdrawal on nobody can accept them; the next night lets open proposals lapse.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.UPLOAD_TRAINEES, by)
    person.may_be_proposed = agrees
    person.save(update_fields=["may_be_proposed"])
    return person
