"""``import.*``: 100,000 figures of 18 columns, from file to applied rows, against a raw COPY.

The raw COPY is what a loader does: it opens a connection, sends the text of the file piece by
piece into a plain table with the same columns, without keys, checks, indexes, row security or
audit, and commits durably. It is measured before and after each import; the ratio is to the median.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg

from benchmarks import lists

COPIES = 3  # before and after each import
PIECE = 256 * 1024
COPY = "COPY plain_list FROM STDIN (FORMAT csv, HEADER)"


def run(owner_url: str) -> None:
    """Print how many times the raw COPY an import takes, and the most memory a worker held.

    Each import runs in a process of its own, through the stages that a file sent in a browser
    goes through: stored, examined, confirmed, applied, under row security and with audit.
    """
    from django.core.management import call_command

    call_command("load_starter_catalogue", verbosity=0)
    with TemporaryDirectory() as folder:
        text, book = Path(folder) / "figures.csv", Path(folder) / "figures.xlsx"
        figures = lists.figures()
        figures.write_csv(text)
        figures.write_xlsx(book)
        floor = Floor(owner_url, figures.plain, text)
        peaks = [
            _measured("csv", owner_url, "workforce", text, floor),
            _measured("xlsx", owner_url, "workforce", book, floor),
        ]
        print(f"import.raw_copy_s {floor.seconds():.2f} s")
        print(f"import.peak_mb {max(peaks):.0f} MB", flush=True)
        people, path = lists.trainees(), Path(folder) / "trainees.csv"
        people.write_csv(path)
        _measured("cohort_csv", owner_url, "cohort", path, Floor(owner_url, people.plain, path))


def _measured(name: str, owner_url: str, kind: str, path: Path, floor: "Floor") -> float:
    """Print the figures of one import; return its peak in megabytes."""
    floor.copy()
    found = _in_a_process(owner_url, kind, path, floor.rows)
    floor.copy()
    print(f"import.{name}_s {found['seconds']:.2f} s")
    print(f"import.{name}_examine_s {found['examine_s']:.2f} s")
    print(f"import.{name}_processor_s {found['processor_s']:.2f} s")
    print(f"import.{name}_vs_copy {found['seconds'] / floor.seconds():.2f} times", flush=True)
    return found["peak_mb"]


class Floor:
    """The raw COPY of a file of text into a plain table, as the application's role."""

    def __init__(self, owner_url: str, columns: str, path: Path):
        self.owner_url, self.path, self.taken = owner_url, path, []
        self.rows = path.read_bytes().count(b"\n") - 1
        with psycopg.connect(owner_url, autocommit=True) as owner:
            owner.execute("DROP TABLE IF EXISTS plain_list")
            owner.execute(f"CREATE TABLE plain_list ({columns})")
            owner.execute("GRANT INSERT ON plain_list TO PUBLIC")

    def copy(self) -> None:
        """Measure the COPY a few times, each into the empty table."""
        for _number in range(COPIES):
            with psycopg.connect(self.owner_url, autocommit=True) as owner:
                owner.execute("TRUNCATE plain_list")
            self.taken.append(self._one())

    def _one(self) -> float:
        started = time.perf_counter()
        with (
            psycopg.connect(_database_url(self.owner_url)) as connection,
            connection.cursor() as cursor,
            self.path.open("rb") as file,
            cursor.copy(COPY) as copied,
        ):
            while piece := file.read(PIECE):
                copied.write(piece)
        return time.perf_counter() - started

    def seconds(self) -> float:
        """Return the median of all copies so far."""
        return median(self.taken)


def _database_url(owner_url: str) -> str:
    """Return the application's address of the database that the owner's address names."""
    own = os.environ["DATABASE_URL"]
    return f"{own.rpartition('/')[0]}/{owner_url.rpartition('/')[2]}"


def _in_a_process(owner_url: str, kind: str, path: Path, rows: int) -> dict:
    environment = os.environ | {"DATABASE_URL": _database_url(owner_url), "GSP_LAUNCHED": "1"}
    command = [sys.executable, "-m", "benchmarks.one_upload", kind, str(path), str(rows)]
    done = subprocess.run(  # noqa: S603 - this very module
        command, env=environment, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])
