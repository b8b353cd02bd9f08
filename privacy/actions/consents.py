"""A withdrawn consent holds at once: open proposals lapse in the same transaction."""

from django.db import transaction

from gsp.workflow import move_all
from matching.models import Proposal
from matching.states import ProposalState
from partnerships.roles import System
from trainees.actions import consent
from trainees.models.consent import Purpose


def give(person, purpose, *, by, at, **how):
    """Record a consent; see ``trainees.actions.consent.give``."""
    return consent.give(person, purpose, by=by, at=at, **how)


@transaction.atomic
def withdraw(person, purpose, *, by, at, **how) -> int:
    """Record a withdrawal; without PROPOSAL the person's open proposals lapse.

    Returns how many consents ended. Raises as ``trainees.actions.consent.withdraw``.
    """
    ended = consent.withdraw(person, purpose, by=by, at=at, **how)
    if purpose == Purpose.PROPOSAL:
        lapse_proposals([person.pk], at=at)
    return ended


def lapse_proposals(persons: list[int], *, at) -> int:
    """Let the open proposals of these persons lapse; return how many did."""
    rows = Proposal.objects.filter(enrolment__person__in=persons, state=ProposalState.PROPOSED)
    return move_all(rows, ProposalState.LAPSED, by=System("consent withdrawn"), at=at)
