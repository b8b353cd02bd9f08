"""The tiles of the first page: what waits for the member, each with the address to go to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.queries import waiting_for
from gsp.web.formats import number
from partnerships.roles import Permission
from reporting import queries
from trainees.states import Track


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure that asks for something."""

    label: str
    count: int
    hint: str
    icon: str
    url: str


def proposals(desk, on) -> Tile:
    """Proposals nobody has answered."""
    counts = queries.open_proposals()
    home, away = counts.get(Track.HOME, 0), counts.get(Track.AWAY, 0)
    hint = _("%(home)s home, %(away)s away") % {"home": number(home), "away": number(away)}
    return Tile(_("Open proposals"), home + away, hint, "lightbulb", desk.url("proposals"))


def undecided(desk, on) -> Tile:
    """Trainees without a track, and how soon some must choose."""
    closing = queries.closing_windows(on).count()
    hint = ngettext(
        "%(count)s cohort closes its choice of track within 30 days",
        "%(count)s cohorts close their choice of track within 30 days",
        closing,
    ) % {"count": number(closing)}
    count = queries.undecided_count()
    return Tile(_("Undecided trainees"), count, hint, "signpost-split", desk.url("trainees"))


def languages(desk, on) -> Tile:
    """Language results that lapse."""
    count = queries.expiring_languages(on).count()
    hint = _("language results lapse within 30 days")
    return Tile(_("Expiring languages"), count, hint, "translate", desk.url("trainees"))


def due_tasks(desk, on) -> Tile:
    """Tasks of the member or the member's role that are due."""
    count = waiting_for(desk.member, on).filter(due_on__lte=on).count()
    hint = _("for you or your role, due today or overdue")
    return Tile(_("Tasks due"), count, hint, "check2-square", desk.url("tasks"))


def demand(desk, on) -> Tile:
    """Open demand, and what of it lapses."""
    ending = queries.ending_demand(on).count()
    hint = _("open demands whose last start lies within 30 days")
    return Tile(_("Demand about to lapse"), ending, hint, "hourglass-split",
                desk.url("demands"))  # fmt: skip


def uploads(desk, on) -> Tile:
    """Files that were refused."""
    count = queries.refused_uploads(on).count()
    hint = _("files with errors in the last 30 days; nothing of them was written")
    return Tile(_("Refused uploads"), count, hint, "file-earmark-x", desk.url("uploads"))


def quarters(desk, on) -> Tile:
    """Countries without figures of the last full quarter."""
    count = len(queries.quarters_missing(on))
    hint = _("countries without figures of the last full quarter")
    return Tile(_("Figures missing"), count, hint, "calendar-x", desk.url("figures"))


P = Permission
TILES: tuple[tuple[Permission, Callable], ...] = (
    (P.EDIT_CASES, due_tasks),
    (P.VIEW_PROPOSALS, proposals),
    (P.VIEW_TRAINEES, undecided),
    (P.UPLOAD_TRAINEES, uploads),
    (P.VIEW_TRAINEES, languages),
    (P.VIEW_DEMAND, demand),
    (P.VIEW_WORKFORCE, quarters),
)


def tiles(desk, on) -> list[Tile]:
    """Return the tiles of a member, in order; where nothing waits there is none."""
    found = [tile(desk, on) for needed, tile in TILES if desk.member.may(needed)]
    return [tile for tile in found if tile.count]
