"""The page of one partnership: terms, people, cohorts, openings and the last night."""

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from gsp.web.charts import stacked_bar
from gsp.web.tones import track_look
from gsp.web.views import DeskPage
from matching.models import Run
from partnerships.models import Participation
from partnerships.queries import partnership_rows
from partnerships.roles import Permission
from partnerships.states import PartnershipState
from reporting import queries
from trainees.states import Track

STEPS = {
    PartnershipState.ACTIVE: (gettext_lazy("Activate"), "play-circle", "primary"),
    PartnershipState.SUSPENDED: (gettext_lazy("Suspend"), "pause-circle", "secondary"),
    PartnershipState.CLOSED: (gettext_lazy("Close"), "lock", "danger"),
}


class PartnershipPage(DeskPage):
    """Everything this desk may see of one partnership."""

    permission = Permission.VIEW_PARTNERSHIPS
    template_name = "reporting/partnership.html"

    def get_context_data(self, uid, **kwargs):
        """Gather terms and blocks; each costs a constant number of queries."""
        partnership = get_object_or_404(partnership_rows(), uid=uid)
        return super().get_context_data(**kwargs) | {
            "partnership": partnership,
            "route": _route(partnership),
            "participations": _participations(partnership),
            "buttons": self._buttons(partnership),
            "may_edit": self.may(Permission.EDIT_PARTNERSHIPS),
            "crumbs": [{"label": _("Partnerships"), "url": self.desk.url("partnerships")}],
            **self._training(partnership),
            **self._market(partnership),
        }

    def _buttons(self, partnership) -> list[dict]:
        moves = partnership.lifecycle.open_to(partnership, self.desk.member)
        return [
            {"state": move.target, **dict(zip(("label", "icon", "kind"), STEPS[move.target],
                                              strict=True))}
            for move in moves
        ]  # fmt: skip

    def _training(self, partnership) -> dict:
        found = {}
        if self.may(Permission.VIEW_TRAINING):
            found["cohorts"] = queries.cohorts_of(partnership)
        if self.may(Permission.VIEW_TRAINEES):
            tracks = queries.tracks_of(partnership)
            found |= {"tracks": tracks, **_share_at_home(tracks)}
        return found

    def _market(self, partnership) -> dict:
        found = {}
        if self.may(Permission.VIEW_DEMAND):
            openings = queries.openings_of(partnership)
            total = sum(row["openings"] for row in openings)
            found |= {"openings": openings, "openings_total": total}
        if self.may(Permission.VIEW_GAPS):
            run = Run.objects.latest_of(partnership)
            found |= {"shows_run": True, "run": run}
            if run:
                found["gaps"] = queries.greatest_gaps([run])
        return found


def _route(partnership) -> str:
    """Return the countries in words: from where to where."""
    origins = ", ".join(str(origin.country) for origin in partnership.origins.all())
    return _("%(origins)s to %(destination)s") % {
        "origins": origins,
        "destination": partnership.destination,
    }


def _participations(partnership):
    rows = Participation.objects.filter(partnership=partnership)
    return rows.select_related("organisation__country").order_by("organisation__name", "id")


def _share_at_home(tracks: dict[str, int]) -> dict:
    """Return the share of those who decided for home, and its picture."""
    total = sum(tracks.values())
    if not total:
        return {}
    decided = tracks[Track.HOME] + tracks[Track.AWAY]
    order = (Track.HOME, Track.AWAY, Track.UNDECIDED)
    picture = stacked_bar(
        [(_("All cohorts"), [(track.value, tracks[track]) for track in order])],
        title=_("Trainees by track"),
        description=_("Trainees of all cohorts on the home and away track and undecided."),
        rtl=get_language_bidi(),
    )
    return {
        "home_share": tracks[Track.HOME] / decided if decided else None,
        "track_chart": picture,
        "track_legend": [(track.value, track_look(track.value).label) for track in order],
    }
