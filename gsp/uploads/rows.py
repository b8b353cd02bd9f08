"""Checks every row of a sheet against a model and collects all that is wrong, in plain words."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import ClassVar, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError

from gsp.uploads.mapping import Headings
from gsp.uploads.sheet import Row, Sheet
from gsp.workflow import Refused


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell; ``row`` is None where the whole file is meant."""

    row: int | None
    column: str
    value: str
    message: str
    remedy: str

    def as_json(self) -> dict:
        """Return the error as it is kept and shown."""
        return asdict(self)


class RowsRefused(Refused):
    """Some rows are wrong, so none is written; ``errors`` lists them all."""

    def __init__(self, errors: list[RowError]):
        super().__init__(_("Nothing was written."), field="file", code="rows_refused")
        self.errors = errors


class UploadRow(BaseModel):
    """Base of row models. The values of ``identifying`` columns are never kept in errors.

    ``headings`` holds the words for each column, see ``gsp.uploads.mapping``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    identifying: ClassVar[frozenset[str]] = frozenset()
    headings: ClassVar[Headings] = {}

    def given(self) -> dict:
        """Return the columns that this row fills in."""
        return {name: getattr(self, name) for name in self.model_fields_set}


RowModel = TypeVar("RowModel", bound=UploadRow)


def check(sheet: Sheet, model: type[RowModel], context=None) -> list[tuple[int, RowModel]]:
    """Return each row's number and its model; an empty cell counts as not given.

    ``context`` reaches the validators of the model as ``info.context``.

    Raises:
        RowsRefused: headings or rows are wrong; it holds the errors of the whole file.

    """
    rows, errors = examine(sheet, model, context)
    refuse_if(errors)
    return rows


def examine(
    sheet: Sheet, model: type[RowModel], context=None
) -> tuple[list[tuple[int, RowModel]], list[RowError]]:
    """Return the good rows and the errors of the others, for checks that look across rows.

    Raises:
        RowsRefused: the headings are wrong.

    """
    columns = _columns(sheet.header, model)
    rows, errors = [], []
    for row in sheet.rows:
        cells = {name: cell for name, cell in zip(columns, row.cells, strict=False) if cell}
        errors += _beside(row, len(columns))
        try:
            rows.append((row.number, model.model_validate(cells, context=context)))
        except ValidationError as error:
            errors += _row_errors(row.number, cells, error, model)
    return rows, errors


def refuse_if(errors: list[RowError]) -> None:
    """Refuse the file where there are errors.

    Raises:
        RowsRefused: with the errors in the order of their rows.

    """
    if errors:
        raise RowsRefused(sorted(errors, key=lambda error: error.row or 0))


def values_of(sheet: Sheet, column: str) -> set[str]:
    """Return the different texts of a column before any check, to look them up at once."""
    names = [_named(cell) for cell in sheet.header.cells]
    if column not in names:
        return set()
    place = names.index(column)
    return {row.cells[place] for row in sheet.rows if len(row.cells) > place} - {""}


def _named(heading: str) -> str:
    return "_".join(heading.casefold().replace("-", " ").split())


def _columns(header: Row, model: type[UploadRow]) -> list[str]:
    names = [_named(cell) for cell in header.cells]
    while names and not names[-1]:
        names.pop()
    errors = [
        RowError(header.number, name, cell, message, remedy)
        for name, cell, message, remedy in _wrong_headings(names, header.cells, model)
    ]
    refuse_if(errors)
    return names


def _wrong_headings(names, cells, model) -> Iterator[tuple[str, str, str, str]]:
    known = list(model.model_fields)
    for place, name in enumerate(names):
        if name not in known:
            remedy = _("Take it away or use one of: %(names)s.") % {"names": ", ".join(known)}
            yield name, cells[place], _("This heading is not known."), remedy
        elif name in names[:place]:
            yield name, cells[place], _("This heading stands there twice."), _("Keep one of them.")
    for name, column in model.model_fields.items():
        if column.is_required() and name not in names:
            yield name, "", _("This column is missing."), _("Add it, or start from the template.")


def _beside(row: Row, width: int) -> Iterator[RowError]:
    if any(row.cells[width:]):
        yield RowError(
            row.number,
            "",
            "",
            _("A cell stands beside the last heading."),
            _("Give it a heading, or move it; in a CSV file, quote cells that hold the delimiter."),
        )


def _row_errors(number, cells, error: ValidationError, model) -> Iterator[RowError]:
    for detail in error.errors(include_url=False, include_input=False):
        context = detail.get("ctx", {})
        column = context.get("column") or str(next(iter(detail["loc"]), ""))
        value = cells.get(column, "")
        message, remedy = _words(detail, context)
        if value and column in model.identifying:
            whole = rf"(?<!\w){re.escape(value)}(?!\w)"
            value, message = "", re.sub(whole, "…", message)
        yield RowError(number, column, value, message, remedy)


def _words(detail: dict, context: dict) -> tuple[str, str]:
    if detail["type"] == "cell":
        return context["message"], context["remedy"]
    if detail["type"] == "missing":
        return _("This cell is empty."), _("Fill it in.")
    return _("This value cannot be read."), _("Compare it with the template.")


def masked(value: str, message: str) -> str:
    """Return a message without the value of an identifying cell."""
    return re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "…", message) if value else message
