"""Tables of the selection app."""

from selection.models.application import Application, Employment, Rejection
from selection.models.call import Call
from selection.models.scheme import Criterion, EligibilityRule
from selection.models.score import Draft, Offer, Score

__all__ = [
    "Application",
    "Call",
    "Criterion",
    "Draft",
    "EligibilityRule",
    "Employment",
    "Offer",
    "Rejection",
    "Score",
]
