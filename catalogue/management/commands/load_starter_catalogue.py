"""Loads the starter catalogue."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.actions import starter
from catalogue.queries import holdings


class Command(BaseCommand):
    """``load_starter_catalogue``: ISCO-08, the programmes' occupations, countries, languages."""

    help = (
        "Load the small catalogue that comes with the platform. A full ESCO release, once "
        "imported, is left alone."
    )

    def handle(self, *, verbosity, **options):
        """Load and say what the catalogue holds."""
        loaded = starter.load(at=timezone.now())
        if not verbosity:
            return
        if loaded.esco is None:
            self.stdout.write(_("%(release)s is in force, kept.") % {"release": loaded.in_force})
        held = ", ".join(f"{each.current:,} {each.label}" for each in holdings())
        self.stdout.write(_("The catalogue holds %(held)s.") % {"held": held})
