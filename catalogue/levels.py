"""Ordered scales that other applications compare with: language and skill levels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CefrLevel(models.TextChoices):
    """Common European Framework of Reference for Languages, from beginner to mastery."""

    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"

    @property
    def rank(self) -> int:
        """Return the place on the scale, 1 for A1 to 6 for C2, for comparing levels."""
        return list(CefrLevel).index(self) + 1


class SkillLevel(models.IntegerChoices):
    """How well somebody masters a skill; compare the numbers."""

    BASIC = 1, _("Basic")
    INTERMEDIATE = 2, _("Intermediate")
    ADVANCED = 3, _("Advanced")
    EXPERT = 4, _("Expert")
