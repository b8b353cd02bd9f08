"""The lifecycle of two records that may be one person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission


class DuplicateState(TextChoices):
    """What was decided about two records."""

    OPEN = "open", pgettext_lazy("duplicate", "To be decided")
    MERGED = "merged", _("One person")
    SEPARATE = "separate", _("Two people")


class SureBand(TextChoices):
    """How sure the comparison is."""

    CERTAIN = "certain", _("Certain")
    LIKELY = "likely", _("Likely")
    POSSIBLE = "possible", _("Possible")


REVIEW = Permission.REVIEW_DUPLICATES

DUPLICATE = Lifecycle(
    Move(DuplicateState.OPEN, DuplicateState.MERGED, needs=REVIEW, requires=("reason",)),
    Move(DuplicateState.OPEN, DuplicateState.SEPARATE, needs=REVIEW, requires=("reason",)),
    Move(DuplicateState.MERGED, DuplicateState.OPEN, needs=REVIEW),
    Move(DuplicateState.SEPARATE, DuplicateState.OPEN, needs=REVIEW),
    initial=DuplicateState.OPEN,
)
