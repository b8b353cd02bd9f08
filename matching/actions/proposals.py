"""Answers to proposals."""

from django.db import transaction

from employers.models import Demand
from gsp.tenancy.scope import as_agency
from gsp.workflow import move
from matching import rules
from matching.models import Proposal
from matching.states import ProposalState
from partnerships.models import Partnership
from partnerships.roles import System
from trainees.actions import journeys
from trainees.models import Person


@transaction.atomic
def accept(proposal, *, by, at) -> Proposal:
    """The employer wants this trainee; the opening is taken and the night leaves both alone.

    What the night found is checked again, since hours may lie between: the employer sees neither
    the trainee's case nor the other acceptances, so the agency's eyes are borrowed for it.

    Raises:
        Refused: the demand has ended, changed or is full, the trainee is no longer available,
            no seat is left under the agreement, or the partnership is at rest.
        NotAllowed, Stale: see ``workflow.move``.

    """
    with as_agency():
        # The night locks the same row: it never runs between these checks and the answer.
        partnership = Partnership.objects.select_for_update(no_key=True).get(
            pk=proposal.partnership_id
        )
        # Of two employers, or two partnerships, one gets the person.
        people = Person.objects.select_for_update(of=("self",), no_key=True)
        person = people.get(enrolments=proposal.enrolment_id)
        people.get(pk=person.merged_into_id or person.pk)  # whatever record was proposed
        demand = Demand.objects.select_for_update(no_key=True).get(pk=proposal.demand_id)
        rules.is_running(partnership)
        rules.has_opening(proposal, demand)
        rules.is_available(proposal)
        rules.has_seat(proposal, partnership, at.date())
        journeys.accepted(proposal.enrolment, by=_employer(proposal), at=at)
    return move(proposal, ProposalState.ACCEPTED, by=by, at=at)


@transaction.atomic
def decline(proposal, *, reason: str, by, at) -> Proposal:
    """The employer does not want this trainee, or no longer, and says why.

    After an acceptance this frees the opening, the seat and the trainee for others; a trainee who
    held an offer abroad goes on with the search for work at home.

    Raises:
        Refused: no reason is given.
        NotAllowed, Stale: see ``workflow.move``.

    """
    if proposal.state == ProposalState.ACCEPTED:
        with as_agency():
            journeys.taken_back(proposal.enrolment, by=_employer(proposal), at=at)
    return move(proposal, ProposalState.DECLINED, by=by, at=at, decline_reason=reason.strip())


def _employer(proposal) -> System:
    """Return whom the trainee's timeline names: the employer, not its member."""
    return System(str(proposal.employer))
