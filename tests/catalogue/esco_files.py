"""A made-up ESCO of some twenty rows, written in the layouts of two real releases."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

ESCO = "http://data.europa.eu/esco"
DEVELOPER, GAME_DEVELOPER, CARPENTER = (
    f"{ESCO}/occupation/{name}" for name in ("developer", "game-developer", "carpenter")
)
PROGRAMMING, TESTING, JOINERY, WOOD = (
    f"{ESCO}/skill/{name}" for name in ("programming", "testing", "joinery", "wood")
)
WORKING, MAKING, KNOWING = (f"{ESCO}/skill/{name}" for name in ("S", "S1", "K"))


def isco(code: str) -> str:
    return f"{ESCO}/isco/C{code}"


def _groups() -> dict[str, str]:
    return {
        "2": "Professionals",
        "25": "ICT professionals",
        "251": "Software developers and analysts",
        "2512": "Software developers",
        "7": "Craft workers",
        "71": "Building workers",
        "711": "Building frame workers",
        "7115": "Carpenters and joiners",
    }


def _occupations() -> dict[str, dict]:
    return {
        DEVELOPER: {"iscoGroup": "2512", "code": "2512.1", "preferredLabel": "software developer"},
        GAME_DEVELOPER: {
            "iscoGroup": "2512",
            "code": "2512.1.1",
            "preferredLabel": "game developer",
        },
        CARPENTER: {
            "iscoGroup": "7115",
            "code": "7115.1",
            "preferredLabel": "carpenter",
            "altLabels": "wood worker\ncarpenter\njoiner, on site",
            "description": "Builds with wood.",
        },
    }


def _skills() -> dict[str, dict]:
    return {
        PROGRAMMING: {"preferredLabel": "write programs", "skillType": "skill/competence"},
        TESTING: {"preferredLabel": "test programs", "skillType": "skill/competence"},
        JOINERY: {
            "preferredLabel": "join wood",
            "skillType": "skill/competence",
            "reuseLevel": "sector-specific",
        },
        WOOD: {"preferredLabel": "types of wood", "skillType": "knowledge"},
    }


def _relations() -> list[tuple[str, str, str]]:
    return [
        (DEVELOPER, "essential", PROGRAMMING),
        (DEVELOPER, "optional", TESTING),
        (GAME_DEVELOPER, "essential", PROGRAMMING),
        (CARPENTER, "essential", JOINERY),
        (CARPENTER, "essential", WOOD),
    ]


def _occupation_parents() -> list[tuple[str, str]]:
    return [
        (DEVELOPER, isco("2512")),
        (GAME_DEVELOPER, DEVELOPER),
        (CARPENTER, isco("7115")),
    ]


def _skill_parents() -> list[tuple[str, str]]:
    return [(MAKING, WORKING), (PROGRAMMING, MAKING), (JOINERY, MAKING), (WOOD, KNOWING)]


@dataclass
class Classification:
    """Rows by address; change them, then write a layout."""

    groups: dict = field(default_factory=_groups)
    occupations: dict = field(default_factory=_occupations)
    skills: dict = field(default_factory=_skills)
    skill_groups: dict = field(
        default_factory=lambda: {WORKING: "skills", MAKING: "making", KNOWING: "knowledge"}
    )
    relations: list = field(default_factory=_relations)
    occupation_parents: list = field(default_factory=_occupation_parents)
    skill_parents: list = field(default_factory=_skill_parents)

    def files(self, *, language_on_relations: bool = True) -> dict[str, str]:
        """Return file name → text; release 1.1.1 has no language on its relation files."""
        end = "_en" if language_on_relations else ""
        return {
            "ISCOGroups_en.csv": _csv(
                ["conceptType", "conceptUri", "code", "preferredLabel", "altLabels", "description"],
                [["ISCOGroup", isco(c), c, t, "", ""] for c, t in self.groups.items()],
            ),
            "occupations_en.csv": _concepts(
                self.occupations, "iscoGroup", "preferredLabel", "altLabels", "description", "code"
            ),
            "skills_en.csv": _concepts(
                self.skills, "skillType", "reuseLevel", "preferredLabel", "altLabels", "description"
            ),
            "skillGroups_en.csv": _csv(
                ["conceptUri", "preferredLabel", "altLabels", "description", "code"],
                [[uri, title, "", "", uri[-2:]] for uri, title in self.skill_groups.items()],
            ),
            f"occupationSkillRelations{end}.csv": _csv(
                ["occupationUri", "relationType", "skillType", "skillUri"],
                [[o, relation, "", s] for o, relation, s in self.relations],
            ),
            f"broaderRelationsOccPillar{end}.csv": _broader(self.occupation_parents),
            f"broaderRelationsSkillPillar{end}.csv": _broader(self.skill_parents),
            f"skillSkillRelations{end}.csv": "originalSkillUri\r\nunread\r\n",
        }

    def folder(self, path: Path, **layout) -> Path:
        path.mkdir(exist_ok=True)
        for name, text in self.files(**layout).items():
            (path / name).write_text(text, encoding="utf-8", newline="")
        return path

    def zip(self, path: Path) -> Path:
        return _zip(path, self.files())

    def zips(self, folder: Path, version: str = "1.1.1") -> list[Path]:
        """Write the classification and the relations apart, as release 1.1.1 came."""
        files = self.files(language_on_relations=False)
        apart = {name: text for name, text in files.items() if "Relations" in name}
        together = {name: text for name, text in files.items() if name not in apart}
        return [
            _zip(folder / f"ESCO dataset - v{version} - classification - en - csv.zip", together),
            _zip(folder / f"ESCO dataset - v{version} - relations - csv.zip", apart),
        ]


def _concepts(rows: dict[str, dict], *names: str) -> str:
    return _csv(
        ["conceptUri", *names],
        [[uri, *(row.get(name, "") for name in names)] for uri, row in rows.items()],
    )


def _broader(pairs) -> str:
    return _csv(
        ["conceptType", "conceptUri", "broaderType", "broaderUri"],
        [["", a, "", b] for a, b in pairs],
    )


def _csv(head: list[str], rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue()


def _zip(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path
