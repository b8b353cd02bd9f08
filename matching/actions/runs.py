"""A run: read a partnership's night, compute it, write it down once."""

from dataclasses import asdict
from time import perf_counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.workflow import NotAllowed, Refused, move_all
from matching.actions.rows import gap_rows, proposal_rows, unmatched_rows
from matching.engine.run import run as compute
from matching.intake.night import read_night
from matching.models import Gap, Proposal, Run, Unmatched
from matching.states import ProposalState
from partnerships.models import Partnership
from partnerships.roles import Permission
from partnerships.states import PartnershipState

BATCH = 2_000


@transaction.atomic
def run(partnership, *, as_of, by, at) -> tuple[Run, bool]:
    """Run the night of a partnership; return the run and whether it is new.

    The same input as in the day's last run finds that run, so a second call adds nothing.
    Proposals that come up again are kept as they are; those that do not, lapse; what an employer
    has answered is never touched.

    Raises:
        NotAllowed: ``by`` may not start a run.
        Refused: the partnership is not active.
        ArithmeticError: the engine could not prove its assignment optimal; nothing is written.

    """
    if not by.may(Permission.RUN_MATCHING):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    # One run of a partnership at a time: the second waits here and then finds the first's.
    partnership = Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if partnership.state != PartnershipState.ACTIVE:
        raise Refused(_("Only an active partnership is matched."), field="partnership")
    clock = Clock()
    night = read_night(partnership, as_of)
    # Only the day's last run stands: what was changed and changed back needs a run again.
    last = Run.objects.filter(partnership=partnership, as_of=as_of).order_by("-id").first()
    if last and last.input_hash == night.input_hash:
        return last, False
    clock.lap("read")
    result, gaps = compute(night.instance, night.terms), night.gaps()
    clock.lap("compute")
    return _write(partnership, night, result, gaps, clock, by, at), True


class Clock:
    """Seconds per stage."""

    def __init__(self):
        self.last, self.laps = perf_counter(), {}

    def lap(self, name: str) -> None:
        """Book the time since the last lap under ``name``."""
        now = perf_counter()
        self.laps[name], self.last = round(now - self.last, 3), now


def _write(partnership, night, result, gaps, clock, by, at) -> Run:
    new_run = Run.objects.create(
        partnership=partnership,
        as_of=night.terms.as_of,
        input_hash=night.input_hash,
        engine_version=result.engine_version,
        catalogue_version=night.catalogue_version,
        terms=_plain(night.terms),
        finished_at=at,
    )
    Gap.objects.bulk_create(gap_rows(new_run, gaps), BATCH)
    changes = _propose(new_run, night, result, by, at)
    unmatched = list(unmatched_rows(new_run, night, result))
    Unmatched.objects.bulk_create(unmatched, BATCH)
    clock.lap("write")
    counts = {**changes, "gaps": len(gaps), "reasons": _reasons(unmatched)}
    counts["points"] = result.points
    Run.objects.filter(pk=new_run.pk).update(
        counts=counts, seconds=clock.laps, finished_at=timezone.now()
    )
    new_run.refresh_from_db()
    return new_run


def _propose(new_run, night, result, by, at) -> dict:
    """Keep, lapse and add proposals; return how many of each."""
    standing = {
        (enrolment, demand): pk
        for pk, enrolment, demand in Proposal.objects.open()
        .filter(partnership=new_run.partnership)
        .values_list("pk", "enrolment_id", "demand_id")
    }
    wanted = {(found.candidate, found.opening): found for found in result.proposals()}
    kept = [pk for pair, pk in standing.items() if pair in wanted]
    gone = [pk for pair, pk in standing.items() if pair not in wanted]
    fresh = [found for pair, found in wanted.items() if pair not in standing]
    lapsed = move_all(Proposal.objects.filter(pk__in=gone), ProposalState.LAPSED, by=by, at=at)
    Proposal.objects.filter(pk__in=kept).update(last_run=new_run)
    Proposal.objects.bulk_create(proposal_rows(new_run, night, fresh), BATCH)
    tracks = [found.track.value for found in wanted.values()]
    return {
        "proposals": len(wanted),
        "home": tracks.count("home"),
        "away": tracks.count("away"),
        "new": len(fresh),
        "kept": len(kept),
        "lapsed": lapsed,
        "candidates": len(night.instance.candidates),
        "posts": int(night.instance.openings.posts.sum()),
    }


def _reasons(unmatched) -> dict:
    """Count the unmatched by side and reason."""
    found = {"trainees": {}, "openings": {}}
    for row in unmatched:
        side, weight = ("trainees", 1) if row.enrolment_id else ("openings", row.openings)
        found[side][row.reason] = found[side].get(row.reason, 0) + weight
    return found


def _plain(terms) -> dict:
    values = asdict(terms)
    return {
        name: value if isinstance(value, int | float | None) else str(value)
        for name, value in values.items()
        if name not in ("near_groups", "near_occupations", "declined")
    }
