"""``manage.py rotate_keys``: everything encrypted is written again under the first key."""

from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from gsp import encryption
from gsp.audit.queries import event_models
from gsp.rotation import rotate, rotate_vault
from gsp.sealed import NOBODY, columns, counts, vault_counts
from gsp.tenancy.scope import Because, scope
from partnerships.models import Agency
from trainees.duplicates.index import index_missing

WHY = Because(actor_name="Rotation of keys", via="command", reason="tokens under a new key")


class Command(BaseCommand):
    """Counts before and after; a run that was broken off goes on where it stopped."""

    help = (
        "Write everything encrypted under the first of ENCRYPTION_KEYS, and all search tokens "
        "under the first of BLIND_INDEX_KEYS. Put the new key in front, restart the platform, "
        "run this, then remove the old key once --check shows that it opens nothing."
    )

    def add_arguments(self, parser):
        """Add ``--check``."""
        parser.add_argument(
            "--check", action="store_true", help="only count what each key still opens"
        )

    def handle(self, *, check, **options):
        """Count, rotate, count again.

        Raises:
            CommandError: it does not run as the owner, or the keys are not ready for it.

        """
        before = self._count()
        self._show("before" if not check else "now", before)
        if check:
            return
        _refuse_unready(before)
        self._rotate(before)
        self._show("after", self._count())

    def _count(self) -> dict[str, Counter]:
        found = {str(column): counts(column) for column in columns()}
        return {name: found[name] for name in found if found[name]} | {"files": vault_counts()}

    def _show(self, when: str, found: dict[str, Counter]) -> None:
        total = sum(found.values(), Counter())
        for number, mark in enumerate(encryption.marks(), start=1):
            self.stdout.write(f"{when}: key {number} opens {total[mark]} values")
        self.stdout.write(f"{when}: no key opens {total[NOBODY]} values")
        for name, counted in found.items():
            old = sum(counted.values()) - counted[encryption.marks()[0]]
            if old:
                self.stdout.write(f"  {name}: {old} not under the first key")

    def _rotate(self, before: dict[str, Counter]) -> None:
        first = encryption.marks()[0]
        waiting = sum(sum(each.values()) - each[first] for each in before.values())
        with tqdm(total=waiting, unit=" values", disable=None) as bar:
            written = sum(rotate(column, bar.update) for column in columns())
            written += rotate_vault(bar.update)
        self.stdout.write(f"{written} rows and files written under the first key")
        made = 0
        for agency in Agency.objects.order_by("id"):
            with scope(agency, because=WHY):
                made += index_missing()
        self.stdout.write(f"{made} persons have new search tokens")


def _refuse_unready(before: dict[str, Counter]) -> None:
    """Refuse to start where rotation could not be finished, or would go the wrong way."""
    total = sum(before.values(), Counter())
    opened = [total[mark] for mark in encryption.marks()]
    if total[NOBODY]:
        raise CommandError(
            f"{total[NOBODY]} values open under none of the keys. Add the key that wrote them to "
            "ENCRYPTION_KEYS, after the new one."
        )
    if len(opened) > 1 and opened[0] and not any(opened[1:]) and len(settings.ENCRYPTION_KEYS) > 1:
        raise CommandError(
            "The first key wrote everything and the others open nothing. If one of them is the "
            "new key, put it first in ENCRYPTION_KEYS and restart the platform; if they are old "
            "ones, remove them: there is nothing to rotate."
        )
    _refuse_application()


def _refuse_application() -> None:
    """Refuse the application's login, which may not change audit rows."""
    table = event_models()[0]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [table])
        if not cursor.fetchone()[0]:
            raise CommandError(
                "This login may not change audit rows. Run it as the owner of the tables: "
                "docker compose run --rm migrate python -m gsp.launch rotate_keys"
            )
