"""Organisations: register, change, verify."""

from django.db import transaction

from partnerships import rules
from partnerships.models import Organisation
from partnerships.roles import Permission

EDIT = Permission.EDIT_ORGANISATIONS


@transaction.atomic
def register(*, by, at, **facts) -> Organisation:
    """Register an organisation, not yet verified; ``facts`` are its fields.

    Raises:
        Refused: a fact is impossible or the address is taken; ``field`` names it.
        NotAllowed: ``by`` may not edit organisations.

    """
    rules.may(by, EDIT)
    organisation = Organisation(**facts)
    rules.address_is_free(organisation)
    rules.is_valid(organisation)
    organisation.save(force_insert=True)
    return organisation


@transaction.atomic
def change(organisation, *, by, at, **facts) -> Organisation:
    """Change the named facts; raises as ``register``."""
    rules.may(by, EDIT)
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    for name, value in facts.items():
        setattr(organisation, name, value)
    rules.is_valid(organisation)
    organisation.save(update_fields=[*facts])
    return organisation


def verify(organisation, *, by, at) -> Organisation:
    """Note that the agency has checked who this is; the night proposes only for such employers.

    Raises:
        NotAllowed: ``by`` may not edit organisations.

    """
    return change(organisation, by=by, at=at, verified_on=at.date())


def withdraw_verification(organisation, *, by, at) -> Organisation:
    """Take the verification back; raises as ``verify``."""
    return change(organisation, by=by, at=at, verified_on=None)
