"""Checks rows column by column: each different text of a column once, against its one definition.

The definition of a column is its field in the row model. Lists repeat themselves, so most cells
cost one look into a dictionary; what pydantic says of a text is the same either way.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.utils.translation import gettext as _
from pydantic import ValidationError
from pydantic_core import PydanticCustomError, SchemaValidator, core_schema

from gsp.uploads.batch import Batch
from gsp.uploads.cells import identifiers_of
from gsp.uploads.identifiers import FixedWidth, check_width
from gsp.uploads.rows import RowError, UploadRow, masked
from gsp.uploads.sheet import Row

REMEMBERED = 100_000  # different texts of a column; more are forgotten, to bound the memory


@dataclass(frozen=True, slots=True)
class Bad:
    """Stands where a text has no value: what is wrong with it."""

    column: str
    message: str
    remedy: str


@dataclass
class Checked:
    """What became of some rows: all their texts, the good ones, the errors by row number."""

    numbers: list[int]
    cells: dict[str, Sequence[str]]
    good: Batch
    errors: dict[int, list[RowError]] = field(default_factory=dict)


class Column(dict):
    """Text → value or ``Bad``, filled as texts are met.

    ``alike`` holds the good values of all columns of the same type.
    """

    def __init__(self, model: type[UploadRow], name: str, context, width: int = 0, alike=None):
        super().__init__()
        self.name, self.context, self.has_bad = name, context, False
        self.alike = {} if alike is None else alike
        self.widths = FixedWidth() if name in identifiers_of(model) else None
        self.width = width
        self.validator = _validator(model, name)
        self[""] = self._empty(model.model_fields[name])

    def _empty(self, info):
        if not info.is_required():
            return info.get_default(call_default_factory=True)
        return Bad(self.name, _("This cell is empty."), _("Fill it in."))

    def __missing__(self, text: str):
        if text in self.alike:
            value = self[text] = self.alike[text]
            return value
        try:
            if self.widths is not None:
                self._see(text)
            found, _extra, _given = self.validator.validate_python(
                {self.name: text}, context=self.context
            )
            value = self.alike[text] = found[self.name]
        except ValidationError as error:
            self.has_bad = True
            value = _bad(self.name, error.errors(include_url=False, include_input=False)[0])
        except PydanticCustomError as error:
            self.has_bad = True
            value = _bad(self.name, {"type": error.type, "ctx": error.context})
        self[text] = value
        return value

    def _see(self, text: str) -> None:
        self.widths.see(text)
        if self.width:
            check_width(text, self.width)

    def values(self, texts: Sequence[str]) -> list:
        """Return the value of each text."""
        if len(self) > REMEMBERED:
            empty = self[""]
            self.clear()
            self.alike.clear()
            self[""] = empty
        if type(self[""]) is Bad and "" in texts:
            self.has_bad = True
        return list(map(self.__getitem__, texts))


class Plan:
    """How the rows of one file are checked: made once from model, columns and context.

    ``places`` names the column of each place in the file, “” where its cells are left out.
    ``widths`` are those that shorter numbers of a column have lost, from an earlier pass.
    """

    def __init__(self, model: type[UploadRow], places: Sequence[str], context, widths=None):
        self.model, self.places, self.context = model, tuple(places), context
        widths, alike = widths or {}, _alike(model)
        self.columns = {
            name: Column(model, name, context, widths.get(name, 0), alike[name])
            for name in model.model_fields
        }
        self.row_checks = list(model.__pydantic_decorators__.model_validators)

    @property
    def lost_widths(self) -> dict[str, int]:
        """Return the columns in which numbers have lost their leading zeros, with the width."""
        widths = {
            name: column.widths.width for name, column in self.columns.items() if column.widths
        }
        return {name: width for name, width in widths.items() if width}

    def texts(self, rows: Sequence[Row]) -> Batch:
        """Return the unchecked texts by column, every column of the model among them."""
        width = len(self.places)
        cells = [row.cells for row in rows]
        if any(len(one) != width for one in cells):
            cells = [(*one[:width], *[""] * (width - len(one))) for one in cells]
        by_place = list(zip(*cells, strict=True)) or [()] * width
        found = {name: column for name, column in zip(self.places, by_place, strict=True) if name}
        nothing = ("",) * len(rows)
        texts = {name: found.get(name, nothing) for name in self.model.model_fields}
        return Batch(self.model, [row.number for row in rows], texts, {})

    def staged(self, rows) -> Batch:
        """Return the unchecked texts of rows that were staged as they stood in the file."""
        return Batch(
            self.model, rows.numbers, {name: rows.cells[name] for name in self.columns}, {}
        )

    def check(self, texts: Batch, beside: Sequence[int] = ()) -> Checked:
        """Return what is good and what is wrong of these texts.

        ``beside`` are the numbers of rows with a cell where there is no heading.
        """
        values = {name: self.columns[name].values(cells) for name, cells in texts.cells.items()}
        whole = Batch(self.model, texts.numbers, texts.cells, values, texts.decisions)
        errors = defaultdict(list)
        for number in beside:
            errors[number].append(_beside(number))
        for name, column in self.columns.items():
            if column.has_bad:
                self._gather(whole, name, errors)
        if errors:
            places = [i for i, number in enumerate(whole.numbers) if number not in errors]
            whole = whole.only(places)
        if self.row_checks:
            whole = self._check_rows(whole, errors)
        return Checked(list(texts.numbers), dict(texts.cells), whole, dict(errors))

    def beside(self, rows: Sequence[Row]) -> list[int]:
        """Return the numbers of rows that reach beyond the last heading."""
        width = len(self.places)
        return [row.number for row in rows if len(row.cells) > width and any(row.cells[width:])]

    def _gather(self, whole: Batch, name: str, errors) -> None:
        cells = whole.cells[name]
        for place, value in enumerate(whole.columns[name]):
            if type(value) is Bad:
                number = whole.numbers[place]
                errors[number].append(self.error(number, value, cells[place]))

    def error(self, number: int, bad: Bad, text: str) -> RowError:
        """Return the error of a row, without the value where it identifies a person."""
        if bad.column in self.model.identifying:
            return RowError(number, bad.column, "", masked(text, bad.message), bad.remedy)
        return RowError(number, bad.column, text, bad.message, bad.remedy)

    def _check_rows(self, whole: Batch, errors) -> Batch:
        good = []
        for place, row in enumerate(whole.rows):
            bad = self._row_error(row)
            if bad is None:
                good.append(place)
                continue
            text = whole.cells[bad.column][place] if bad.column in whole.cells else ""
            errors[whole.numbers[place]].append(self.error(whole.numbers[place], bad, text))
        return whole.only(good)

    def _row_error(self, row: UploadRow) -> Bad | None:
        try:
            for name in self.row_checks:
                getattr(row, name)()
        except PydanticCustomError as error:
            return _bad("", {"type": error.type, "ctx": error.context})
        return None


def checked(plan: Plan, rows: Sequence[Row], learn=None, decisions=None) -> Checked:
    """Check rows of a file; ``learn`` is called with their texts before."""
    texts = plan.texts(rows)
    texts.decisions = decisions or {}
    if learn:
        learn(plan.context, texts)
    return plan.check(texts, plan.beside(rows))


def all_errors(found: Checked) -> list[RowError]:
    """Return the errors in the order of their rows."""
    return list(chain.from_iterable(found.errors[number] for number in sorted(found.errors)))


def _bad(column: str, detail: dict) -> Bad:
    if detail["type"] == "cell":
        context = detail["ctx"]
        return Bad(context["column"] or column, context["message"], context["remedy"])
    return Bad(column, _("This value cannot be read."), _("Compare it with the template."))


def _beside(number: int) -> RowError:
    return RowError(
        number,
        "",
        "",
        _("A cell stands beside the last heading."),
        _("Give it a heading, or move it; in a CSV file, quote cells that hold the delimiter."),
    )


def _alike(model: type[UploadRow]) -> dict[str, dict]:
    """Return, by column, the dictionary that it shares with others whose texts mean the same.

    Columns with a width to learn, or with checks of the model's own, share theirs with none.
    """
    own = set(identifiers_of(model))
    for decorator in model.__pydantic_decorators__.field_validators.values():
        own |= set(decorator.info.fields)
    found = defaultdict(dict)
    return {
        name: {} if name in own else found[(info.annotation, *map(repr, info.metadata))]
        for name, info in model.model_fields.items()
    }


def _validator(model: type[UploadRow], name: str) -> SchemaValidator:
    """Return the validator of one field, with the model's own validators of it."""
    definitions, schema = [], model.__pydantic_core_schema__
    while schema["type"] != "model-fields":
        definitions += schema.get("definitions", [])
        schema = schema["schema"]
    inner = core_schema.model_fields_schema({name: schema["fields"][name]})
    if definitions:
        inner = core_schema.definitions_schema(inner, definitions)
    return SchemaValidator(inner)
