"""The lifecycle of a partnership."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class PartnershipState(TextChoices):
    """Where a partnership stands."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


S = PartnershipState
EDIT = Permission.EDIT_PARTNERSHIPS

PARTNERSHIP = Lifecycle(
    Move(S.DRAFT, S.ACTIVE, needs=EDIT, requires=("agreement_reference",)),
    Move(S.ACTIVE, S.SUSPENDED, needs=EDIT),
    Move(S.SUSPENDED, S.ACTIVE, needs=EDIT),
    Move(S.ACTIVE, S.CLOSED, needs=EDIT),
    Move(S.SUSPENDED, S.CLOSED, needs=EDIT),
    initial=S.DRAFT,
)
