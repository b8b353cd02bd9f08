"""The lifecycle of what a person asks for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class RequestState(TextChoices):
    """Where a request stands."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


S = RequestState
NEEDS = Permission.MANAGE_PRIVACY

REQUEST = Lifecycle(
    Move(S.OPEN, S.DONE, needs=NEEDS, requires=("answer",)),
    Move(S.OPEN, S.REFUSED, needs=NEEDS, requires=("answer",)),
    initial=S.OPEN,
)
