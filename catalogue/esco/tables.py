"""The tables of the ESCO download that the catalogue reads, and the columns it needs of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One table of the download: columns it must have, and columns that may be missing.

    ``file`` is the beginning of the file's name; releases differ only in whether the
    language follows it.
    """

    name: str
    file: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


TEXTS = ("altLabels", "description")

TABLES = (
    Table("isco_groups", "ISCOGroups", ("conceptUri", "code", "preferredLabel"), TEXTS),
    Table(
        "occupations",
        "occupations",
        ("conceptUri", "iscoGroup", "preferredLabel", "code"),
        TEXTS,
    ),
    Table(
        "occupation_parents",
        "broaderRelationsOccPillar",
        ("conceptUri", "broaderUri"),
    ),
    Table("skill_groups", "skillGroups", ("conceptUri", "preferredLabel", "code"), TEXTS),
    Table(
        "skills",
        "skills",
        ("conceptUri", "skillType", "reuseLevel", "preferredLabel"),
        TEXTS,
    ),
    Table(
        "skill_parents",
        "broaderRelationsSkillPillar",
        ("conceptUri", "broaderUri"),
    ),
    Table(
        "relations",
        "occupationSkillRelations",
        ("occupationUri", "relationType", "skillUri"),
    ),
)
