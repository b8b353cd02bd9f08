"""Occupations with counted vacancies and the skills related to them, read from public files."""

import csv
import io
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Catalogue:
    """Occupations with vacancies: ESCO addresses, ISCO codes, offers, and packed relations."""

    occupations: np.ndarray
    unit_groups: np.ndarray
    offers: np.ndarray
    skills: np.ndarray
    offsets: np.ndarray  # relations of occupation i: offsets[i]:offsets[i + 1]
    relation_skill: np.ndarray
    relation_essential: np.ndarray


def read_catalogue(esco, vacancies):
    """The `Catalogue` of the occupations that have both German offers and relations."""
    sources = [Path(path) for path in ([esco] if isinstance(esco, str | Path) else esco)]
    for path in (*sources, Path(vacancies)):
        if not path.exists():
            raise FileNotFoundError(f"{path} is absent; pass the path of the file as an argument")
    with Path(vacancies).open(newline="", encoding="utf-8") as lines:
        offers = {
            row["occupation_uri"]: int(float(row["total_job_offers_de"] or 0))
            for row in csv.DictReader(lines)
        }
    with _opened(sources, "occupations_en") as lines:
        groups = {row["conceptUri"]: row["iscoGroup"] for row in csv.DictReader(lines)}
    relations = {}
    with _opened(sources, "occupationSkillRelations") as lines:
        for row in csv.DictReader(lines):
            if offers.get(row["occupationUri"]) and row["occupationUri"] in groups:
                essential = row["relationType"] == "essential"
                relations.setdefault(row["occupationUri"], {})[row["skillUri"]] = essential
    return _catalogue(relations, groups, offers)


def _catalogue(relations, groups, offers):
    """Relations by occupation as a packed Catalogue."""
    occupations = sorted(relations)
    skills = sorted({skill for held in relations.values() for skill in held})
    place = {skill: code for code, skill in enumerate(skills)}
    flat = [
        (place[skill], relations[name][skill])
        for name in occupations
        for skill in sorted(relations[name])
    ]
    return Catalogue(
        occupations=np.array(occupations),
        unit_groups=np.array([int(groups[name]) for name in occupations]),
        offers=np.array([offers[name] for name in occupations], float),
        skills=np.array(skills),
        offsets=np.concatenate(([0], np.cumsum([len(relations[name]) for name in occupations]))),
        relation_skill=np.array([skill for skill, _ in flat]),
        relation_essential=np.array([essential for _, essential in flat]),
    )


@contextmanager
def _opened(sources, name):
    """The lines of the CSV whose name starts so, in the first source that has one."""
    for source in sources:
        if source.is_dir():
            for path in sorted(source.glob(f"{name}*.csv")):
                with path.open(newline="", encoding="utf-8") as lines:
                    yield lines
                return
        elif zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                for member in sorted(archive.namelist()):
                    if Path(member).name.startswith(name):
                        with archive.open(member) as raw:
                            yield io.TextIOWrapper(raw, encoding="utf-8", newline="")
                        return
    raise ValueError(f"no {name}*.csv in {', '.join(map(str, sources))}: is it an ESCO download?")
