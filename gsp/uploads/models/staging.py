"""What is kept of a list between its arrival and its application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.tenancy.models import TenantKey, TenantModel
from gsp.uploads.models.upload import Upload


class UploadPart(TenantModel):
    """A piece of a file that arrives in pieces; its bytes lie in the vault."""

    audience = ("organisation",)
    writers = ("organisation",)
    vault_fields = ("stored",)
    audit_exempt = "is gone as soon as the file is whole; the upload itself is audited"

    upload = TenantKey(Upload, on_delete=models.CASCADE, related_name="parts")
    organisation = TenantKey("partnerships.Organisation", related_name="+")
    offset = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    stored = models.CharField(max_length=32)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tenant", "upload", "offset"], name="upload_part_once")
        ]

    def __str__(self):
        return f"{self.size} bytes at {self.offset}"


class UploadChunk(TenantModel):
    """A few thousand rows of a list in its order, with what was found of each, sealed.

    The counts say, without opening it, how many of its rows each tab of the preview shows.
    """

    audience = ("organisation",)
    writers = ("organisation",)
    audit_exempt = "staging that nobody writes but the pipeline; what it becomes is audited"
    sealed_columns = ("payload",)

    upload = TenantKey(Upload, on_delete=models.CASCADE, related_name="chunks")
    organisation = TenantKey("partnerships.Organisation", related_name="+")
    number = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    possible_duplicate = models.PositiveIntegerField(default=0)
    error = models.PositiveIntegerField(default=0)
    payload = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tenant", "upload", "number"], name="upload_chunk_once")
        ]

    def __str__(self):
        return f"rows {self.number} of {self.upload_id}"

    @property
    def bound_to(self) -> bytes:
        """Return what the payload is sealed to: this place of this list."""
        return f"{self.upload.uid}:{self.number}".encode()


class UploadHabits(TenantModel):
    """How an organisation writes its files, and what its headings mean, by kind of list."""

    class DateOrder(models.TextChoices):
        ISO = "", _("Year first only, such as 2026-11-22")
        DAY_FIRST = "dmy", _("Day first, such as 22/11/2026")
        MONTH_FIRST = "mdy", _("Month first, such as 11/22/2026")
        YEAR_FIRST = "ymd", _("Year first, with any sign between")

    class Decimal(models.TextChoices):
        EITHER = "", _("Point or comma, where it is clear")
        POINT = ".", _("Point, such as 2600.50")
        COMMA = ",", _("Comma, such as 2600,50")

    class Encoding(models.TextChoices):
        FOUND = "", _("Find out from the file")
        UTF8 = "utf-8", _("Unicode (UTF-8)")
        WESTERN = "windows-1252", _("Western European (Windows-1252)")
        UTF16 = "utf-16", _("Unicode (UTF-16)")

    audience = ("organisation",)
    writers = ("organisation",)
    audit_exempt = "a convenience of reading; says nothing about anybody"

    organisation = TenantKey("partnerships.Organisation", related_name="+")
    date_order = models.CharField(
        _("dates in text"), max_length=3, choices=DateOrder.choices, blank=True, default=""
    )
    decimal = models.CharField(
        _("decimal sign"), max_length=1, choices=Decimal.choices, blank=True, default=""
    )
    encoding = models.CharField(
        _("letters of CSV files"), max_length=20, choices=Encoding.choices, blank=True, default=""
    )
    # kind → heading → column, “” where the column is left out
    headings = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        verbose_name = _("reading settings")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "organisation"], name="upload_habits_once")
        ]

    def __str__(self):
        return f"habits of {self.organisation_id}"
