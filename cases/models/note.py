"""Notes in a case: who may read each is said when it is written, and it is never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.append_only import AppendOnly
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager


class NoteQuerySet(TenantQuerySet):
    """Notes by who may read them."""

    def readable_by(self, member):
        """Return the notes meant for this member.

        Row security keeps the agency's own notes from centres; that the agency's staff do not
        read a centre's own notes, and nobody but the author a confidential one, is said here.
        """
        rows = self.filter(Q(is_confidential=False) | Q(author=member))
        if member.organisation_id is None:
            return rows.filter(agency_reads=True)
        return rows.filter(reader=member.organisation_id)

    def readable_by_person(self):
        """Return the notes that centre and agency share; others the agency gives on request.

        The link to a person's own page comes from the centre, which might open it first.
        """
        return self.filter(is_confidential=False, agency_reads=True, reader__isnull=False)


class Note(TenantModel):
    """What somebody wrote down; a later note takes its place, and the earlier one stays.

    ``reader`` is the organisation that reads it, if any; ``agency_reads`` says whether staff do.
    A confidential note of a counsellor is read by its author alone.
    """

    audience = ("reader",)
    writers = ("centre",)
    audit_exempt = "is itself an append-only record"
    of_person = "person"
    erased_fields = ("text",)

    person = TenantKey("trainees.Person", related_name="notes")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    reader = TenantKey("partnerships.Organisation", null=True, related_name="+")
    agency_reads = models.BooleanField()
    is_confidential = models.BooleanField(_("counselling, confidential"), default=False)
    text = EncryptedTextField(_("note"))
    author = TenantKey("partnerships.Membership", related_name="+")
    author_name = models.CharField(_("by"), max_length=150)
    at = models.DateTimeField(_("at"))
    replaces = TenantKey("self", null=True, related_name="replaced_by")

    objects = tenant_manager(NoteQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "replaces"],
                name="note_replaced_once",
                violation_error_message=_("A later note has taken its place already."),
            ),
            models.CheckConstraint(
                condition=Q(agency_reads=True) | Q(reader__isnull=False),
                name="note_has_a_reader",
                violation_error_message=_("Somebody must be able to read the note."),
            ),
        ]
        triggers = [AppendOnly(erased=("text",))]

    def __str__(self):
        return f"note of {self.at:%Y-%m-%d}"
