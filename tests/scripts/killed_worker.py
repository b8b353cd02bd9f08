"""Kills workers with SIGKILL in every stage of a list and counts what is lost or doubled.

    python -m tests.scripts.killed_worker [ROUNDS]

Each round sends a list of figures and kills the worker while it examines it, the next one while it
marks its errors and the next while it applies it, at another moment each time. The sweep of the
outbox hands the job on; at the end the figures and the audit trail are compared with the list.
Prints one line a round and the sums; exits with 1 if anything was lost or doubled. It uses a
database and a broker of its own.
"""

import io
import os
import sys
import time
from contextlib import contextmanager, redirect_stdout
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
from gsp.uploads.actions.annotate import annotate  # noqa: E402
from gsp.uploads.actions.apply import apply  # noqa: E402
from gsp.uploads.actions.decide import confirm  # noqa: E402
from gsp.uploads.actions.examine import examine  # noqa: E402
from gsp.uploads.actions.receive import receive  # noqa: E402
from gsp.uploads.models import Upload, UploadChunk  # noqa: E402
from gsp.uploads.staging import ROWS as CHUNK_ROWS  # noqa: E402
from partnerships.models import Agency, Organisation  # noqa: E402
from partnerships.roles import System  # noqa: E402
from tests.database import fresh_database  # noqa: E402
from tests.faults.processes import database_url, environment_on, kill, worker  # noqa: E402
from workforce.models import Figure  # noqa: E402

ROWS, FAULTY, PATIENCE = 14_000, 3, 120
BY = System("killed worker")
STAGES = {"examine": examine.name, "annotate": annotate.name, "apply": apply.name}
MOMENTS = (0.0, 0.02, 0.05, 0.08, 0.12, 0.16, 0.2)  # seconds after a worker took the job
Event = Figure._meta.get_field("events").related_model


def main(rounds: int) -> int:
    """Run the rounds; return the exit code."""
    tasks.GIVEN_UP = timedelta(0)  # nobody wants to wait a minute and a half here
    sums = dict.fromkeys((*STAGES, "lost", "doubled"), 0)
    with TemporaryDirectory() as folder, fresh_database(f"killed_{os.getpid()}"):
        call_command("load_starter_catalogue", verbosity=0)
        home = Path(folder)
        broker = valkey.start(home / "valkey", password="killed")
        app.conf.broker_url, app.amqp._producer_pool = broker, None
        given = environment_on(database_url(), broker)
        try:
            for number in range(rounds):
                found = Round(number, given, home / "worker.log").run()
                sums = {name: sums[name] + found[name] for name in sums}
                print(f"round {number + 1}: {found}", flush=True)
        finally:
            valkey.stop(home / "valkey", password="killed")
    print(f"{rounds} rounds: {sums}")
    return 1 if sums["lost"] or sums["doubled"] else 0


class Round:
    """One list of an agency of its own, on its way through workers that die."""

    def __init__(self, number: int, given: dict, log: Path):
        self.number, self.given, self.log = number, given, log
        self.agency = Agency.objects.create(slug=f"killed-{number}", name="K", country_id="DE")
        with scope(self.agency):
            self.service = Organisation.objects.create(
                slug="service", name="Service", kind="employment_service", country_id="DE"
            )

    def run(self) -> dict[str, int]:
        """Take the list through all stages; return the kills by stage and the counts."""
        with scope(self.agency, self.service):
            self.upload = receive(
                "workforce",
                self.service,
                file=_list(),
                file_name="f.csv",
                by=BY,
                at=timezone.now(),
            )
        killed = {stage: self.killed_in(stage) for stage in STAGES}
        with self.worker():
            self.wait_until(lambda: self.now().state == "applied", "applied")
        return killed | self.counts()

    def killed_in(self, stage: str) -> int:
        """Kill a worker that holds the job of a stage; return 1 where it still held it then.

        A worker finishes the stages before; in front of the last one a person confirms.
        """
        with self.worker() as process:
            if stage == "apply":
                self.wait_until(lambda: self.now().annotated, "annotated")
                with scope(self.agency, self.service):
                    confirm(self.now(), by=BY, at=timezone.now())
            self.wait_until(lambda: self.in_hand(stage), stage, pause=0.01)
            time.sleep(MOMENTS[(self.number + len(stage)) % len(MOMENTS)])
            held = self.in_hand(stage)
            kill(process)
        self.wait_until(lambda: not self.in_hand(stage), f"{stage} let go", pause=0.05)
        sweep()
        return int(held)

    def worker(self):
        """Return a worker as the platform starts it, for one job at a time."""
        return quiet_worker(self.given, self.log)

    def now(self) -> Upload:
        """Return the record as it stands."""
        with scope(self.agency, self.service):
            return Upload.objects.get(pk=self.upload.pk)

    def in_hand(self, stage: str) -> bool:
        """Tell whether a worker holds the job of a stage."""
        with scope(self.agency):
            jobs = Job.objects.filter(done_at=None, action=STAGES[stage])
            left = set(jobs.values_list("pk", flat=True))
            free = jobs.select_for_update(skip_locked=True)
            return bool(left - set(free.values_list("pk", flat=True)))

    def wait_until(self, is_so, what: str, pause: float = 0.2) -> None:
        """Wait; the sweep sends again what a dead worker has left behind."""
        started = swept = time.monotonic()
        while not is_so():
            now = time.monotonic()
            if now - started > PATIENCE:
                raise SystemExit(f"waited for {what}, it is {self.now().state}; see {self.log}")
            if now - swept > 5:
                swept = now
                sweep()
            time.sleep(pause)

    def counts(self) -> dict[str, int]:
        """Compare figures, audit trail and staging with what was sent."""
        with scope(self.agency):
            figures, events = Figure.objects.count(), Event.objects.count()
            staged = UploadChunk.objects.filter(upload=self.upload).count()
        wanted = ROWS - FAULTY
        lost = max(0, wanted - figures) + max(0, wanted - events)
        doubled = max(0, figures - wanted) + max(0, events - wanted)
        chunks = -(-ROWS // CHUNK_ROWS)
        return {"lost": lost + (staged < chunks), "doubled": doubled + (staged > chunks)}


def sweep() -> None:
    """Have the outbox send what nobody holds, even if the broker was away a moment ago."""
    jobs._asked_again_at = 0
    tasks.send_unsent()


@contextmanager
def quiet_worker(given: dict, log: Path):
    """Run a worker without its log on our own output."""
    with redirect_stdout(io.StringIO()), worker(given, log, "--concurrency", "1") as process:
        yield process


def _list() -> bytes:
    head = "country,region,occupation,year,quarter,employed,source"
    good = [f"XK,R{n},7112,2025,{n % 4 + 1},{n},LFS" for n in range(ROWS - FAULTY)]
    bad = [f"XK,B{n},9999,2025,1,1,LFS" for n in range(FAULTY)]
    return "\n".join([head, *good, *bad]).encode()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 20))
