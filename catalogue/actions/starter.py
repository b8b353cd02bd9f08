"""Loads the small catalogue that comes with the platform, so that it runs without a download."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from catalogue.actions import esco, reference_lists
from catalogue.esco import reader
from catalogue.models import Classification, Occupation, OccupationLevel, Release

FOLDER = Path(__file__).resolve().parent.parent / "starter"
ISCO_VERSION = "2008"


@dataclass(frozen=True)
class Loaded:
    """What was done: ``esco`` is None where a full release is in force and was left alone."""

    esco: esco.Imported | None
    lists: dict[str, int]
    in_force: Release


@transaction.atomic
def load(*, at) -> Loaded:
    """Load ISCO-08, the starter's ESCO occupations and skills, countries, languages, currencies.

    Repeatable. Never takes the place of a full ESCO release; a full release takes its place
    by ``import_esco``, row by row, because the addresses are the same.
    """
    lists = reference_lists.load(at=at)
    in_force = Release.objects.in_force(Classification.ESCO)
    if in_force and not in_force.is_starter:
        return Loaded(None, lists, in_force)
    imported = esco.bring_in(reader.read([FOLDER], version=Release.STARTER), at=at)
    groups = Occupation.objects.current().exclude(level=OccupationLevel.OCCUPATION).count()
    Release.objects.get_or_create(
        classification=Classification.ISCO,
        version=ISCO_VERSION,
        defaults={"imported_at": at, "source": FOLDER.name, "counts": {"isco_groups": groups}},
    )
    return Loaded(imported, lists, imported.release)
