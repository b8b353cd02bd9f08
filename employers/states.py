"""The lifecycle of a demand, and how firmly it is meant."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class DemandState(TextChoices):
    """Where a demand stands."""

    OPEN = "open", _("Open")
    FILLED = "filled", _("Filled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class Stage(TextChoices):
    """How firmly a demand is meant; each stage has a probability in the gap formula."""

    EXPRESSED = "expressed", _("Expressed")
    LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
    SIGNED = "signed", _("Signed")
    CONTRACT = "contract", _("Contract")


class Term(TextChoices):
    """When the people are needed."""

    SHORT = "short", _("Short term (within 12 months)")
    MEDIUM = "medium", _("Medium term (later)")


S = DemandState
EDIT = Permission.EDIT_DEMAND

DEMAND = Lifecycle(
    Move(S.OPEN, S.FILLED, needs=EDIT),
    Move(S.OPEN, S.WITHDRAWN, needs=EDIT, requires=("withdrawal_reason",)),
    Move(S.OPEN, S.EXPIRED, needs=EDIT),
    Move(S.EXPIRED, S.OPEN, needs=EDIT),
    initial=S.OPEN,
)
