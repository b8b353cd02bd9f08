"""``manage.py demo``: build, remove or list the demonstration."""

from datetime import datetime, time

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.models import User
from demonstration import logins
from demonstration.actions.build import build
from demonstration.actions.remove import remove
from demonstration.queries import counts
from gsp.workflow import Refused


class Command(BaseCommand):
    """Builds three demonstration agencies, each whole or not at all; repeating changes nothing."""

    help = (
        "Build the three demonstration agencies (what stands already is left as it is). "
        "--remove deletes them, all their rows and logins and nothing else; the audit trail is "
        "append-only and keeps its rows. Real agencies are never touched. The logins share one "
        f"password, generated on the first build and kept in the data folder ({logins.FILE})."
    )

    def add_arguments(self, parser):
        """Take --remove, --logins and --as-of."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--remove", action="store_true", help="delete the demonstration")
        choice.add_argument("--logins", action="store_true", help="print the logins")
        parser.add_argument("--as-of", help="day to build for, such as 2026-11-22; today if absent")

    def handle(self, *args, **options):
        """Do one of the three."""
        try:
            if options["remove"]:
                self._remove()
            elif options["logins"]:
                self._logins()
            else:
                self._build(_moment(options["as_of"]))
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _build(self, at):
        kept = logins.known_password()
        password = kept or logins.new_password()
        encoded = make_password(password)
        if kept is None:
            # The file was lost or is new: what it says must open the logins that stand.
            User.objects.filter(email__in=logins.emails()).update(password=encoded)
        for programme in logins.PROGRAMMES:
            with transaction.atomic():
                agency = build(programme, password=encoded, at=at)
            name = programme.agency[1]
            if agency is None:
                self.stdout.write(f"{name}: stands already, nothing changed")
            else:
                found = ", ".join(f"{number} {what}" for what, number in counts(agency).items())
                self.stdout.write(f"{name}: {found}")

    def _remove(self):
        for programme in logins.PROGRAMMES:
            with transaction.atomic():
                rows = remove(programme)
            said = "was not there" if rows is None else f"removed with {rows} rows"
            self.stdout.write(f"{programme.agency[1]}: {said}")
        logins.forget_password()

    def _logins(self):
        password = logins.known_password()
        if password is None or not User.objects.filter(email__in=logins.emails()).exists():
            raise CommandError("There are no demonstration logins: run manage.py demo.")
        self.stdout.write("\n".join(logins.table(password)))


def _moment(day):
    if day is None:
        return timezone.now()
    try:
        parsed = parse_date(day)
    except ValueError:
        parsed = None
    if parsed is None:
        raise CommandError(f"“{day}” is no date: write it like 2026-11-22.")
    return timezone.make_aware(datetime.combine(parsed, time(6)))
