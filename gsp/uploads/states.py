"""The life of a list: every stage is visible, nothing is written before it is confirmed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move


class UploadState(TextChoices):
    """Where a list stands."""

    RECEIVING = "receiving", _("Arriving")
    RECEIVED = "received", _("Received")
    MAPPING = "mapping", _("Headings to be matched")
    READ = "read", _("Read")
    CHECKED = "checked", _("Checked")
    WAITING = "waiting", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Being applied")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")
    REFUSED = "refused", _("Refused, nothing was written")
    FAILED = "failed", _("Failed, nothing was written")


S = UploadState
# What is in progress by itself, what waits for somebody, and what is over.
RUNNING = (S.RECEIVED, S.CONFIRMED)
ASKING = (S.MAPPING, S.WAITING)
OVER = (S.APPLIED, S.DISCARDED, S.REFUSED)

# Who moves it: a member with the permission of the list's purpose, or the platform itself.
SENDER, PLATFORM = "sender", "platform"

UPLOAD = Lifecycle(
    Move(S.RECEIVING, S.RECEIVED, needs=SENDER),
    Move(S.RECEIVING, S.DISCARDED, needs=SENDER),
    Move(S.RECEIVED, S.MAPPING, needs=PLATFORM),
    Move(S.RECEIVED, S.READ, needs=PLATFORM),
    Move(S.RECEIVED, S.REFUSED, needs=PLATFORM),
    Move(S.RECEIVED, S.FAILED, needs=PLATFORM),
    Move(S.MAPPING, S.RECEIVED, needs=SENDER),
    Move(S.MAPPING, S.DISCARDED, needs=SENDER),
    Move(S.READ, S.CHECKED, needs=PLATFORM),
    Move(S.CHECKED, S.WAITING, needs=PLATFORM),
    Move(S.WAITING, S.CONFIRMED, needs=SENDER),
    Move(S.WAITING, S.DISCARDED, needs=SENDER),
    Move(S.WAITING, S.RECEIVED, needs=SENDER),
    Move(S.CONFIRMED, S.APPLIED, needs=PLATFORM),
    Move(S.CONFIRMED, S.RECEIVED, needs=PLATFORM),
    Move(S.CONFIRMED, S.FAILED, needs=PLATFORM),
    Move(S.FAILED, S.RECEIVED, needs=SENDER),
    Move(S.FAILED, S.DISCARDED, needs=SENDER),
    initial=S.RECEIVING,
)
