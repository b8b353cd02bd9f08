"""Copies the files of a download, untouched, into temporary tables of the running transaction."""

import re
from collections.abc import Callable

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql

from catalogue.esco.reader import DAMAGED, EscoFile, NotEsco

BLOCK = 1 << 16  # small enough that unzipping goes on while the server reads


def stage(cursor, file: EscoFile, *, progress: Callable[[int], object]) -> int:
    """Copy one file into the temporary table ``esco_<table>``; return the number of its rows.

    PostgreSQL itself parses the CSV, so no field is too long and no row passes through
    Python. ``progress`` is called with the number of bytes after each block. Raises NotEsco
    where the file is damaged or holds no row.
    """
    target = sql.Identifier(f"esco_{file.table.name}")
    columns = [sql.Identifier(name) for name in file.columns]
    absent = [sql.Identifier(n) for n in file.table.optional if n not in file.columns]
    cursor.execute(
        sql.SQL("CREATE TEMP TABLE {} ({}) ON COMMIT DROP").format(
            target, sql.SQL(", ").join(sql.SQL("{} text").format(c) for c in columns + absent)
        )
    )
    copy = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        target, sql.SQL(", ").join(columns)
    )
    try:
        with file.open() as stream, cursor.copy(copy) as copied:
            while block := stream.read(BLOCK):
                copied.write(block)
                progress(len(block))
    except psycopg.DataError as error:
        raise NotEsco(_damage(file, error)) from error
    except DAMAGED as error:
        raise NotEsco(_("%(file)s is damaged: %(reason)s.") % _said(file, error)) from error
    if cursor.rowcount == 0:
        raise NotEsco(_("%(file)s holds no row.") % {"file": file.name})
    return cursor.rowcount


def _damage(file: EscoFile, error: psycopg.DataError) -> str:
    line = re.search(r"line (\d+)", error.diag.context or "")
    if line is None:
        return _("%(file)s is damaged: %(reason)s.") % _said(file, error)
    # The first line, the names of the columns, is not among those PostgreSQL counts.
    number = int(line.group(1)) + 1
    return _("%(file)s, line %(line)d: %(reason)s.") % {**_said(file, error), "line": number}


def _said(file: EscoFile, error: Exception) -> dict[str, str]:
    diagnosis = getattr(error, "diag", None)
    reason = diagnosis.message_primary if diagnosis else str(error)
    return {"file": file.name, "reason": reason or str(error)}
