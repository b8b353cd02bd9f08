"""``manage.py run_night``: the night, here and now, with a line for each partnership."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from employers.actions import demand
from gsp.tenancy.scope import Because, scope
from matching import words
from matching.actions import runs
from matching.actions.nights import NIGHT
from partnerships.models import Agency, Partnership


class Command(BaseCommand):
    """Runs every active partnership and prints gaps, proposals, unmatched and seconds."""

    help = "Run the nightly matching now, for every active partnership."

    def add_arguments(self, parser):
        """Take the day and, to run only one agency, its address."""
        parser.add_argument("--as-of", help="day of the run, YYYY-MM-DD; today if not given")
        parser.add_argument("--agency", help="address of one agency; all if not given")

    def handle(self, *args, as_of, agency, **options):
        """Run and print. One partnership failing stops no other."""
        try:
            day = date.fromisoformat(as_of) if as_of else timezone.now().date()
        except ValueError as error:
            raise CommandError(f"--as-of {as_of} is not a day; write YYYY-MM-DD.") from error
        agencies = Agency.objects.order_by("id")
        if agency:
            agencies = agencies.filter(slug=agency)
            if not agencies:
                raise CommandError(f"There is no agency “{agency}”.")
        failed = [slug for each in agencies for slug in self._agency(each, day)]
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")

    def _agency(self, agency, day) -> list[str]:
        because = Because(actor_name=NIGHT.name, via="command", reason=f"night of {day}")
        with scope(agency, because=because):
            demand.expire_ended(day, by=NIGHT, at=timezone.now())
            partnerships = list(Partnership.objects.active().order_by("id"))
        failed = []
        for partnership in partnerships:
            try:
                with scope(agency, because=because):
                    found, is_new = runs.run(partnership, as_of=day, by=NIGHT, at=timezone.now())
            except Exception as error:  # reported, and the others go on
                self.stderr.write(f"{agency.slug}/{partnership.slug}: {error}")
                failed.append(f"{agency.slug}/{partnership.slug}")
            else:
                self._print(agency, partnership, found, is_new)
        return failed

    def _print(self, agency, partnership, found, is_new) -> None:
        counts, name = found.counts, f"{agency.slug}/{partnership.slug}"
        if not is_new:
            self.stdout.write(f"{name}: nothing new, run of {found.as_of} stands")
            return
        self.stdout.write(
            f"{name}: {counts['gaps']} gaps, {counts['proposals']} proposals "
            f"({counts['home']} home, {counts['away']} away; {counts['new']} new, "
            f"{counts['kept']} kept, {counts['lapsed']} lapsed), "
            f"{sum(found.seconds.values()):.2f} s"
        )
        for side in ("trainees", "openings"):
            reasons = sorted(counts["reasons"][side].items())
            named = "; ".join(f"{words.reason(code)}: {count}" for code, count in reasons)
            self.stdout.write(f"  unmatched {side}: {named or 'none'}")
