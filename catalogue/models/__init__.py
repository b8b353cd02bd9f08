"""The tables of the catalogue."""

from catalogue.levels import CefrLevel, SkillLevel
from catalogue.models.occupation import Occupation, OccupationLevel
from catalogue.models.occupation_skill import OccupationSkill, SkillRelation
from catalogue.models.reference import Country, Currency, Language
from catalogue.models.release import Classification, Release
from catalogue.models.skill import (
    ReuseLevel,
    Skill,
    SkillGroup,
    SkillGroupMembership,
    SkillGroupParent,
    SkillKind,
)

__all__ = [
    "CefrLevel",
    "Classification",
    "Country",
    "Currency",
    "Language",
    "Occupation",
    "OccupationLevel",
    "OccupationSkill",
    "Release",
    "ReuseLevel",
    "Skill",
    "SkillGroup",
    "SkillGroupMembership",
    "SkillGroupParent",
    "SkillKind",
    "SkillLevel",
    "SkillRelation",
]
