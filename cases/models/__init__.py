"""Tables of the cases app."""

from cases.models.contact import ContactAttempt, ContactChannel, TrustedContact
from cases.models.document import Document, DocumentKind, DocumentRequirement
from cases.models.note import Note
from cases.models.recognition import RecognitionCase, RecognitionDeficit
from cases.models.task import CasePlan, DigestChoice, Task

__all__ = [
    "CasePlan",
    "ContactAttempt",
    "ContactChannel",
    "DigestChoice",
    "Document",
    "DocumentKind",
    "DocumentRequirement",
    "Note",
    "RecognitionCase",
    "RecognitionDeficit",
    "Task",
    "TrustedContact",
]
