"""Skills and the groups they belong to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.concept import Concept, address_constraints
from catalogue.models.guards import KEPT_FOR_GOOD, ends_exist


class SkillKind(models.TextChoices):
    """Whether it is done or known."""

    SKILL = "skill", _("Skill")
    KNOWLEDGE = "knowledge", _("Knowledge")


class ReuseLevel(models.TextChoices):
    """How far from its own trade a skill still serves."""

    TRANSVERSAL = "transversal", _("Transversal")
    CROSS_SECTOR = "cross-sector", _("Cross-sector")
    SECTOR = "sector-specific", _("Sector-specific")
    OCCUPATION = "occupation-specific", _("Occupation-specific")


class SkillGroup(Concept):
    """A heading of the skills hierarchy; a group may stand under several."""

    code = models.CharField(_("code"), max_length=20, db_index=True, blank=True)
    parents = models.ManyToManyField(
        "self",
        verbose_name=_("parents"),
        symmetrical=False,
        related_name="children",
        through="SkillGroupParent",
        through_fields=("group", "parent"),
    )

    class Meta:
        verbose_name = _("skill group")
        verbose_name_plural = _("skill groups")
        triggers = [KEPT_FOR_GOOD]
        constraints = address_constraints("skill_group")


class SkillGroupParent(models.Model):
    """That one skill group stands under another."""

    group = models.ForeignKey(SkillGroup, on_delete=models.PROTECT, db_index=False)
    parent = models.ForeignKey(SkillGroup, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("place of a skill group")
        verbose_name_plural = _("places of skill groups")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "parent"],
                name="skill_group_once_under_parent",
                violation_error_message=_("The group already stands under this one."),
            ),
            models.CheckConstraint(
                condition=~Q(group=models.F("parent")),
                name="skill_group_not_under_itself",
                violation_error_message=_("A group cannot stand under itself."),
            ),
        ]

    def __str__(self):
        return f"{self.group_id} < {self.parent_id}"


class Skill(Concept):
    """Something a person can do or know."""

    kind = models.CharField(_("kind"), max_length=10, choices=SkillKind.choices)
    reuse_level = models.CharField(
        _("reuse level"), max_length=20, choices=ReuseLevel.choices, blank=True
    )
    groups = models.ManyToManyField(
        SkillGroup, verbose_name=_("groups"), related_name="skills", through="SkillGroupMembership"
    )

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        triggers = [KEPT_FOR_GOOD]
        constraints = [
            *address_constraints("skill"),
            models.CheckConstraint(
                condition=Q(kind__in=SkillKind.values),
                name="skill_kind_known",
                violation_error_message=_("The kind is skill or knowledge."),
            ),
            models.CheckConstraint(
                condition=Q(reuse_level__in=["", *ReuseLevel.values]),
                name="skill_reuse_level_known",
                violation_error_message=_("This reuse level does not exist."),
            ),
        ]


class SkillGroupMembership(models.Model):
    """That a skill belongs to a group."""

    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    group = models.ForeignKey(SkillGroup, on_delete=models.PROTECT, db_constraint=False)

    class Meta:
        verbose_name = _("membership of a skill group")
        verbose_name_plural = _("memberships of skill groups")
        triggers = ends_exist(skill_id="catalogue_skill", group_id="catalogue_skillgroup")
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "group"],
                name="skill_once_in_group",
                violation_error_message=_("The skill already belongs to this group."),
            ),
        ]

    def __str__(self):
        return f"{self.skill_id} in {self.group_id}"
