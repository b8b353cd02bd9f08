"""How long a night takes through the database, against the raw read of its input."""

import time
from statistics import median

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks import instances, people
from gsp.tenancy.scope import scope
from matching.actions import runs
from partnerships.roles import System

DATA = settings.BASE_DIR.parent / "shared" / "data"
TRAINEES, DEMANDS = 10_000, 2_000
READS = 5
# What a night reads, as PostgreSQL can hand it over fastest: each table once, binary.
INPUT = (
    "SELECT id, person_id, cohort_id, centre_id, track, state FROM trainees_enrolment",
    "SELECT id, country_id, birth_year, may_be_proposed FROM trainees_person",
    "SELECT person_id, skill_id, level, evidence FROM trainees_skillclaim",
    "SELECT person_id, language_id, skill, level, expires_on FROM trainees_languageresult",
    "SELECT id, country_id, occupation_id, openings, starts_from, starts_until, minimum_age, "
    "employer_id FROM employers_demand",
    "SELECT demand_id, skill_id, minimum_level, relation FROM employers_demandskill",
    "SELECT demand_id, language_id, level FROM employers_demandlanguage",
)


def run() -> None:
    """Print what a night of 10,000 trainees and 2,000 demands costs, per stage and against a read.

    Needs ESCO in the catalogue; says in a line why it measures nothing.
    """
    esco, vacancies = DATA / "esco-1.2.0-en-csv.zip", DATA / "vacancies-by-occupation.csv"
    if not (esco.exists() and vacancies.exists()):
        print("night.vs_read skipped: ESCO and the vacancies are not in the shared data")
        return
    call_command("load_starter_catalogue", verbosity=0)
    made = instances.instance(TRAINEES, DEMANDS, 1, esco=esco, vacancies=vacancies)
    started = time.perf_counter()
    partnership = people.fill(made)
    print(f"night.fill_seconds {time.perf_counter() - started:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reading = median(_read(partnership) for _ in range(READS))
    started = time.perf_counter()
    with scope(partnership.tenant_id):
        found, _new = runs.run(
            partnership, as_of=instances.AS_OF, by=System("bench"), at=timezone.now()
        )
    total = time.perf_counter() - started
    for stage, seconds in found.seconds.items():
        print(f"night.{stage}_seconds {seconds:.2f} s")
    print(f"night.proposals {found.counts['proposals']} rows")
    print(f"night.raw_read_seconds {reading:.3f} s")
    print(f"night.seconds {total:.2f} s")
    print(f"night.vs_read {total / reading:.1f} times")


def _read(partnership) -> float:
    with scope(partnership.tenant_id), connection.cursor() as cursor:
        started = time.perf_counter()
        for query in INPUT:
            with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
                for _block in copy:
                    pass
        return time.perf_counter() - started
