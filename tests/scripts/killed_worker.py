"""Kills workers with SIGKILL in every stage of a list and counts what is lost or doubled.

    python -m tests.scripts.killed_worker [ROUNDS]

Each round sends a list of figures, kills the worker while it examines it, while it marks its errors
and while it applies it, lets the sweep of the outbox hand the job to the next worker, and compares
the figures and the audit trail with the list. Prints one line a round and the sums; exits with 1
if anything was lost or doubled. It uses a database and a broker of its own.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gsp.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from gsp.background import jobs, tasks  # noqa: E402
from gsp.background.models import Job  # noqa: E402
from gsp.celery import app  # noqa: E402
from gsp.launch import valkey  # noqa: E402
from gsp.tenancy.scope import scope  # noqa: E402
from gsp.uploads.actions.decide import confirm  # noqa: E402
from gsp.uploads.actions.receive import receive  # noqa: E402
from gsp.uploads.models import Upload, UploadChunk  # noqa: E402
from partnerships.models import Agency, Organisation  # noqa: E402
from partnerships.roles import System  # noqa: E402
from tests.database import fresh_database  # noqa: E402
from tests.faults.processes import database_url, environment_on, kill, worker  # noqa: E402
from workforce.models import Figure  # noqa: E402

ROWS, FAULTY, PATIENCE = 6_000, 3, 120
BY = System("killed worker")
Event = Figure._meta.get_field("events").related_model


def main(rounds: int) -> int:
    """Run the rounds; return the exit code."""
    tasks.GIVEN_UP = timedelta(seconds=1)  # nobody wants to wait a minute and a half here
    sums = {"killed": 0, "lost": 0, "doubled": 0}
    with TemporaryDirectory() as folder, fresh_database(f"killed_{os.getpid()}"):
        call_command("load_starter_catalogue", verbosity=0)
        home = Path(folder)
        broker = valkey.start(home / "valkey", password="killed")
        app.conf.broker_url, app.amqp._producer_pool = broker, None
        try:
            for number in range(rounds):
                found = one_round(number, environment_on(database_url(), broker), home)
                sums = {name: sums[name] + found[name] for name in sums}
                print(f"round {number + 1}: {found}", flush=True)
        finally:
            valkey.stop(home / "valkey", password="killed")
    print(f"{rounds} rounds: {sums}")
    return 1 if sums["lost"] or sums["doubled"] else 0


def one_round(number: int, given: dict, home: Path) -> dict[str, int]:
    """Take one list through all stages, killing a worker in each; return the counts."""
    agency = Agency.objects.create(slug=f"killed-{number}", name="Killed", country_id="DE")
    with scope(agency):
        service = Organisation.objects.create(
            slug="service", name="Service", kind="employment_service", country_id="DE"
        )
    content, now = _list(), timezone.now()
    with scope(agency, service):
        upload = receive("workforce", service, file=content, file_name="f.csv", by=BY, at=now)
    killed = killed_in(agency, upload, given, home, number)
    wait(agency, upload, given, home, lambda one: one.state == "waiting" and one.annotated)
    with scope(agency, service):
        staged = UploadChunk.objects.filter(upload=upload).count()
        confirm(Upload.objects.get(pk=upload.pk), by=BY, at=timezone.now())
    killed += killed_in(agency, upload, given, home, number)
    wait(agency, upload, given, home, lambda one: one.state == "applied")
    with scope(agency):
        figures, events = Figure.objects.count(), Event.objects.count()
    wanted = ROWS - FAULTY
    lost = max(0, wanted - figures) + (staged != -(-ROWS // 5_000))
    doubled = max(0, figures - wanted) + max(0, events - wanted)
    return {"killed": killed, "lost": lost, "doubled": doubled}


def _list() -> bytes:
    head = "country,region,occupation,year,quarter,employed,source"
    good = [f"XK,R{n},7112,2025,{n % 4 + 1},{n},LFS" for n in range(ROWS - FAULTY)]
    bad = [f"XK,B{n},9999,2025,1,1,LFS" for n in range(FAULTY)]
    return "\n".join([head, *good, *bad]).encode()


def killed_in(agency, upload, given: dict, home: Path, number: int) -> int:
    """Kill workers while they hold the job, at another moment each time; return how many."""
    killed = 0
    for moment in (0.0, 0.05 + 0.04 * (number % 8)):
        hand_over(agency)
        with worker(given, home / "worker.log", "--concurrency", "1") as process:
            if wait_for(lambda: in_hand(agency), 40):
                time.sleep(moment)
                killed += in_hand(agency)
            kill(process)
    return killed


def in_hand(agency) -> bool:
    """Tell whether a worker holds a job of the agency."""
    with scope(agency):
        left = set(Job.objects.filter(done_at=None).values_list("pk", flat=True))
        free = Job.objects.filter(done_at=None).select_for_update(skip_locked=True)
        return bool(left - set(free.values_list("pk", flat=True)))


def hand_over(agency) -> None:
    """Have the sweep send what nobody holds; wait until a dead worker's lock is gone."""
    wait_for(lambda: not in_hand(agency), 30)
    time.sleep(1.1)
    jobs._asked_again_at = 0
    tasks.send_unsent()


def wait(agency, upload, given: dict, home: Path, is_done) -> None:
    """Let a worker go on until the list is where it should be; its job may have been lost."""
    with worker(given, home / "worker.log", "--concurrency", "1"):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with scope(agency):
                if is_done(Upload.objects.get(pk=upload.pk)):
                    return
            time.sleep(1)
            tasks.send_unsent()
    raise SystemExit(f"the list stays {upload.state}; see {home / 'worker.log'}")


def wait_for(condition, seconds: float) -> bool:
    """Return True as soon as a condition holds, False after so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.01)
    return False


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 20))
