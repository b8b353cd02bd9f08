"""Tables of the trainees app."""

from trainees.models.enrolment import Enrolment, TrackDecision
from trainees.models.person import LanguageResult, Person, SkillClaim

__all__ = ["Enrolment", "LanguageResult", "Person", "SkillClaim", "TrackDecision"]
