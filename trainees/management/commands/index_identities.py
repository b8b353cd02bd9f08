"""``manage.py index_identities``: search tokens of all persons, made where they are missing."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from gsp.tenancy.scope import Because, scope
from partnerships.models import Agency
from trainees.duplicates.index import index_missing, index_rows
from trainees.duplicates.sweep import compare_changed
from trainees.models import Person

WHY = Because(actor_name="Index of identities", via="command", reason="search tokens made again")


class Command(BaseCommand):
    """Agency by agency; it may be broken off and called again."""

    help = "Make search tokens of all persons who lack them, and compare whoever is new."

    def add_arguments(self, parser):
        """Add ``--all``."""
        parser.add_argument("--all", action="store_true", help="look at every person again")

    def handle(self, *, all, **options):
        """Index and compare; say how many."""
        for agency in Agency.objects.order_by("id"):
            with scope(agency, because=WHY):
                made = index_rows(Person.objects.order_by("id")) if all else index_missing()
                compared = compare_changed(at=timezone.now())
            self.stdout.write(f"{agency}: {made} indexed, {compared} compared")
