"""Documents of a person, and which of them a partnership asks for by which stage."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.states import DOCUMENT, DocumentState
from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.audience import PARTNERS
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager


class DocumentKind(models.TextChoices):
    """What a document is."""

    PASSPORT = "passport", _("Passport")
    VISA = "visa", _("Visa")
    PERMIT = "permit", _("Residence or work permit")
    MEDICAL = "medical", _("Medical certificate")
    LANGUAGE_CERTIFICATE = "language_certificate", _("Language certificate")
    DIPLOMA = "diploma", _("Diploma")
    CONTRACT = "contract", _("Contract")
    POLICE_RECORD = "police_record", _("Police record")
    PHOTO = "photo", _("Photograph")
    OTHER = "other", _("Other")


class Stage(models.TextChoices):
    """By when a document must be there."""

    ENROLLED = "enrolled", _("Enrolment")
    IN_TRAINING = "in_training", _("Start of training")
    CERTIFIED = "certified", _("Certificate")
    MATCHED = "matched", _("Match with an employer")
    PERMIT = "permit", _("Application for the permit")
    DEPARTURE = "departure", _("Departure")


class DocumentQuerySet(TenantQuerySet):
    """Documents by standing."""

    def current(self):
        """Return documents that no newer one replaced."""
        return self.exclude(state=DocumentState.REPLACED)

    def unscanned(self):
        """Return documents that wait for the virus scanner."""
        return self.filter(scan=Document.Scan.WAITING)


@audited
class Document(TenantModel):
    """A file somebody handed in. It lies in the vault; the row says what it is worth."""

    class Scan(models.TextChoices):
        NOT_USED = "not_used", _("No scanner is set up")
        CLEAN = "clean", _("No virus found")
        WAITING = "waiting", _("Not scanned yet")
        INFECTED = "infected", _("A virus was found; the file is gone")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"
    erased_fields = ("number", "original_name", "note", "file")
    vault_fields = ("file",)
    lifecycle = DOCUMENT

    person = TenantKey("trainees.Person", related_name="documents")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    recognition = TenantKey(
        "cases.RecognitionCase", null=True, blank=True, related_name="documents"
    )
    kind = models.CharField(_("kind"), max_length=30, choices=DocumentKind.choices)
    number = EncryptedTextField(_("number"), blank=True)
    country = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        verbose_name=_("issuing country"),
        null=True,
        blank=True,
        related_name="+",
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True)
    file = models.CharField(max_length=32, blank=True, editable=False)
    original_name = EncryptedTextField(_("file name"), blank=True)
    media_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64)
    scan = models.CharField(_("virus scan"), max_length=20, choices=Scan.choices)
    received_at = models.DateTimeField(_("received"))
    received_from = models.CharField(_("handed in by"), max_length=150)
    verified_at = models.DateTimeField(_("checked"), null=True, blank=True)
    verified_by = models.CharField(_("checked by"), max_length=150, blank=True)
    rejected_because = models.CharField(_("why it was rejected"), max_length=300, blank=True)
    replaces = TenantKey("self", null=True, blank=True, related_name="replaced_by")
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=DocumentState.choices,
        default=DocumentState.RECEIVED,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(DocumentQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on=None)
                | Q(expires_on=None)
                | Q(expires_on__gte=F("issued_on")),
                name="document_expires_after_issue",
                violation_error_message=_("It expires before it was issued."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.ACCEPTED) | Q(verified_at__isnull=False),
                name="document_accepted_is_checked",
                violation_error_message=_("Say who checked it."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.REJECTED) | ~Q(rejected_because=""),
                name="document_rejected_has_reason",
                violation_error_message=_("Say why it is rejected and what would do."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "expires_on"], name="document_expiry")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        """Tell whether the file may be opened: it is there, and nothing stands against it."""
        return bool(self.file) and self.scan in (self.Scan.NOT_USED, self.Scan.CLEAN)


@audited
class DocumentRequirement(TenantModel):
    """A partnership asks for a document: on which track, by which stage, valid for how long."""

    class Track(models.TextChoices):
        ANY = "any", _("Both tracks")
        HOME = "home", _("Home")
        AWAY = "away", _("Away")

    audience = (PARTNERS,)

    partnership = TenantKey("partnerships.Partnership", related_name="document_requirements")
    kind = models.CharField(_("document"), max_length=30, choices=DocumentKind.choices)
    track = models.CharField(_("track"), max_length=10, choices=Track.choices, default=Track.ANY)
    stage = models.CharField(_("needed by"), max_length=20, choices=Stage.choices)
    months_valid = models.PositiveSmallIntegerField(
        _("valid for months after departure"),
        help_text=_("0: on the day of departure. Empty: its end does not matter."),
        null=True,
        blank=True,
    )
    note = models.CharField(_("what exactly"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("required document")
        verbose_name_plural = _("required documents")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "partnership", "kind", "track"],
                name="requirement_once",
                violation_error_message=_("This document is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(months_valid=None) | Q(months_valid__lte=120),
                name="requirement_months_sensible",
                violation_error_message=_("At most 120 months."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} by {self.stage}"
