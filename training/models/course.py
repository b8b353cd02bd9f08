"""Courses, the skills they teach and the modules they are made of."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import SkillLevel
from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel


@audited
class Course(TenantModel):
    """A course of a training centre, towards one occupation."""

    audience = ("centre",)
    writers = ("centre",)

    centre = TenantKey(
        "partnerships.Organisation", verbose_name=_("training centre"), related_name="courses"
    )
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    occupation = models.ForeignKey(
        "catalogue.Occupation", models.PROTECT, verbose_name=_("occupation"), related_name="+"
    )
    language = models.ForeignKey(
        "catalogue.Language", models.PROTECT, verbose_name=_("language"), related_name="+"
    )
    eqf_level = models.PositiveSmallIntegerField(
        _("EQF level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )
    hours = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"))
    fee = models.DecimalField(_("fee"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.ForeignKey(
        "catalogue.Currency", models.PROTECT, null=True, blank=True, related_name="+"
    )
    least_attendance = models.PositiveSmallIntegerField(
        _("least attendance in per cent"),
        help_text=_("Needed for the certificate; below it the course page warns."),
        default=80,
        validators=[MaxValueValidator(100)],
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts at an assessment"),
        help_text=_("The first one and its resits."),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "centre", "code"],
                name="course_code_once_per_centre",
                violation_error_message=_("This centre already has a course with this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(eqf_level=None) | models.Q(eqf_level__range=(1, 8)),
                name="course_eqf_level_1_to_8",
                violation_error_message=_("EQF levels go from 1 to 8."),
            ),
            models.CheckConstraint(
                condition=models.Q(fee=None, currency=None)
                | models.Q(fee__gte=0, currency__isnull=False),
                name="course_fee_has_currency",
                violation_error_message=_("A fee needs its currency."),
            ),
            models.CheckConstraint(
                condition=models.Q(least_attendance__lte=100),
                name="course_least_attendance_is_share",
                violation_error_message=_("The least attendance lies between 0 and 100 per cent."),
            ),
            models.CheckConstraint(
                condition=models.Q(attempts__range=(1, 20)),
                name="course_allows_an_attempt",
                violation_error_message=_("An assessment takes between 1 and 20 attempts."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


@audited
class CourseSkill(TenantModel):
    """A skill the course teaches, and the level its graduates reach.

    Where modules name their outcomes these rows follow from them; see ``actions/modules.py``.
    """

    audience = ("centre",)
    writers = ("centre",)

    course = TenantKey(Course, on_delete=models.CASCADE, related_name="skills")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    skill = models.ForeignKey("catalogue.Skill", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tenant", "course", "skill"], name="course_skill_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 4)), name="course_skill_level_1_to_4"
            ),
        ]

    def __str__(self):
        return f"{self.skill_id} at {self.level}"


@audited
class Module(TenantModel):
    """A part of a course: technical, or one of the integration modules of the away track."""

    class Kind(models.TextChoices):
        TECHNICAL = "technical", _("Technical")
        LANGUAGE = "language", _("Language")
        CULTURE = "culture", _("Culture")
        SERVICES = "services", _("Access to services")

    audience = ("centre",)
    writers = ("centre",)

    course = TenantKey(Course, on_delete=models.CASCADE, related_name="modules")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    hours = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    away_only = models.BooleanField(_("away track only"), default=False)
    is_required = models.BooleanField(_("needed for the certificate"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "course", "position"], name="module_position_once"
            )
        ]

    def __str__(self):
        return self.title


@audited
class ModuleOutcome(TenantModel):
    """What whoever passes the module can do: a skill and its level."""

    audience = ("centre",)
    writers = ("centre",)

    module = TenantKey(Module, on_delete=models.CASCADE, related_name="outcomes")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    skill = models.ForeignKey(
        "catalogue.Skill", models.PROTECT, verbose_name=_("skill"), related_name="+"
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices)

    class Meta(TenantModel.Meta):
        verbose_name = _("learning outcome")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "module", "skill"], name="module_outcome_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 4)), name="module_outcome_level_1_to_4"
            ),
        ]

    def __str__(self):
        return f"{self.skill_id} at {self.level}"
