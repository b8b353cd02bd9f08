"""Answers to proposals."""

from django.db import transaction
from django.utils.translation import gettext as _

from employers.models import Demand
from employers.states import DemandState
from gsp.workflow import Refused, move
from matching.models import Proposal
from matching.states import ProposalState


@transaction.atomic
def accept(proposal, *, by, at) -> Proposal:
    """The employer wants this trainee; the opening is taken and the night leaves both alone.

    Raises:
        Refused: the demand is no longer open or all its openings are taken.
        NotAllowed, Stale: see ``workflow.move``.

    """
    demand = Demand.objects.select_for_update().get(pk=proposal.demand_id)
    if demand.state != DemandState.OPEN:
        raise Refused(_("The demand is no longer open."), field="demand", code="demand_closed")
    taken = Proposal.objects.filter(demand=demand, state=ProposalState.ACCEPTED).count()
    if taken >= demand.openings:
        raise Refused(
            _("All openings of this demand are taken."), field="demand", code="openings_taken"
        )
    return move(proposal, ProposalState.ACCEPTED, by=by, at=at)


def decline(proposal, *, reason: str, by, at) -> Proposal:
    """The employer does not want this trainee, and says why.

    Raises:
        Refused: no reason is given.
        NotAllowed, Stale: see ``workflow.move``.

    """
    return move(proposal, ProposalState.DECLINED, by=by, at=at, decline_reason=reason.strip())
