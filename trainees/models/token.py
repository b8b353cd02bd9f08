"""By what encrypted persons are found: tokens without plain text, made from their facts."""

from django.db import models

from gsp.tenancy.models import TenantKey, TenantModel
from trainees.models.person import Person


class PersonToken(TenantModel):
    """One fact of a person as a keyed digest; equal facts of one agency have equal tokens."""

    class Kind(models.IntegerChoices):
        DOCUMENT = 1
        PHONE = 2
        EMAIL = 3
        BORN = 4
        NAME = 5
        NAMES = 6
        BORN_NAME = 7
        BORN_DOCUMENT = 8

    audience = ("centre",)
    writers = ("centre",)
    audit_exempt = "is derived from the person, whose changes are recorded"
    of_person = "person"

    uid = None  # nobody outside ever names a token
    person = TenantKey(Person, on_delete=models.CASCADE, related_name="tokens")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    token = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        verbose_name = "token"
        indexes = [models.Index(fields=["tenant", "token"], name="person_by_token")]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.person_id}"


class Fingerprint(TenantModel):
    """The state in which a person's facts were indexed last, and when they were compared."""

    audience = ("centre",)
    writers = ("centre",)
    audit_exempt = "is derived from the person, whose changes are recorded"
    of_person = "person"

    person = TenantKey(Person, on_delete=models.CASCADE, related_name="fingerprints")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    key_mark = models.PositiveIntegerField(help_text="tells which key made the tokens")
    digest = models.BigIntegerField(help_text="of all facts, under that key")
    version = models.PositiveIntegerField(default=1, help_text="counts changes of the facts")
    compared_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = "fingerprint"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person"], name="fingerprint_once")
        ]

    def __str__(self):
        return f"version {self.version} of {self.person_id}"
