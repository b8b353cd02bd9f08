"""Takes the demonstration away again; what was written in the audit trail stays."""

from functools import partial

from django.db import transaction

from accounts.models import User
from demonstration.actions.build import refuse_real
from demonstration.plan import Programme
from gsp import vault
from gsp.tenancy.policies import guarded_models, is_event
from gsp.tenancy.scope import Because, own_rows, scope
from partnerships.models import Agency, Membership

WHY = Because(actor_name="Demonstration", via="demonstration", reason="manage.py demo --remove")


def remove(programme: Programme) -> int | None:
    """Delete a programme's agency with all its rows, and its logins; return how many rows.

    Returns None where there is no such agency. A login that has a desk elsewhere stays. Audit
    tables are append-only for everyone but their owner: they keep the history of the removed
    rows, under the number of a tenant that no longer exists. Call it inside a transaction.

    Raises:
        Refused: the address belongs to a real agency.

    """
    agency = Agency.objects.filter(slug=programme.agency[0]).first()
    if agency is None:
        return None
    refuse_real(agency)
    with scope(agency, because=WHY):
        _remove_files()
        # Keys between these tables are checked at commit, so their order does not matter.
        rows = sum(
            model.objects.all()._raw_delete(Agency.objects.db)
            for model in guarded_models()
            if not is_event(model)
        )
    _remove_logins(programme, agency)
    Agency.objects.filter(pk=agency.pk)._raw_delete(Agency.objects.db)
    return rows


def _remove_files() -> None:
    """Take what the agency's rows name in the vault away, once their removal is committed."""
    for model in guarded_models():
        for field in getattr(model, "vault_fields", ()):
            for name in model.objects.exclude(**{field: ""}).values_list(field, flat=True):
                transaction.on_commit(partial(vault.remove, name))


def _remove_logins(programme: Programme, agency: Agency) -> None:
    emails = {login.email for login in programme.logins}
    for user in User.objects.filter(email__in=emails):
        with own_rows(user):
            has_other_desk = Membership.own.exists()
        if not has_other_desk:
            with scope(agency):
                user.delete()
