"""How to reach a person: two channels, somebody they trust, and what became of each attempt."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gsp.audit.append_only import AppendOnly
from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel


class ChannelKind(models.TextChoices):
    """By what somebody is reached."""

    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail")
    WHATSAPP = "whatsapp", _("WhatsApp")
    TELEGRAM = "telegram", _("Telegram")
    SIGNAL = "signal", _("Signal")
    FACEBOOK = "facebook", _("Facebook")
    POST = "post", _("Letter or visit")


@audited
class ContactChannel(TenantModel):
    """One way to reach a person.

    The first telephone and e-mail address stand on the person itself, where lists and search
    find them: their rows here (``on_person``) hold no value of their own. See ADR 16.
    """

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"
    erased_fields = ("value",)

    person = TenantKey("trainees.Person", related_name="channels")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=ChannelKind.choices)
    on_person = models.BooleanField(default=False, editable=False)
    value = EncryptedTextField(_("number, address or name there"), blank=True)
    is_preferred = models.BooleanField(_("preferred"), default=False)
    works = models.BooleanField(_("works"), null=True, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("contact channel")
        verbose_name_plural = _("contact channels")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "person", "kind"],
                condition=Q(on_person=True),
                name="channel_once_on_person",
            ),
            models.UniqueConstraint(
                fields=["tenant", "person"],
                condition=Q(is_preferred=True),
                name="channel_one_preferred",
                violation_error_message=_("Another channel is preferred."),
            ),
            models.CheckConstraint(
                condition=Q(on_person=False) | Q(kind__in=["phone", "email"]),
                name="channel_on_person_is_phone_or_email",
                violation_error_message=_("A person has a telephone and an e-mail address only."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


@audited
class TrustedContact(TenantModel):
    """Somebody who may be asked when a person cannot be reached, with that person's consent."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"
    erased_fields = ("name", "value", "relation")

    person = TenantKey("trainees.Person", related_name="trusted_contacts")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    name = EncryptedTextField(_("name"))
    relation = EncryptedTextField(_("relation"), blank=True)
    kind = models.CharField(_("channel"), max_length=20, choices=ChannelKind.choices)
    value = EncryptedTextField(_("number or address"))
    consented_on = models.DateField(_("agreed to be asked on"))

    class Meta(TenantModel.Meta):
        verbose_name = _("trusted contact")
        verbose_name_plural = _("trusted contacts")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person"], name="trusted_contact_one")
        ]

    def __str__(self):
        return f"trusted contact of {self.person_id}"


class ContactAttempt(TenantModel):
    """One attempt to reach a person: by what, and what came of it."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        NO_ANSWER = "no_answer", _("No answer")
        WRONG = "wrong", _("Wrong number or address")
        MESSAGE_LEFT = "message_left", _("Left a message")
        REFUSED = "refused", _("Does not want to be contacted")

    audience = ("centre",)
    writers = ("centre",)
    audit_exempt = "is itself an append-only record"
    of_person = "person"
    erased_fields = ("note",)

    person = TenantKey("trainees.Person", related_name="contact_attempts")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    kind = models.CharField(_("by"), max_length=20, choices=ChannelKind.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    note = EncryptedTextField(_("note"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by whom"), max_length=150)

    class Meta(TenantModel.Meta):
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        triggers = [AppendOnly(erased=("note",))]

    def __str__(self):
        return f"{self.kind}: {self.outcome}"
