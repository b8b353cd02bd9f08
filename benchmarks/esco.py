"""How long an import of ESCO 1.2.0 takes, against a raw COPY of the same rows.

Both begin with the zip: the copy sends every file the import reads, texts included, into plain
tables without index or key; the import also matches, checks and indexes the rows.
"""

import time
from statistics import median

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg import sql

from catalogue.actions import esco
from catalogue.esco import reader
from catalogue.models import OccupationSkill, Release

DOWNLOAD = settings.BASE_DIR.parent / "shared" / "data" / "esco-1.2.0-en-csv.zip"
COPIES = 5


def run(owner_url: str | None = None) -> None:
    """Print seconds of import and copy, and their ratio, a line each: name, value, unit.

    ``owner_url`` logs in as a role that may create tables, which the application may not;
    without it the copy goes into temporary tables, which are never logged and so faster.
    Needs a catalogue without ESCO and leaves it filled; says in a line why it measures nothing.
    """
    if not DOWNLOAD.exists():
        print(f"esco.import_vs_copy skipped: {DOWNLOAD.name} is not in the shared data")
        return
    if Release.objects.filter(classification="ESCO").exists():
        print("esco.import_vs_copy skipped: the catalogue already holds ESCO")
        return
    copies = [_copy(owner_url) for _ in range(COPIES)]
    importing = _import()
    copying = median(copies + [_copy(owner_url) for _ in range(COPIES)])
    print(f"esco.relations {OccupationSkill.objects.current().count()} rows")
    print(f"esco.import_seconds {importing:.2f} s")
    print(f"esco.copy_seconds {copying:.2f} s")
    print(f"esco.import_vs_copy {importing / copying:.1f} times")


def _import() -> float:
    started = time.perf_counter()
    esco.bring_in(reader.read([DOWNLOAD]), at=timezone.now())
    return time.perf_counter() - started


def _copy(owner_url: str | None) -> float:
    if owner_url is None:
        return _copy_all(connection.get_new_connection(connection.get_connection_params()), "TEMP")
    return _copy_all(psycopg.connect(owner_url), "")


def _copy_all(session: psycopg.Connection, kind: str) -> float:
    with session, session.cursor() as cursor:
        started = time.perf_counter()
        files = reader.read([DOWNLOAD]).files
        for file in files:
            _copy_file(cursor, file, kind)
        session.commit()
        seconds = time.perf_counter() - started
        for file in files:
            cursor.execute(sql.SQL("DROP TABLE {}").format(_table(file)))
    return seconds


def _copy_file(cursor: psycopg.Cursor, file: reader.EscoFile, kind: str) -> None:
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in file.columns)
    create = sql.SQL("CREATE {} TABLE {} ({})")
    cursor.execute(create.format(sql.SQL(kind), _table(file), columns))
    statement = sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(_table(file))
    with file.open() as stream, cursor.copy(statement) as copied:
        while block := stream.read(1 << 16):
            copied.write(block)


def _table(file: reader.EscoFile) -> sql.Identifier:
    return sql.Identifier(f"copied_{file.table.name}")
