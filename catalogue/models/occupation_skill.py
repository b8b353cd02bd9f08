"""Which occupation calls for which skill."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.concept import obsolete_since_field
from catalogue.models.guards import ends_exist
from catalogue.models.occupation import Occupation
from catalogue.models.skill import Skill


class SkillRelation(models.TextChoices):
    """How much an occupation needs a skill."""

    ESSENTIAL = "essential", _("Essential")
    OPTIONAL = "optional", _("Optional")


class OccupationSkillQuerySet(models.QuerySet):
    """Relations, by whether they hold and how much they matter."""

    def current(self):
        """Keep what the release in force holds."""
        return self.filter(obsolete_since=None)

    def essential(self):
        """Keep the skills without which the occupation cannot be done."""
        return self.filter(relation=SkillRelation.ESSENTIAL)


class OccupationSkill(models.Model):
    """That an occupation calls for a skill."""

    # The key begins with the occupation and serves as its index.
    pk = models.CompositePrimaryKey("occupation_id", "skill_id")
    occupation = models.ForeignKey(
        Occupation,
        verbose_name=_("occupation"),
        on_delete=models.PROTECT,
        related_name="skill_relations",
        db_index=False,
        db_constraint=False,
    )
    skill = models.ForeignKey(
        Skill,
        verbose_name=_("skill"),
        on_delete=models.PROTECT,
        related_name="occupation_relations",
        db_constraint=False,
    )
    relation = models.CharField(_("relation"), max_length=10, choices=SkillRelation.choices)
    obsolete_since = obsolete_since_field(db_constraint=False)

    objects = OccupationSkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupation-skill relation")
        verbose_name_plural = _("occupation-skill relations")
        triggers = ends_exist(
            occupation_id="catalogue_occupation",
            skill_id="catalogue_skill",
            obsolete_since_id="catalogue_release",
        )
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=SkillRelation.values),
                name="occupation_skill_relation_known",
                violation_error_message=_("The relation is essential or optional."),
            ),
        ]

    def __str__(self):
        return f"{self.occupation_id} – {self.skill_id}: {self.relation}"
