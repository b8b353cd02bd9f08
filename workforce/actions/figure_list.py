"""Lists of workforce figures: what their rows come to, column by column."""

from django.utils.translation import gettext_lazy as _

from gsp.uploads.batch import NEW, UNCHANGED, Batch, Change, Verdict, updated, wrong
from gsp.uploads.purpose import Purpose, Target, register
from partnerships.models import Organisation
from partnerships.naming import organisation_named
from partnerships.roles import Permission
from workforce import rules
from workforce.actions.figure_copy import apply
from workforce.actions.known import Codes
from workforce.rows import FigureRow, template

COLUMNS = tuple(FigureRow.model_fields)
FACTS = COLUMNS[5:]  # what a figure says; the columns before say of what


@register
class FigureList(Purpose):
    """A quarter of an occupation a row; sending it again corrects it."""

    kind, label, row = "workforce", _("Workforce figures"), FigureRow
    permission, view_permission = Permission.SEND_WORKFORCE, Permission.VIEW_WORKFORCE

    def find(self, name, organisation):
        """Return the service of a name; the desk's own where none is named."""
        if organisation is not None and name in ("", organisation.slug, str(organisation.uid)):
            return organisation
        kind = Organisation.Kind.EMPLOYMENT_SERVICE
        return organisation_named(name, kind=kind, field="subject")

    def target(self, thing, *, by):
        """Return the service, for itself and for the agency's staff."""
        rules.may_send_for(thing, by)
        return Target(thing, thing.uid, thing.name)

    def begin(self, upload, *, at):
        """Read the codes in force."""
        return Codes.of(upload.organisation, at.date())

    def compare(self, context, batch):
        """Compare each quarter with what is known of it."""
        if not len(batch):
            context.prints = []
            return []
        keys = _keys(context, batch)
        errors = _errors(context, batch, keys)
        known = context.known(keys)
        context.prints = [known[key][0] if key in known else "" for key in keys] if known else []
        if not known and not errors:
            return [NEW] * len(batch)
        facts = list(zip(*(_facts(batch)), strict=True))
        return [
            wrong(*errors[place]) if place in errors else _verdict(known.get(key), facts[place])
            for place, key in enumerate(keys)
        ]

    def keep(self, context, batch):
        """Return texts that PostgreSQL reads, the id of the occupation and the print among them."""
        kept = {name: _texts(batch, name) for name in COLUMNS}
        kept["occupation_id"] = [str(context.occupation[code]) for code in kept["occupation"]]
        kept["seen"] = context.prints or [""] * len(batch)
        return kept

    def apply(self, upload, chunks, *, by, at):
        """Write all figures in two statements."""
        return apply(upload, chunks, at=at)

    def template(self, thing):
        """Return the workbook of all services."""
        return template()

    def address(self, upload):
        """Return the page where figures are sent."""
        return "figure-upload", {}


def _keys(context, batch: Batch) -> list[tuple]:
    columns = batch.columns
    occupations = map(context.occupation.__getitem__, columns["occupation"])
    key = (columns["country"], columns["region"], occupations, columns["year"], columns["quarter"])
    return list(zip(*key, strict=True))


def _facts(batch: Batch) -> list:
    *plain, currency, source = (batch.columns[name] for name in FACTS)
    return [*plain, [code or None for code in currency], source]


def _errors(context, batch: Batch, keys: list[tuple]) -> dict[int, list]:
    """Return the errors of rows by place; rows that are plainly right cost next to nothing."""
    suspects = _doubtful(context, batch) | _repeated(context, batch, keys)
    found = {}
    for place in sorted(suspects):
        number = batch.numbers[place]
        row = {name: batch.columns[name][place] for name in COLUMNS}
        errors = list(rules.facts(number, row, context.today))
        errors += _twice(context, number, row, keys[place])
        if errors:
            found[place] = errors
    return found


def _doubtful(context, batch: Batch) -> set[int]:
    """Return the places where a check of the whole row may fail."""
    columns = batch.columns
    quarters = list(zip(columns["year"], columns["quarter"], strict=True))
    bad = {
        (year, quarter)
        for year, quarter in set(quarters)
        if quarter not in (1, 2, 3, 4) or not rules.is_reportable(year, quarter, context.today)
    }
    found = {place for place, one in enumerate(quarters) if one in bad} if bad else set()
    paid = zip(columns["wage"], columns["currency"], strict=True)
    found |= {place for place, (wage, code) in enumerate(paid) if (wage is None) == bool(code)}
    blank = {place for place, source in enumerate(columns["source"]) if not source.strip()}
    figures = [columns[name] for name in (*rules.COUNTS, "wage")]
    if all(None in column for column in figures):
        rows = zip(*figures, strict=True)
        found |= {p for p, row in enumerate(rows) if row.count(None) == len(figures)}
    return found | blank


def _repeated(context, batch: Batch, keys: list[tuple]) -> set[int]:
    """Return the places whose key stands elsewhere too; remember all keys with their rows."""
    places = dict(zip(reversed(keys), reversed(range(len(keys))), strict=True))
    again = {place for place, key in enumerate(keys) if places[key] != place}
    again |= {places[key] for key in places.keys() & context.seen.keys()}
    for key, place in places.items():
        context.seen.setdefault(key, batch.numbers[place])
    return again


def _twice(context, number: int, row: dict, key: tuple) -> list:
    first = context.seen[key]
    return [] if first == number else list(rules.twice(number, row, {rules.key_of(row): first}))


def _verdict(known: tuple | None, facts: tuple) -> Verdict:
    if known is None:
        return NEW
    before = known[1:]
    if before == facts:
        return UNCHANGED
    changes = zip(FACTS, before, facts, strict=True)
    return updated(
        *(Change(name, _text(old), _text(new)) for name, old, new in changes if old != new)
    )


def _texts(batch: Batch, name: str) -> list[str]:
    """Return the values of a column as texts: the cells, where they are plain digits."""
    cells = batch.cells[name]
    together = "".join(cells)
    if name in rules.COUNTS and together.isdecimal() and together.isascii():
        return list(cells)
    return ["" if value is None else str(value) for value in batch.columns[name]]


def _text(value) -> str:
    return "" if value is None else str(value)
