"""Reads for the screens, the API and the decision of selection."""

from selection.queries.explaining import explained, separated
from selection.queries.lists import applications, calls, to_score, unscored
from selection.queries.order import fully_scored
from selection.queries.shares import disaggregated
from selection.queries.telling import (
    ahead,
    conditions_in_words,
    is_being_decided,
    told,
    told_reasons,
)

__all__ = [
    "ahead",
    "applications",
    "calls",
    "conditions_in_words",
    "disaggregated",
    "explained",
    "fully_scored",
    "is_being_decided",
    "separated",
    "to_score",
    "told",
    "told_reasons",
    "unscored",
]
