"""Two records that may be one person, what was decided, and what a merge changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from trainees.duplicate_states import DUPLICATE, DuplicateState, SureBand
from trainees.models.person import Person


class PossibleDuplicateQuerySet(TenantQuerySet):
    """Pairs by what is to be done with them."""

    def waiting(self):
        """Return undecided pairs of records that still stand for themselves."""
        return self.filter(
            state=DuplicateState.OPEN, first__merged_into=None, second__merged_into=None
        )


@audited
class PossibleDuplicate(TenantModel):
    """An unordered pair of records, ``first`` the older one, with the reasons to think they match.

    ``centre`` is the one that keeps both; where two centres do, it is empty and staff alone see
    the pair: no centre learns whom another one trains.
    """

    audience = ("centre",)
    writers = ("centre",)
    lifecycle = DUPLICATE
    of_person = "first"
    about_two = True  # the other may be somebody else: never shown to the first
    erased_fields = ("reason",)

    first = TenantKey(Person, related_name="+")
    second = TenantKey(Person, related_name="+")
    centre = TenantKey("partnerships.Organisation", null=True, related_name="+")
    score = models.SmallIntegerField(_("points"))
    band = models.CharField(_("how sure"), max_length=10, choices=SureBand.choices)
    signals = models.JSONField(_("signals"), default=list)
    state = models.CharField(
        _("decision"),
        max_length=10,
        choices=DuplicateState.choices,
        default=DuplicateState.OPEN,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    first_version = models.PositiveIntegerField(default=0, editable=False)
    second_version = models.PositiveIntegerField(default=0, editable=False)
    found_at = models.DateTimeField(_("found at"))

    objects = tenant_manager(PossibleDuplicateQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "first", "second"], name="possible_duplicate_once"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="possible_duplicate_in_order",
                violation_error_message=_("A record cannot be compared with itself."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "-score"], name="duplicates_waiting")]

    def __str__(self):
        return f"{self.first_id} and {self.second_id}"


@audited
class Merge(TenantModel):
    """What a merge changed, kept so that it can be taken back whole."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "merged"

    pair = TenantKey(PossibleDuplicate, related_name="merges")
    survivor = TenantKey(Person, related_name="+")
    merged = TenantKey(Person, related_name="+")
    centre = TenantKey("partnerships.Organisation", null=True, related_name="+")
    kept = EncryptedTextField(_("values before"), blank=True)
    repointed = models.JSONField(default=list)
    ended = models.JSONField(default=list)
    merged_at = models.DateTimeField(_("merged at"))
    merged_by = models.CharField(_("merged by"), max_length=150)
    undone_at = models.DateTimeField(_("taken back at"), null=True)
    undone_by = models.CharField(_("taken back by"), max_length=150, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("merge")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "merged"], condition=Q(undone_at=None), name="merged_once"
            )
        ]

    def __str__(self):
        return f"{self.merged_id} into {self.survivor_id}"


class Sweep(TenantModel):
    """One comparison of new or changed records with all: what it covered and left out."""

    audience = ()
    audit_exempt = "is itself a record of what ran"

    persons = models.PositiveIntegerField()
    pairs = models.PositiveIntegerField(help_text="compared")
    found = models.PositiveIntegerField(help_text="new possible duplicates")
    too_common = models.JSONField(default=dict, help_text="facts shared by too many, by kind")
    finished_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        verbose_name = "comparison"

    def __str__(self):
        return f"{self.persons} persons"
