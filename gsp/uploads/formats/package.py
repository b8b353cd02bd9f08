"""Finds in an XLSX workbook what reading needs: the sheet, the shared texts, the date formats."""

import zipfile
from dataclasses import dataclass
from posixpath import join, normpath

from django.utils.translation import gettext as _

from gsp.uploads.formats import markup
from gsp.uploads.formats.archive import small_part
from gsp.uploads.formats.numbers import BUILT_IN_DATES, is_date_format
from gsp.uploads.formats.refusals import broken, has_macros, wrong_type
from gsp.uploads.sheet import Unreadable

TYPES, ROOT_LINKS = "[Content_Types].xml", "_rels/.rels"


@dataclass(frozen=True, slots=True)
class Package:
    """Where things are in a workbook; ``date_styles`` are the styles that show a day."""

    sheet: str
    sheet_name: str
    other_sheets: int
    strings: str
    date_styles: frozenset[str]
    date_system: int


def look_into(archive: zipfile.ZipFile) -> Package:
    """Return where the first visible sheet and all it needs are.

    Raises:
        Unreadable: no XLSX workbook, one with macros, or without a visible sheet.

    """
    names = set(archive.namelist())
    if not names >= {TYPES, ROOT_LINKS}:
        raise _no_workbook()
    _check_types(archive, names)
    workbook = _links(archive, ROOT_LINKS, "").get("officeDocument", [("", "")])[0][1]
    if workbook not in names or not workbook.endswith(".xml"):
        raise _no_workbook()
    folder, _slash, file = workbook.rpartition("/")
    links = _links(archive, join(folder, "_rels", f"{file}.rels"), folder)
    sheets, date_system = _sheets(archive, workbook)
    places = dict(links.get("worksheet", ()))
    visible = [name_id for name_id in sheets if name_id[1] in places]
    if not visible:
        raise _nothing_visible()
    name, key = visible[0]
    styles = links.get("styles", ())
    return Package(
        places[key],
        name,
        len(visible) - 1,
        next((place for _key, place in links.get("sharedStrings", ())), ""),
        _date_styles(archive, styles[0][1]) if styles else frozenset(),
        date_system,
    )


def _no_workbook() -> Unreadable:
    return wrong_type(
        _("This file is not an Excel workbook."),
        _("Save the list as XLSX, ODS or CSV and send that file."),
    )


def _nothing_visible() -> Unreadable:
    return Unreadable(
        _("This workbook has no visible sheet."), _("Show the sheet with the list."), code="empty"
    )


def _check_types(archive: zipfile.ZipFile, names: set[str]) -> None:
    types = []
    markup.parse(
        small_part(archive, TYPES),
        lambda name, attributes: types.append(attributes.get("ContentType", "").lower()),
    )
    parts = {name.lower().rpartition("/")[2] for name in names}
    if "vbaproject.bin" in parts or any(_may_run(one) for one in types):
        raise has_macros()
    if any("sheet.binary" in one for one in types):
        raise wrong_type(
            _("This is a binary workbook (XLSB)."), _("Save it as XLSX and send it again.")
        )


def _may_run(content_type: str) -> bool:
    return "macroenabled" in content_type.replace("binary.macroenabled", "binary") or (
        "macrosheet" in content_type or "vbaproject" in content_type
    )


def _links(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, list[tuple[str, str]]]:
    """Return kind → the ids and targets of a part's links."""
    found: dict[str, list[tuple[str, str]]] = {}

    def start(name, attributes):
        if markup.local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else join(folder, target)
            found.setdefault(kind, []).append((attributes.get("Id", ""), normpath(place)))

    markup.parse(small_part(archive, part), start)
    return found


def _sheets(archive: zipfile.ZipFile, workbook: str) -> tuple[list[tuple[str, str]], int]:
    """Return name and link of the visible sheets in their order, and the date system."""
    sheets, systems = [], [1900]

    def start(name, attributes):
        kind = markup.local(name)
        if kind == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            systems.append(1904)
        elif kind == "sheet" and attributes.get("state", "visible") == "visible":
            plain = {markup.local(key): value for key, value in attributes.items()}
            sheets.append((plain.get("name", ""), plain.get("id", "")))

    markup.parse(small_part(archive, workbook), start)
    return sheets, systems[-1]


def _date_styles(archive: zipfile.ZipFile, part: str) -> frozenset[str]:
    reader = _Styles()
    markup.parse(small_part(archive, part), reader.start, reader.end)
    return frozenset(reader.dates)


class _Styles:
    """Collects the numbers of the cell styles whose number format shows a day or a time."""

    def __init__(self):
        self.formats = set(BUILT_IN_DATES)
        self.dates: list[str] = []
        self.number = 0
        self.is_inside = False

    def start(self, name, attributes):
        kind = markup.local(name)
        if kind == "numFmt":
            number = _number(attributes.get("numFmtId"))
            if is_date_format(attributes.get("formatCode", "")):
                self.formats.add(number)
            else:
                self.formats.discard(number)
        elif kind == "cellXfs":
            self.is_inside = True
        elif kind == "xf" and self.is_inside:
            if _number(attributes.get("numFmtId")) in self.formats:
                self.dates.append(str(self.number))
            self.number += 1

    def end(self, name):
        if markup.local(name) == "cellXfs":
            self.is_inside = False


def _number(text: str | None) -> int:
    if text is None:
        return 0
    if not text.isdecimal() or len(text) > 9:
        raise broken()
    return int(text)
