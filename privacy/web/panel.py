"""What the person's page says of consent, and what can be done about their data."""

from django.utils import timezone

from partnerships.roles import Permission
from privacy.models import Erasure
from privacy.queries import consents_of, link_of


def context(person, view) -> dict:
    """Return consents by purpose, the link in force and what this member may do."""
    return {
        "consents": consents_of(person),
        "link": link_of(person, timezone.now()),
        "erasure": Erasure.objects.filter(person=person).first(),
        "may_change": view.may(Permission.UPLOAD_TRAINEES),
        "may_link": view.may(Permission.EDIT_CASES),
        "may_export": view.may(Permission.EXPORT_PERSON),
        "may_erase": view.may(Permission.MANAGE_PRIVACY),
    }
