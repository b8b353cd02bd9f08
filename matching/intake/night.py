"""Everything one night of one partnership is computed from."""

import hashlib
import json
from dataclasses import dataclass, fields

from catalogue.models import Release
from matching.engine.gap import gaps
from matching.engine.gap_lines import Assumptions, GapLine
from matching.engine.instance import Instance, input_hash
from matching.engine.intake.build import from_columns
from matching.engine.model import ENGINE_VERSION, Terms
from matching.intake.balance import demand_lines, pipeline_lines, workforce_lines
from matching.intake.demands import read_demands
from matching.intake.people import read_people
from matching.intake.terms import read_terms


@dataclass(frozen=True)
class Night:
    """The engine's input, who owns its rows, the lines of the gap, and one hash over all."""

    instance: Instance
    terms: Terms
    centre_of: dict[int, int]
    employer_of: dict[int, int]
    lines: tuple[list, list, list]
    catalogue_version: str
    input_hash: str

    def gaps(self) -> list[GapLine]:
        """Return the gap table."""
        return gaps(*self.lines, Assumptions())


def read_night(partnership, as_of) -> Night:
    """Read a partnership's night in a fixed number of queries."""
    people, centre_of = read_people(partnership, as_of)
    demands, employer_of = read_demands(partnership)
    terms = read_terms(partnership, as_of)
    instance = from_columns(people, demands)
    countries = {partnership.destination_id}
    countries |= set(partnership.origins.values_list("country_id", flat=True))
    lines = (
        demand_lines(partnership),
        workforce_lines(countries),
        pipeline_lines(partnership, as_of),
    )
    version = catalogue_version()
    return Night(
        instance=instance,
        terms=terms,
        centre_of=centre_of,
        employer_of=employer_of,
        lines=lines,
        catalogue_version=version,
        input_hash=_hash(instance, terms, lines, version),
    )


def catalogue_version() -> str:
    """Return the ESCO release in force, as text."""
    release = Release.objects.in_force("ESCO")
    return str(release) if release else ""


def _hash(instance, terms, lines, version) -> str:
    """Return the SHA-256 over engine version, catalogue, people, openings, terms and lines."""
    plain = [
        sorted([str(getattr(line, each.name)) for each in fields(line)] for line in kind)
        for kind in lines
    ]
    text = json.dumps([ENGINE_VERSION, version, input_hash(instance, terms), plain])
    return hashlib.sha256(text.encode()).hexdigest()
