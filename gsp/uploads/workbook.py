"""Reads the first visible sheet of an XLSX workbook, every cell as the text a reader would see."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gsp.uploads.archive import broken, unpacked
from gsp.uploads.sheet import Unreadable


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each row and its cells.

    Raises:
        Unreadable: see ``gsp.uploads.archive``, or there is no visible sheet.

    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(unpacked(content))) as book:
            cells = book.get_sheet_by_name(_first(book)).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise broken() from error
    for number, row in enumerate(cells, start=1):
        yield number, [_text(cell) for cell in row]


def _first(book: CalamineWorkbook) -> str:
    for sheet in book.sheets_metadata:
        if (sheet.typ, sheet.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible):
            return sheet.name
    raise Unreadable(
        _("This workbook has no visible sheet."), _("Show the sheet with the list."), code="empty"
    )


def _text(cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        # Fifteen digits is what a spreadsheet keeps; more shows as 1.23E+15 and is refused later.
        return f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
