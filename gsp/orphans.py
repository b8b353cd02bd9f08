"""Files in the vault that no row names: what transactions that failed have left behind.

A file is written before the row that names it is committed. Where the transaction fails the row
is gone and the file is not. Models say in ``vault_fields`` which of their columns name files.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings

from gsp import vault
from gsp.tenancy.scope import Because, scope

log = logging.getLogger(__name__)
WHY = Because(actor_name="sweep of the vault", via="clock")
YOUNG = timedelta(days=1)  # a transaction that wrote the file may still be open
FEW = 100  # so many orphans need no suspicion


def naming() -> list[tuple[type, str]]:
    """Return the models and columns that name files of the vault, in order of their labels."""
    found = [
        (model, column)
        for model in apps.get_models()
        for column in getattr(model, "vault_fields", ())
    ]
    return sorted(found, key=lambda one: (one[0]._meta.label, one[1]))


def sweep(*, now: datetime) -> int:
    """Remove files older than a day that no row of any agency names; return how many.

    Nothing is removed where most files seem to be orphans: then it is the wrong database, or the
    wrong folder, that is looked at.
    """
    vault.remove_unfinished(before=now - YOUNG)
    old = vault.written_before(now - YOUNG)  # before the names are read, so that none is too new
    named = set(_named()) if old else set()
    orphans = [name for name in old if name not in named]
    if len(orphans) > max(FEW, len(named)):
        log.error("%s of %s files in the vault have no row; none goes", len(orphans), len(old))
        return 0
    for name in orphans:
        vault.remove(name)
    return len(orphans)


def _named() -> Iterator[str]:
    """Yield every name that a row has, agency by agency; one that cannot be read stops it all."""
    agencies = apps.get_model(settings.TENANCY["tenant"])
    for tenant in list(agencies.objects.order_by("pk").values_list("pk", flat=True)):
        with scope(tenant, because=WHY):
            for model, column in naming():
                rows = model.objects.exclude(**{column: ""})
                yield from rows.values_list(column, flat=True).iterator()
