"""``manage.py lint_templates``: every template of the project compiles."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError
from django.template.loader import get_template


class Command(BaseCommand):
    """Compiles every template and names those that do not."""

    help = "Compile every template of the project."
    requires_system_checks = ()

    def handle(self, *args, **options):
        """Compile them all before complaining, so that one run shows every fault."""
        folder = settings.BASE_DIR / "templates"
        paths = sorted(folder.rglob("*.html"))
        faults = [fault for path in paths if (fault := _fault(path.relative_to(folder)))]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} of {len(paths)} templates do not compile.")
        self.stdout.write(f"{len(paths)} templates compile.")


def _fault(path) -> str:
    try:
        get_template(str(path))
    except (TemplateSyntaxError, UnicodeDecodeError) as error:
        return f"templates/{path}: {error}"
    return ""
