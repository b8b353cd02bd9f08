"""The lifecycle of a credential."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class CredentialState(TextChoices):
    """Whether a credential still stands."""

    ISSUED = "issued", _("Issued")
    REVOKED = "revoked", _("Revoked")
    SUPERSEDED = "superseded", _("Superseded")


class EndReason(TextChoices):
    """Why a credential ended, in words general enough for whoever checks it."""

    MISTAKE = "mistake", _("Issued by mistake")
    CORRECTED = "corrected", _("Replaced by a corrected certificate")
    WITHDRAWN = "withdrawn", _("The certification was withdrawn")
    HOLDER = "holder", _("At the holder's wish")
    ERASED = "erased", _("The holder's data was erased")


S = CredentialState
ISSUE = Permission.ISSUE_CREDENTIALS

CREDENTIAL = Lifecycle(
    Move(S.ISSUED, S.REVOKED, needs=ISSUE, requires=("ended_on", "end_reason")),
    Move(S.ISSUED, S.SUPERSEDED, needs=ISSUE, requires=("ended_on", "end_reason")),
    initial=S.ISSUED,
)
