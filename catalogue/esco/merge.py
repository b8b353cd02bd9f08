"""Brings a table of the catalogue in line with a staged one, touching only what differs."""

from dataclasses import dataclass

from psycopg import sql


@dataclass(frozen=True)
class Change:
    """How many rows were added, updated (or came back) and marked obsolete or removed."""

    added: int
    updated: int
    gone: int

    def __bool__(self):
        return bool(self.added or self.updated or self.gone)


def merge(cursor, table: str, staged: str, *, key, columns, given=(), release: int) -> Change:
    """Make the current rows of ``table`` those of ``staged``; return what changed.

    Rows are matched by the columns ``key``. ``columns`` are kept up to date; ``given`` are set
    on new rows alone. What is not staged is marked obsolete since ``release`` and stays.
    """
    names = _Names(table, staged, key)
    gone = _run(
        cursor,
        """UPDATE {table} held SET obsolete_since_id = {release}
        WHERE obsolete_since_id IS NULL
        AND NOT EXISTS (SELECT FROM {staged} said WHERE {match})""",
        **names.all,
        release=sql.Literal(release),
    )
    updated = _run(
        cursor,
        """UPDATE {table} held SET {assigned}, obsolete_since_id = NULL FROM {staged} said
        WHERE {match} AND (held.obsolete_since_id IS NOT NULL
            OR ({held}) IS DISTINCT FROM ({said}))""",
        **names.all,
        assigned=_each("{0} = said.{0}", columns),
        held=_each("held.{}", columns),
        said=_each("said.{}", columns),
    )
    return Change(_add(cursor, names, (*given, *key, *columns)), updated, gone)


def merge_links(cursor, table: str, staged: str, *, key) -> Change:
    """Make the rows of a link table those of ``staged``; nothing refers to them, gone is gone."""
    names = _Names(table, staged, key)
    gone = _run(
        cursor,
        "DELETE FROM {table} held WHERE NOT EXISTS (SELECT FROM {staged} said WHERE {match})",
        **names.all,
    )
    return Change(_add(cursor, names, key), 0, gone)


class _Names:
    def __init__(self, table: str, staged: str, key):
        self.all = {
            "table": sql.Identifier(table),
            "staged": sql.Identifier(staged),
            "match": _each("held.{0} = said.{0}", key, between=" AND "),
        }


def _add(cursor, names: _Names, columns) -> int:
    return _run(
        cursor,
        """INSERT INTO {table} ({columns}) SELECT {said} FROM {staged} said
        WHERE NOT EXISTS (SELECT FROM {table} held WHERE {match})""",
        **names.all,
        columns=_each("{}", columns),
        said=_each("said.{}", columns),
    )


def _each(pattern: str, columns, *, between: str = ", ") -> sql.Composable:
    return sql.SQL(between).join(sql.SQL(pattern).format(sql.Identifier(c)) for c in columns)


def _run(cursor, statement: str, **parts: sql.Composable) -> int:
    cursor.execute(sql.SQL(statement).format(**parts))
    return cursor.rowcount
