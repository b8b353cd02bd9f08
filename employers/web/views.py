"""Pages of demand: the list, one demand, and what ends it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.actions import demand as demands
from employers.queries import demands as demand_rows
from employers.queries import demands_with_requirements
from employers.rules import CHANGEABLE
from employers.states import DemandState
from employers.web.filters import DemandFilter
from gsp.web.forms import short_text
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission


def crumbs_to_list(desk) -> list[dict]:
    """Return the pages above a demand."""
    return [{"label": _("Demand"), "url": desk.url("demands")}]


class DemandList(DeskList):
    """Demand of all employers for staff, of its own for an employer."""

    permission = Permission.VIEW_DEMAND
    template_name = "employers/demands.html"
    filterset_class = DemandFilter

    def get_queryset(self):
        """Return demand, newest first."""
        return demand_rows()

    def get_context_data(self, **kwargs):
        """Say whether the member may state demand, and whether some of it is invented."""
        context = super().get_context_data(**kwargs)
        return context | {
            "may_edit": self.may(Permission.EDIT_DEMAND),
            "filtered": bool(self.request.GET),
            "has_demonstration": any(demand.is_demonstration for demand in context["page_obj"]),
        }


class DemandPage(DeskPage):
    """One demand with all it requires, and the buttons that the member may press."""

    permission = Permission.VIEW_DEMAND
    template_name = "employers/demand.html"

    def get_context_data(self, uid, **kwargs):
        """Show the demand and which moves are open."""
        demand = get_object_or_404(demands_with_requirements(), uid=uid)
        moves = {move.target for move in demand.lifecycle.open_to(demand, self.desk.member)}
        may_edit = self.may(Permission.EDIT_DEMAND)
        essential = [one for one in demand.skills.all() if one.relation == "essential"]
        optional = [one for one in demand.skills.all() if one.relation != "essential"]
        return super().get_context_data(
            demand=demand,
            essential=essential,
            optional=optional,
            may_change=may_edit and demand.state in CHANGEABLE,
            may_fill=DemandState.FILLED in moves,
            may_withdraw=DemandState.WITHDRAWN in moves,
            may_reopen=DemandState.OPEN in moves,
            crumbs=crumbs_to_list(self.desk),
            **kwargs,
        )


class DemandMove(DeskView):
    """Fill, withdraw or reopen a demand."""

    permission = Permission.VIEW_DEMAND
    write_permission = Permission.EDIT_DEMAND
    http_method_names = ["post"]

    def post(self, request, uid, verb):
        """Do what the address says, and go back to the demand.

        Raises:
            Http404: no such demand, or no such verb.

        """
        demand = get_object_or_404(demand_rows(), uid=uid)
        who = {"by": self.desk.member, "at": timezone.now()}
        reason = short_text(request.POST, "reason")
        verbs = {
            "fill": (_("All openings are filled."), lambda: demands.fill(demand, **who)),
            "reopen": (_("The demand is open again."), lambda: demands.reopen(demand, **who)),
            "withdraw": (
                _("The demand is withdrawn."),
                lambda: demands.withdraw(demand, reason=reason, **who),
            ),
        }
        if verb not in verbs:
            raise Http404
        done, action = verbs[verb]
        return self.attempt(action, done=done, back=self.desk.url("demand", uid=uid))
