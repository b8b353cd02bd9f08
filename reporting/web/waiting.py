"""The tiles of the first page: what waits for the member, each with the address to go to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gsp.web.formats import number
from partnerships.roles import Permission
from reporting import queries
from trainees.states import Track


def link(desk, name: str) -> str:
    """Return the address of a page, or nothing while it is not there."""
    try:
        return desk.url(name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure that asks for something."""

    label: str
    value: str
    hint: str
    icon: str
    url: str
    tone: str = ""


def proposals(desk, on) -> Tile:
    """Proposals nobody has answered."""
    counts = queries.open_proposals()
    home, away = counts.get(Track.HOME, 0), counts.get(Track.AWAY, 0)
    hint = _("%(home)s home, %(away)s away") % {"home": number(home), "away": number(away)}
    return Tile(
        _("Open proposals"), number(home + away), hint, "lightbulb", link(desk, "proposals")
    )


def undecided(desk, on) -> Tile:
    """Trainees without a track, and how soon some must choose."""
    closing = queries.closing_windows(on).count()
    hint = ngettext(
        "%(count)s cohort closes its choice of track within 30 days",
        "%(count)s cohorts close their choice of track within 30 days",
        closing,
    ) % {"count": number(closing)}
    count = queries.undecided_count()
    return Tile(
        _("Undecided trainees"), number(count), hint, "signpost-split", link(desk, "trainees")
    )


def languages(desk, on) -> Tile:
    """Language results that lapse."""
    count = queries.expiring_languages(on).count()
    hint = _("language results lapse within 30 days")
    return Tile(_("Expiring languages"), number(count), hint, "translate", link(desk, "trainees"))


def demand(desk, on) -> Tile:
    """Open demand, and what of it lapses."""
    ending = queries.ending_demand(on).count()
    hint = _("open demands whose last start lies within 30 days")
    return Tile(_("Demand about to lapse"), number(ending), hint, "hourglass-split",
                link(desk, "demands"))  # fmt: skip


def uploads(desk, on) -> Tile:
    """Files that were refused."""
    count = queries.refused_uploads(on).count()
    hint = _("files with errors in the last 30 days; nothing of them was written")
    return Tile(_("Refused uploads"), number(count), hint, "file-earmark-x", link(desk, "uploads"))


def quarters(desk, on) -> Tile:
    """Countries without figures of the last full quarter."""
    count = len(queries.quarters_missing(on))
    hint = _("countries without figures of the last full quarter")
    return Tile(_("Figures missing"), number(count), hint, "calendar-x", link(desk, "figures"))


P = Permission
TILES: tuple[tuple[Permission, Callable], ...] = (
    (P.VIEW_PROPOSALS, proposals),
    (P.VIEW_TRAINEES, undecided),
    (P.UPLOAD_TRAINEES, uploads),
    (P.VIEW_TRAINEES, languages),
    (P.VIEW_DEMAND, demand),
    (P.VIEW_WORKFORCE, quarters),
)


def tiles(desk, on) -> list[Tile]:
    """Return the tiles of a member, in order."""
    return [tile(desk, on) for needed, tile in TILES if desk.member.may(needed)]
