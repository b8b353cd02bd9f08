"""Says which heading of a file stands for which column, in any of the languages known."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import get_language

REMARK = re.compile(r"(?<=\w)\s*[(\[*:].*$", re.DOTALL)  # “Date of birth (as in the passport)”
Headings = Mapping[str, Mapping[str, Sequence[str]]]
"""Column → language → its heading there, then other words in use for it."""


class Certainty(StrEnum):
    """How the column of a heading was found."""

    EXACT = "exact"
    SYNONYM = "synonym"
    REMEMBERED = "remembered"
    CHOSEN = "chosen"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a file may have; ``names`` are all the words that mean it, the name first."""

    name: str
    names: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """One heading of the file, and the column it stands for; none where ``column`` is empty."""

    place: int
    heading: str
    column: str = ""
    certainty: Certainty = Certainty.NONE


@dataclass(frozen=True, slots=True)
class Proposal:
    """What every heading stands for, and the required columns that no heading stands for."""

    matches: tuple[Match, ...]
    missing: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether the file can be read without asking anybody."""
        return not self.missing and not self.unknown

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the headings that stand for nothing yet."""
        unclear = (one for one in self.matches if one.certainty is Certainty.NONE)
        return tuple(one.heading for one in unclear)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return each place's column, or an empty text where its cells are left out."""
        return tuple(one.column for one in self.matches)


def columns_of(model, headings: Headings | None = None) -> list[Column]:
    """Return the columns of a row model with the words of ``model.headings`` for them."""
    known = getattr(model, "headings", {}) if headings is None else headings
    return [
        Column(name, (name, *_words(known.get(name, {}))), field.is_required())
        for name, field in model.model_fields.items()
    ]


def heading(headings: Headings, column: str) -> str:
    """Return the heading of a column in the reader's language; failing that, its name."""
    known = headings.get(column, {})
    words = known.get((get_language() or "en").partition("-")[0]) or known.get("en")
    return words[0] if words else column


def propose(
    header: Sequence[str],
    columns: Iterable[Column],
    remembered: Mapping[str, str] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> Proposal:
    """Find the column of every heading.

    ``remembered`` and ``chosen`` hold heading → column, an empty column meaning “leave it out”;
    what the user chose now goes before what was remembered, and that before words known.
    A column is given to the first heading only: a second one stays without, to be asked about.
    """
    columns = list(columns)
    finders = (
        (Certainty.CHOSEN, _plain(chosen or {})),
        (Certainty.REMEMBERED, _plain(remembered or {})),
        (Certainty.EXACT, {plain(one.name): one.name for one in columns}),
        (Certainty.SYNONYM, _synonyms(columns)),
    )
    matches = _matched(tuple(header), finders, {one.name for one in columns})
    taken = {one.column for one in matches}
    missing = (one.name for one in columns if one.is_required and one.name not in taken)
    return Proposal(matches, tuple(missing))


def plain(text: str) -> str:
    """Return a heading without case, accents, punctuation and space, to compare it."""
    spelt = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spelt if letter.isalnum())


def _matched(header, finders, names) -> tuple[Match, ...]:
    while header and not header[-1]:
        header = header[:-1]
    found: dict[int, Match] = {}
    taken: set[str] = set()
    for certainty, columns in finders:
        for place, text in enumerate(header):
            column = _looked_up(columns, text)
            if place in found or column is None or column in taken or column not in names | {""}:
                continue
            found[place] = Match(place, text, column, certainty)
            taken |= {column} - {""}
    return tuple(found.get(place, Match(place, text)) for place, text in enumerate(header))


def _looked_up(columns: Mapping[str, str], heading: str) -> str | None:
    return columns.get(plain(heading), columns.get(plain(REMARK.sub("", heading))))


def _synonyms(columns: Iterable[Column]) -> dict[str, str]:
    """Return word → column; a word that means two columns means none."""
    meanings: dict[str, set[str]] = {}
    for column in columns:
        for word in column.names:
            meanings.setdefault(plain(word), set()).add(column.name)
    return {word: names.pop() for word, names in meanings.items() if len(names) == 1}


def _plain(choice: Mapping[str, str]) -> dict[str, str]:
    return {plain(text): column for text, column in choice.items()}


def _words(by_language: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(word for words in by_language.values() for word in words)
