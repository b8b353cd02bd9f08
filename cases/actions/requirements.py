"""Which documents a partnership asks for; its staff keep the list."""

from django.db import transaction

from cases.models import DocumentRequirement
from partnerships.roles import Permission
from partnerships.rules import is_valid, may


@transaction.atomic
def require(partnership, kind, *, stage, by, at, track="any", months_valid=None, note=""):
    """Put a document onto the list of what the partnership asks for; staff alone may.

    Raises:
        Refused: it is on the list already.
        NotAllowed: ``by`` may not change partnerships.

    """
    may(by, Permission.EDIT_PARTNERSHIPS)
    row = DocumentRequirement(
        partnership=partnership,
        kind=kind,
        stage=stage,
        track=track,
        months_valid=months_valid,
        note=note.strip(),
    )
    is_valid(row)
    row.save()
    return row


@transaction.atomic
def ask_no_more(requirement, *, by, at) -> None:
    """Take a document off the list; what was handed in stays.

    Raises:
        NotAllowed: ``by`` may not change partnerships.

    """
    may(by, Permission.EDIT_PARTNERSHIPS)
    requirement.delete()
