"""What every format hands to the reader."""

from collections.abc import Iterable
from dataclasses import dataclass, field

RawRow = tuple[int, list[str]]


@dataclass(slots=True)
class Source:
    """Numbered rows of text as the file holds them, and what was found out about the file.

    ``total`` is the likely number of rows, headings and all. ``date_system`` is the year from
    which a workbook counts its days, 1900 or 1904; 0 where days are no numbers.
    """

    rows: Iterable[RawRow]
    total: int | None = None
    findings: dict[str, str] = field(default_factory=dict)
    date_system: int = 0
