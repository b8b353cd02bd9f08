"""A worker is killed in the middle of a night: nothing half written, nothing doubled."""

import os
import signal
import subprocess

import pytest

from matching.actions import nights
from matching.models import Gap, Proposal, Run, Unmatched
from partnerships.models import Partnership
from tests import builders as a
from tests.faults.committed import add_night, job_of, proposed
from tests.faults.processes import kill, wait_until, worker
from tests.faults.waiting import waiting


def children(process) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(process.pid)], stdout=subprocess.PIPE, check=False)
    return [int(pid) for pid in found.stdout.split()]


@pytest.fixture
def ordered(stage, given):
    """A night that is with the broker; returns what it shall propose."""
    expected = add_night(stage, stage.partnership)
    with stage.scope():
        nights.order(a.TODAY)
    return expected


@pytest.fixture
def impatient(given):
    """Workers whose tasks go to another after two silent seconds."""
    return {**given, "BROKER_VISIBILITY_TIMEOUT": "2"}


def assert_nothing_written(cast):
    with cast.scope():
        for model in (Run, Gap, Proposal, Unmatched):
            assert not model.objects.exists(), model
    assert job_of(cast).done_at is None


def assert_one_night(cast, expected):
    assert proposed(cast, cast.partnership) == expected
    with cast.scope():
        assert (Run.objects.count(), Gap.objects.count(), Unmatched.objects.count()) == (1, 4, 0)


def test_second_worker_finishes_what_a_lost_machine_began(stage, ordered, impatient, tmp_path):
    with worker(impatient, tmp_path / "first") as first:
        with stage.scope():
            Partnership.objects.select_for_update().get()
            wait_until(waiting, "the night waits for the partnership's row")
            kill(first)
        wait_until(lambda: not waiting(), "the killed worker's transaction ends")
    assert_nothing_written(stage)
    with worker(impatient, tmp_path / "second"):
        wait_until(lambda: job_of(stage).done_at, "the second worker finishes")
    assert_one_night(stage, ordered)
    assert job_of(stage).attempts == 1


def test_worker_begins_again_when_one_of_its_processes_is_killed(stage, ordered, given, tmp_path):
    with worker(given, tmp_path / "worker", "--concurrency", "1") as parent:
        with stage.scope():
            Partnership.objects.select_for_update().get()
            wait_until(waiting, "the night waits for the partnership's row")
            (child,) = children(parent)
            os.kill(child, signal.SIGKILL)
            wait_until(lambda: children(parent) not in ([], [child]), "another process starts")
        wait_until(lambda: job_of(stage).done_at, "the night ends")
    assert_one_night(stage, ordered)
