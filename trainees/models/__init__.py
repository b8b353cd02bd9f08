"""Tables of the trainees app."""

from trainees.models.consent import Consent, ConsentWording
from trainees.models.duplicate import Merge, PossibleDuplicate, Sweep
from trainees.models.enrolment import Counselling, Enrolment, EnrolmentChange, TrackDecision
from trainees.models.journey import FollowUp, Journey, JourneyStep
from trainees.models.notice import Notice
from trainees.models.person import LanguageResult, Person, SkillClaim
from trainees.models.story import CaseEvent
from trainees.models.token import Fingerprint, PersonToken

__all__ = [
    "CaseEvent",
    "Consent",
    "ConsentWording",
    "Counselling",
    "Enrolment",
    "EnrolmentChange",
    "Fingerprint",
    "FollowUp",
    "Journey",
    "JourneyStep",
    "LanguageResult",
    "Merge",
    "Notice",
    "Person",
    "PersonToken",
    "PossibleDuplicate",
    "SkillClaim",
    "Sweep",
    "TrackDecision",
]
