"""Tables of the trainees app."""

from trainees.models.consent import Consent, ConsentWording
from trainees.models.enrolment import Enrolment, TrackDecision
from trainees.models.person import LanguageResult, Person, SkillClaim
from trainees.models.story import CaseEvent

__all__ = [
    "CaseEvent",
    "Consent",
    "ConsentWording",
    "Enrolment",
    "LanguageResult",
    "Person",
    "SkillClaim",
    "TrackDecision",
]
