"""Open proposals of people who withdrew their consent lapse with it."""

from gsp.workflow import move_all
from matching.models import Proposal
from matching.states import ProposalState
from partnerships.roles import System
from trainees.actions.consent import when_withdrawn


@when_withdrawn
def lapse(persons: list[int], *, at) -> int:
    """Let the open proposals of these persons lapse; return how many did."""
    rows = Proposal.objects.filter(enrolment__person__in=persons, state=ProposalState.PROPOSED)
    return move_all(rows, ProposalState.LAPSED, by=System("consent withdrawn"), at=at)
