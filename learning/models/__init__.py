"""Tables of the learning app."""

from learning.models.assessment import (
    Assessment,
    AssessmentResult,
    CertificationException,
    ModuleCompletion,
)
from learning.models.feed import CalendarFeed
from learning.models.session import Attendance, Session

__all__ = [
    "Assessment",
    "AssessmentResult",
    "Attendance",
    "CalendarFeed",
    "CertificationException",
    "ModuleCompletion",
    "Session",
]
