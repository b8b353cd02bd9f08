"""Takes one list through all stages in a process of its own, as a worker that is up would."""

import json
import resource
import sys
import time
from datetime import timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path

import django

FIRST = 200  # rows of a list before: a worker that is up has its modules and plans loaded


def main(kind: str, path: Path, rows: int) -> dict:
    """Return seconds of wall clock and of this process's processor, and the peak of memory.

    Beside the file lies the same list as CSV.
    """
    from gsp.celery import leave_what_is_loaded
    from partnerships.models import Agency

    agencies = [
        Agency.objects.create(slug=f"{path.suffix[1:]}-{kind}-{number}", name=kind, country_id="DE")
        for number in range(2)
    ]
    with path.with_suffix(".csv").open("rb") as text:
        head = b"".join(islice(text, FIRST + 1))
    _take(agencies[0], kind, BytesIO(head), "first.csv", FIRST)
    leave_what_is_loaded()
    with path.open("rb") as file:
        return _take(agencies[1], kind, file, path.name, rows)


def _take(agency, kind: str, file, name: str, rows: int) -> dict:
    """Store, examine, confirm and apply under row security and with audit."""
    from django.utils import timezone

    from gsp.background.jobs import run_job
    from gsp.tenancy.scope import scope
    from gsp.uploads.actions.decide import confirm
    from gsp.uploads.actions.receive import receive
    from partnerships.roles import System

    by, now = System("benchmark"), timezone.now
    with scope(agency):
        organisation, thing = SUBJECTS[kind](now().date())
    started, worked = time.perf_counter(), time.process_time()
    with scope(agency, organisation):
        upload = receive(kind, thing, file=file, file_name=name, by=by, at=now())
    run_job(tenant=agency.pk, job=_waiting(agency, "examine"))
    examined = time.perf_counter()
    with scope(agency, organisation):
        upload.refresh_from_db()
        confirm(upload, by=by, at=now())
    run_job(tenant=agency.pk, job=_waiting(agency, "apply"))
    ended = time.perf_counter()
    with scope(agency, organisation):
        upload.refresh_from_db()
    if (upload.state, upload.created, upload.held) != ("applied", rows, 0):
        raise RuntimeError(f"{upload.state}: {upload.created} new, {upload.errors[:3]}")
    return {
        "seconds": ended - started,
        "examine_s": examined - started,
        "processor_s": time.process_time() - worked,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _service(today):
    from partnerships.models import Organisation

    service = Organisation.objects.create(
        slug="service", name="Service", kind="employment_service", country_id="DE"
    )
    return service, service


def _cohort(today):
    from benchmarks.lists import TRAINEES
    from tests import builders as a

    centre = a.organisation("centre", "training_centre")
    partnership = a.partnership("list", participants=[centre], home_seats=2 * TRAINEES)
    cohort = a.cohort(
        partnership,
        a.course(centre),
        starts_on=today - timedelta(days=9),
        ends_on=today + timedelta(days=300),
        home_seats=TRAINEES,
    )
    return centre, cohort


SUBJECTS = {"workforce": _service, "cohort": _cohort}


def _waiting(agency, action: str) -> int:
    """Return the job of an action that is next, as the broker would hand it over."""
    from gsp.background.models import Job
    from gsp.tenancy.scope import scope

    with scope(agency):
        return Job.objects.get(done_at=None, action__endswith=f".{action}").pk


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
