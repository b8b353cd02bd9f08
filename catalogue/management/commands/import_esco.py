"""Brings an official ESCO download into the catalogue."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from catalogue.actions import esco
from catalogue.esco import reader
from catalogue.queries import holdings

LISTED = 20
RELATIONS = "occupationSkillRelations"


class Command(BaseCommand):
    """``import_esco PATH…``: zips, folders or CSV files of one release."""

    help = (
        "Bring an official ESCO CSV download into the catalogue: one zip, several zips, a folder "
        "or the files. A later release upgrades in place: ids stay, what is gone is marked "
        "obsolete."
    )

    def add_arguments(self, parser):
        """Declare the paths and options."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--release", type=_release, help="such as 1.2.0, where the names do not say it"
        )
        parser.add_argument(
            "--force", action="store_true", help="go back to a release older than the one in force"
        )

    def handle(self, *, paths, release, force, verbosity, **options):
        """Import and say what came of it."""
        try:
            download = reader.read(paths, version=release)
            imported = self._bring_in(download, force=force, quiet=verbosity == 0)
        except (reader.NotEsco, esco.OlderRelease) as error:
            raise CommandError(_("%(reason)s Nothing was changed.") % {"reason": error}) from error
        if verbosity:
            self._report(imported, download)

    def _bring_in(self, download: reader.Download, *, force: bool, quiet: bool) -> esco.Imported:
        size = sum(file.size for file in download.files)
        with tqdm(
            total=size,
            unit="B",
            unit_scale=True,
            desc=f"ESCO {download.version}",
            disable=True if quiet else None,  # None: only where somebody watches
        ) as bar:
            return esco.bring_in(download, at=timezone.now(), force=force, progress=bar.update)

    def _report(self, imported: esco.Imported, download: reader.Download) -> None:
        self.stdout.write(
            _("ESCO %(version)s from %(source)s")
            % {"version": download.version, "source": download.source}
        )
        held = {holding.name: holding for holding in holdings()}
        heads = (_("current"), _("obsolete"), _("in all"))
        self.stdout.write(f"{'':<16}" + "".join(f"{head:>10}" for head in heads))
        for each in held.values():
            figures = (each.current, each.obsolete, each.total)
            self.stdout.write(f"{each.label:<16}" + "".join(f"{n:>10,}" for n in figures))
        self.stdout.write(_changes(imported))
        self._tell_repeated(imported, held["relations"].current)
        self._list_absent(imported.absent)

    def _tell_repeated(self, imported: esco.Imported, current: int) -> None:
        read = imported.read["relations"]
        absent = sum(each.rows for each in imported.absent if each.file == RELATIONS)
        if repeated := read - absent - current:
            self.stdout.write(
                _(
                    "%(count)s of %(read)s relations repeat a pair; where one says essential and "
                    "one optional, essential holds."
                )
                % {"count": f"{repeated:,}", "read": f"{read:,}"}
            )

    def _list_absent(self, absent: list[esco.Absent]) -> None:
        if not absent:
            return
        rows = sum(each.rows for each in absent)
        self.stdout.write(
            _("%(rows)s rows name %(count)s addresses that are not in the download; left out:")
            % {"rows": f"{rows:,}", "count": f"{len(absent):,}"}
        )
        for each in absent[:LISTED]:
            self.stdout.write(f"  {each.file:<27} {each.rows:>6,}  {each.address}")
        if len(absent) > LISTED:
            self.stdout.write(_("  and %(count)s more") % {"count": f"{len(absent) - LISTED:,}"})


def _changes(imported: esco.Imported) -> str:
    if not imported.has_changed:
        return _("Nothing has changed.")
    changes = imported.changes.values()
    return _("Added %(added)s, updated %(updated)s, obsolete or removed %(gone)s.") % {
        "added": f"{sum(change.added for change in changes):,}",
        "updated": f"{sum(change.updated for change in changes):,}",
        "gone": f"{sum(change.gone for change in changes):,}",
    }


def _release(text: str) -> str:
    found = reader.VERSION.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(
            _("“%(text)s” is not a version such as 1.2.0") % {"text": text}
        )
    return found.group(1)
