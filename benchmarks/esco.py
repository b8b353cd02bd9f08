"""How long an import of ESCO 1.2.0 takes, against a raw COPY of the same rows.

Both begin with the zip: the copy sends every file the import reads, texts included, into plain
tables without index or key; the import also parses, matches, checks and indexes them.
"""

import time
from statistics import median

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from catalogue.actions import esco
from catalogue.esco import reader
from catalogue.models import OccupationSkill, Skill

DOWNLOAD = settings.BASE_DIR.parent / "shared" / "data" / "esco-1.2.0-en-csv.zip"
COPIES = 5


def run() -> None:
    """Print seconds of import and copy, and their ratio, a line each: name, value, unit.

    Needs an empty catalogue, which it leaves filled, and a role that may create tables in the
    current schema. Says so in a line where the download is absent or the catalogue filled.
    """
    if not DOWNLOAD.exists():
        print(f"esco.import_vs_copy skipped: {DOWNLOAD.name} is not in the shared data")
        return
    if Skill.objects.exists():
        print("esco.import_vs_copy skipped: the catalogue is not empty")
        return
    before = [_copy() for _ in range(COPIES)]
    importing = _import()
    copying = median(before + [_copy() for _ in range(COPIES)])
    print(f"esco.relations {OccupationSkill.objects.current().count()} rows")
    print(f"esco.import_seconds {importing:.2f} s")
    print(f"esco.copy_seconds {copying:.2f} s")
    print(f"esco.import_vs_copy {importing / copying:.1f} times")


def _import() -> float:
    started = time.perf_counter()
    esco.bring_in(reader.read([DOWNLOAD]), at=timezone.now())
    return time.perf_counter() - started


def _copy() -> float:
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for file in reader.read([DOWNLOAD]).files:
            _copy_file(cursor, file)
    seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        for file in reader.read([DOWNLOAD]).files:
            cursor.execute(sql.SQL("DROP TABLE {}").format(_table(file)))
    return seconds


def _copy_file(cursor: psycopg.Cursor, file: reader.EscoFile) -> None:
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in file.columns)
    cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(_table(file), columns))
    statement = sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(_table(file))
    with file.open() as stream, cursor.copy(statement) as copied:
        while block := stream.read(1 << 16):
            copied.write(block)


def _table(file: reader.EscoFile) -> sql.Identifier:
    return sql.Identifier(f"copied_{file.table.name}")
