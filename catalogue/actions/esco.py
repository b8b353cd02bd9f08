"""Brings a release of ESCO into the catalogue, over whatever release is there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from catalogue.esco import statements
from catalogue.esco.merge import Change, merge, merge_links
from catalogue.esco.reader import Download, NotEsco
from catalogue.esco.staging import stage
from catalogue.models import (
    Classification,
    Occupation,
    OccupationSkill,
    Release,
    Skill,
    SkillGroup,
)
from catalogue.queries import holdings

LOCK = 7_310_552  # any number no other advisory lock uses: one import at a time
TEXTS = ("title", "alternative_titles", "description")


class OlderRelease(Exception):  # noqa: N818
    """A newer release of ESCO is in force than the one to be brought in."""


@dataclass(frozen=True)
class Absent:
    """An address that ``rows`` rows of a file name and the download does not hold."""

    file: str
    address: str
    rows: int


@dataclass(frozen=True)
class Imported:
    """What an import did: rows read and changes per table, addresses the download lacks."""

    release: Release
    read: dict[str, int]
    changes: dict[str, Change]
    absent: list[Absent]

    @property
    def has_changed(self) -> bool:
        """Return whether any row of the catalogue was written."""
        return any(self.changes.values())


@transaction.atomic
def bring_in(
    download: Download,
    *,
    at,
    force: bool = False,
    progress: Callable[[int], object] = lambda size: None,
) -> Imported:
    """Make ``download`` the release in force: rows keep their ids, what is gone is obsolete.

    All or nothing; a second run of the same download writes nothing. ``progress`` is called
    with bytes read. Raises NotEsco where a file is damaged or does not hang together, and
    OlderRelease where a newer release is in force, unless ``force``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        in_force = Release.objects.in_force(Classification.ESCO)
        _refuse_older(download, in_force, force)
        release, _created = Release.objects.get_or_create(
            classification=Classification.ESCO,
            version=download.version,
            defaults={"imported_at": at, "source": download.source},
        )
        read = {file.table.name: stage(cursor, file, progress=progress) for file in download.files}
        changes, absent = _merge_all(cursor, release.pk)
    imported = Imported(release, read, changes, absent)
    if imported.has_changed or release != in_force:
        _put_in_force(release, download, at)
    return imported


def _merge_all(cursor, release: int) -> tuple[dict[str, Change], list[Absent]]:
    cursor.execute(statements.PLANNING)
    _refuse_faults(cursor)
    try:
        changes = _write(cursor, release)
    except (DataError, IntegrityError) as error:
        raise NotEsco(_("A row does not fit: %(reason)s") % {"reason": error}) from error
    cursor.execute(statements.ABSENT)
    absent = [Absent(*row) for row in cursor.fetchall()]
    cursor.execute(statements.LEAVE_AS_FOUND)
    return changes, absent


def _put_in_force(release: Release, download: Download, at) -> None:
    release.imported_at, release.source = at, download.source
    release.counts = {holding.name: holding.current for holding in holdings()}
    release.save(update_fields=["imported_at", "source", "counts"])


def _refuse_older(download: Download, in_force: Release | None, force: bool) -> None:
    if force or in_force is None or in_force.is_starter:
        return
    if _order(download.version) < _order(in_force.version):
        raise OlderRelease(
            _(
                "The catalogue holds ESCO %(held)s; %(offered)s is older. "
                "Add --force to go back to it."
            )
            % {"held": in_force.version, "offered": download.version}
        )


def _order(version: str) -> tuple[int, ...]:
    if version == Release.STARTER:
        return ()
    return tuple(int(part) for part in version.split("."))


def _refuse_faults(cursor) -> None:
    cursor.execute(statements.FAULTS)
    if fault := cursor.fetchone():
        raise NotEsco(
            _(
                "%(file)s has a row whose address, title, code or relation is missing "
                "or wrong: %(row)s."
            )
            % {"file": fault[0], "row": fault[1] or "–"}
        )


def _write(cursor, release: int) -> dict[str, Change]:
    for statement in (
        statements.NODES,
        statements.OCCUPATIONS,
        statements.SKILL_GROUPS,
        statements.SKILLS,
    ):
        cursor.execute(statement)
    tree = ("isco_code", "level", "code", "parent_id", "unit_group_id")
    concepts = {
        Occupation: ("esco_occupation", (*tree, *TEXTS), ("id",)),
        SkillGroup: ("esco_skill_group", ("code", *TEXTS), ()),
        Skill: ("esco_skill", ("kind", "reuse_level", *TEXTS), ()),
    }
    changes = {}
    for model, (staged, columns, given) in concepts.items():
        table = model._meta.db_table
        changes[model._meta.model_name] = merge(
            cursor, table, staged, key=("uri",), columns=columns, given=given, release=release
        )
    return changes | _write_links(cursor, release)


def _write_links(cursor, release: int) -> dict[str, Change]:
    for statement in (
        statements.ENDS,
        statements.RELATIONS,
        statements.MEMBERSHIPS,
        statements.GROUP_PARENTS,
    ):
        cursor.execute(statement)
    changes = {
        "occupationskill": merge(
            cursor,
            OccupationSkill._meta.db_table,
            "esco_relation",
            key=("occupation_id", "skill_id"),
            columns=("relation",),
            release=release,
        )
    }
    for model, staged, key in (
        (Skill.groups.through, "esco_membership", ("skill_id", "group_id")),
        (SkillGroup.parents.through, "esco_group_parent", ("group_id", "parent_id")),
    ):
        table = model._meta.db_table
        changes[model._meta.model_name] = merge_links(cursor, table, staged, key=key)
    # Foreign keys are checked at the end of a transaction; here they belong to the import.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return changes
