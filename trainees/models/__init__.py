"""Tables of the trainees app."""

from trainees.models.consent import Consent, ConsentWording
from trainees.models.enrolment import Counselling, Enrolment, EnrolmentChange, TrackDecision
from trainees.models.journey import FollowUp, Journey, JourneyStep
from trainees.models.notice import Notice
from trainees.models.person import LanguageResult, Person, SkillClaim
from trainees.models.story import CaseEvent

__all__ = [
    "CaseEvent",
    "Consent",
    "ConsentWording",
    "Counselling",
    "Enrolment",
    "EnrolmentChange",
    "FollowUp",
    "Journey",
    "JourneyStep",
    "LanguageResult",
    "Notice",
    "Person",
    "SkillClaim",
    "TrackDecision",
]
