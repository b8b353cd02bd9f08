"""The night: each active partnership of an agency by itself, so that one failing stops no other."""

from datetime import date

from django.utils import timezone

from employers.actions import demand
from gsp.background.jobs import background
from matching.actions import runs
from partnerships.models import Partnership
from partnerships.roles import System

NIGHT = System("night run")


@background
def run_partnership(*, partnership_id: int, as_of: str) -> None:
    """Run one partnership; repeated, it finds what the first run wrote."""
    partnership = Partnership.objects.active().filter(pk=partnership_id).first()
    if partnership is not None:
        runs.run(partnership, as_of=date.fromisoformat(as_of), by=NIGHT, at=timezone.now())


def order(as_of: date) -> int:
    """Expire ended demand, ask for a run of every active partnership; return how many runs."""
    demand.expire_ended(as_of, by=NIGHT, at=timezone.now())
    partnerships = list(Partnership.objects.active().order_by("id").values_list("pk", flat=True))
    for pk in partnerships:
        run_partnership.after_commit(partnership_id=pk, as_of=as_of.isoformat())
    return len(partnerships)
