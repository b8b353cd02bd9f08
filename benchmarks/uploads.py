"""``import.*``: 100,000 figures of 18 columns, from file to applied rows, against a raw COPY."""

import csv
import json
import os
import resource
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import django
import psycopg
import xlsxwriter

ROWS = 100_000
COPIES = 3
COPY = "COPY plain_figures FROM STDIN (FORMAT csv, HEADER)"
SOURCES = ("Labour force survey", "Vacancy survey", "Register of the employment service")
PLAIN = """
CREATE TABLE IF NOT EXISTS plain_figures (
    country text, region text, occupation text, year int, quarter int, employed int,
    unemployed int, vacancies int, vacancy_days int, filled_vacancies int, closed_vacancies int,
    qualified_applicants int, suitable_applicants int, graduates int, exits int,
    wage numeric(12, 2), currency text, source text)
"""


def run(owner_url: str) -> None:
    """Print how many times the raw COPY an import takes, and the most memory a worker held.

    Each import runs in a process of its own, through the stages that a file sent in a browser
    goes through: stored, examined, confirmed, applied, under row security and with audit.
    """
    from django.core.management import call_command

    from catalogue.models import Country, Currency, Occupation

    call_command("load_starter_catalogue", verbosity=0)
    codes = (
        sorted(Occupation.objects.current().unit_groups().values_list("isco_code", flat=True)),
        sorted(Country.objects.values_list("pk", flat=True))[:20],
        sorted(Currency.objects.values_list("pk", flat=True)),
    )
    rows = _figures(*codes)
    with TemporaryDirectory() as folder:
        names = _write_files(Path(folder), list(_columns()), rows)
        raw = _raw_copy(owner_url, names["csv"])
        peaks = []
        print(f"import.raw_copy_s {raw:.2f} s", flush=True)
        for kind, path in names.items():
            found = _in_a_process(owner_url, kind, path)
            peaks.append(found["peak_mb"])
            print(f"import.{kind}_s {found['seconds']:.2f} s", flush=True)
            print(f"import.{kind}_vs_copy {found['seconds'] / raw:.2f} times", flush=True)
        print(f"import.peak_mb {max(peaks):.0f} MB")


def _columns():
    from workforce.rows import FigureRow

    return FigureRow.model_fields


def _figures(occupations, countries, currencies) -> list[list]:
    random = Random(11)  # noqa: S311 - the same figures every time
    keys = (
        (country, f"Region {region}", occupation, year, quarter)
        for year in range(2025, 1999, -1)
        for quarter in (1, 2, 3, 4)
        for country in countries
        for region in range(1, 4)
        for occupation in occupations
    )
    return [[*key, *_numbers(random, currencies)] for key in islice(keys, ROWS)]


def _numbers(random: Random, currencies) -> list:
    counts = [random.randrange(60_000) for _ in range(4)]
    counts += [random.randrange(900) for _ in range(6)]
    wage = f"{random.randrange(30_000, 900_000) / 100:.2f}"
    return [*counts, wage, random.choice(currencies), random.choice(SOURCES)]


def _write_files(folder: Path, header: list[str], rows: list[list]) -> dict[str, Path]:
    names = {"csv": folder / "figures.csv", "xlsx": folder / "figures.xlsx"}
    with names["csv"].open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    with xlsxwriter.Workbook(names["xlsx"], {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [*row[:15], float(row[15]), *row[16:]])
    return names


def _raw_copy(owner_url: str, path: Path) -> float:
    """Return the seconds of the fastest COPY of the file into a plain table, as the application."""
    content = path.read_bytes()
    app = _database_url(owner_url)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(PLAIN)
        owner.execute("GRANT INSERT ON plain_figures TO PUBLIC")
        seconds = []
        for _ in range(COPIES):
            owner.execute("TRUNCATE plain_figures")
            with psycopg.connect(app) as connection:
                started = time.perf_counter()
                with connection.cursor() as cursor, cursor.copy(COPY) as copied:
                    copied.write(content)
                connection.commit()
                seconds.append(time.perf_counter() - started)
    return min(seconds)


def _database_url(owner_url: str) -> str:
    """Return the application's address of the database that the owner's address names."""
    own = os.environ["DATABASE_URL"]
    return f"{own.rpartition('/')[0]}/{owner_url.rpartition('/')[2]}"


def _in_a_process(owner_url: str, kind: str, path: Path) -> dict:
    environment = os.environ | {"DATABASE_URL": _database_url(owner_url), "GSP_LAUNCHED": "1"}
    command = [sys.executable, "-m", "benchmarks.uploads", kind, str(path)]
    done = subprocess.run(  # noqa: S603 - this very module
        command, env=environment, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def _import(kind: str, path: Path) -> dict:
    """Take one file through all stages; return seconds and the peak of memory."""
    from django.utils import timezone

    from gsp.background.jobs import run_job
    from gsp.tenancy.scope import scope
    from gsp.uploads.actions.decide import confirm
    from gsp.uploads.actions.receive import receive
    from partnerships.models import Agency, Organisation
    from partnerships.roles import System

    agency = Agency.objects.create(slug=f"import-{kind}", name=kind, country_id="DE")
    by, now = System("benchmark"), timezone.now
    with scope(agency):
        service = Organisation.objects.create(
            slug="service", name="Service", kind="employment_service", country_id="DE"
        )
    seconds, stages = time.perf_counter(), {}
    with scope(agency, service), path.open("rb") as file:
        upload = receive("workforce", service, file=file, file_name=path.name, by=by, at=now())
    stages["store"] = time.perf_counter()
    run_job(tenant=agency.pk, job=_waiting(agency))
    stages["examine"] = time.perf_counter()
    with scope(agency, service):
        upload.refresh_from_db()
        confirm(upload, by=by, at=now())
    run_job(tenant=agency.pk, job=_waiting(agency))
    ended = time.perf_counter()
    with scope(agency, service):
        upload.refresh_from_db()
    if (upload.state, upload.created, upload.held) != ("applied", ROWS, 0):
        raise RuntimeError(f"{upload.state}: {upload.created} new, {upload.errors[:3]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stages = {name: round(at - seconds, 2) for name, at in stages.items()}
    return {"seconds": ended - seconds, "peak_mb": peak, "stages": stages}


def _waiting(agency) -> int:
    """Return the job that is next, as the broker would hand it over."""
    from gsp.background.models import Job
    from gsp.tenancy.scope import scope

    with scope(agency):
        return Job.objects.get(done_at=None).pk


if __name__ == "__main__":
    django.setup()
    print(json.dumps(_import(sys.argv[1], Path(sys.argv[2]))))
