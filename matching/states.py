"""The lifecycle of a proposal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class ProposalState(TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")


S = ProposalState

PROPOSAL = Lifecycle(
    Move(S.PROPOSED, S.ACCEPTED, needs=Permission.ANSWER_PROPOSALS),
    Move(S.PROPOSED, S.DECLINED, needs=Permission.ANSWER_PROPOSALS, requires=("decline_reason",)),
    # An acceptance that comes to nothing frees the trainee and the opening, with the reason.
    Move(S.ACCEPTED, S.DECLINED, needs=Permission.ANSWER_PROPOSALS, requires=("decline_reason",)),
    Move(S.PROPOSED, S.LAPSED, needs=Permission.RUN_MATCHING),
    initial=S.PROPOSED,
)
