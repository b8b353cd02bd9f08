"""The person: little is collected, what identifies is encrypted."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import CefrLevel, SkillLevel
from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager


class PersonQuerySet(TenantQuerySet):
    """People, each once or record by record."""

    def survivors(self):
        """Return each person once: records not merged into another one that the scope may see.

        To a centre its own record of a person stands for itself where another centre's survives.
        The condition names a column of the survivor, so that row security decides.
        """
        return self.filter(merged_into__reference__isnull=True)


@audited
class Person(TenantModel):
    """Someone in training. The centre's own reference finds them; the name does not."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")
        UNKNOWN = "unknown", _("Not stated")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "pk"
    renamed_fields = ("reference",)

    centre = TenantKey(
        "partnerships.Organisation", verbose_name=_("training centre"), related_name="+"
    )
    reference = models.CharField(_("reference"), max_length=40)
    given_name = EncryptedTextField(_("given name"))
    family_name = EncryptedTextField(_("family name"))
    birth_date = EncryptedTextField(_("date of birth"), blank=True)
    document_number = EncryptedTextField(_("document number"), blank=True)
    email = EncryptedTextField(_("e-mail address"), blank=True)
    phone = EncryptedTextField(_("telephone"), blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    country = models.ForeignKey(
        "catalogue.Country", models.PROTECT, verbose_name=_("country"), related_name="+"
    )
    region = models.CharField(_("region"), max_length=80, blank=True)
    may_be_proposed = models.BooleanField(
        _("agreed to be proposed to employers"),
        help_text=_("Without this consent the night proposes nobody."),
        default=False,
    )
    merged_into = TenantKey(
        "self", null=True, blank=True, verbose_name=_("same person as"), related_name="merged"
    )
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = tenant_manager(PersonQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("trainee")
        verbose_name_plural = _("trainees")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "centre", "reference"],
                name="person_reference_once_per_centre",
                violation_error_message=_("This centre already uses this reference."),
            )
        ]

    def __str__(self):
        return f"{self.given_name} {self.family_name}"

    @property
    def born_on(self) -> date | None:
        """Return the day of birth as a date, None where it is not known."""
        return date.fromisoformat(self.birth_date) if self.birth_date else None

    @property
    def survivor(self) -> "Person":
        """Return the record that stands for this person in the open scope; often this one."""
        try:
            return self.merged_into or self
        except Person.DoesNotExist:  # another centre's, which this one does not know of
            return self


@audited
class SkillClaim(TenantModel):
    """A skill a person has, or says they have, at a level."""

    class Evidence(models.TextChoices):
        NONE = "none", _("Claimed, no evidence")
        COURSE = "course", _("Taught and assessed in a course")
        CERTIFICATE = "certificate", _("Certificate seen")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"

    person = TenantKey(Person, on_delete=models.CASCADE, related_name="skills")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    skill = models.ForeignKey("catalogue.Skill", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices)
    evidence = models.CharField(_("evidence"), max_length=20, choices=Evidence.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person", "skill"], name="skill_claim_once"),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="skill_claim_level_1_to_4"
            ),
        ]

    def __str__(self):
        return f"{self.skill_id} at {self.level}"


@audited
class LanguageResult(TenantModel):
    """A test of one language skill on the CEFR scale, with its expiry."""

    class Skill(models.TextChoices):
        OVERALL = "overall", _("Overall")
        LISTENING = "listening", _("Listening")
        READING = "reading", _("Reading")
        SPEAKING = "speaking", _("Speaking")
        WRITING = "writing", _("Writing")

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"

    person = TenantKey(Person, on_delete=models.CASCADE, related_name="languages")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    language = models.ForeignKey("catalogue.Language", models.PROTECT, related_name="+")
    skill = models.CharField(
        _("skill"), max_length=20, choices=Skill.choices, default=Skill.OVERALL
    )
    level = models.CharField(_("CEFR level"), max_length=2, choices=CefrLevel.choices)
    tested_on = models.DateField(_("tested on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    test = models.CharField(_("test"), max_length=80, blank=True)
    certificate = EncryptedTextField(_("certificate number"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("language result")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "person", "language", "skill", "tested_on"],
                name="language_result_once",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("tested_on")),
                name="language_result_expires_after_test",
                violation_error_message=_("The result expires before the test."),
            ),
        ]

    def __str__(self):
        return f"{self.language_id} {self.level}"
