"""Tables of the matching app."""

from matching.models.proposal import Proposal
from matching.models.run import Gap, Run, Unmatched

__all__ = ["Gap", "Proposal", "Run", "Unmatched"]
