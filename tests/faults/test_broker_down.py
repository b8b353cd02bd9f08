"""The broker is away when an action commits: nothing is lost, nobody is made to wait."""

import socket
import time
from datetime import timedelta

import pytest
import redis

from gsp.background.jobs import run_job
from gsp.background.models import MOST_ATTEMPTS, Job
from gsp.background.tasks import GIVEN_UP, PATIENCE, send_unsent
from gsp.launch.ports import free_port
from matching.actions import nights
from matching.models import Run
from partnerships.models import Partnership
from tests import builders as a
from tests.faults.committed import add_night, job_of, make_older, proposed
from tests.faults.processes import wait_until, worker

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def closed_port():
    """The address of a broker that is switched off."""
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def silent_port():
    """The address of a broker that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def order_night(cast) -> float:
    """Change something and order the night in one transaction; return the seconds it took."""
    begun = time.monotonic()
    with cast.scope():
        Partnership.objects.update(away_seats=7)
        assert nights.order(a.TODAY) == 1
    return time.monotonic() - begun


def test_action_commits_and_its_job_waits(stage, use_broker, closed_port):
    use_broker(closed_port)
    assert order_night(stage) < 1
    job = job_of(stage)
    assert (job.sent_at, job.done_at, job.attempts) == (None, None, 0)
    assert job.arguments == {"partnership_id": stage.partnership.pk, "as_of": "2026-11-22"}
    with stage.scope():
        assert Partnership.objects.get().away_seats == 7


def test_jobs_after_the_first_do_not_wait_for_a_silent_broker(stage, use_broker, silent_port):
    with stage.scope():
        for slug in ("masons", "painters"):
            a.partnership(slug)
    use_broker(silent_port)
    begun = time.monotonic()
    with stage.scope():
        assert nights.order(a.TODAY) == 3
    assert time.monotonic() - begun < 7
    with stage.scope():
        assert list(Job.objects.values_list("sent_at", flat=True)) == [None] * 3


def test_sweep_stops_at_the_first_job_while_the_broker_is_away(stage, use_broker, closed_port):
    use_broker(closed_port)
    order_night(stage)
    make_older(job_of(stage), PATIENCE + A_SECOND)
    assert send_unsent() == 0
    assert job_of(stage).sent_at is None


def test_waiting_job_is_sent_once_and_done_once(
    stage, given, broker, use_broker, closed_port, tmp_path
):
    expected = add_night(stage, stage.partnership)
    use_broker(closed_port)
    order_night(stage)
    use_broker(broker)
    assert send_unsent() == 0, "younger than PATIENCE: its own transaction may still send it"
    make_older(job_of(stage), PATIENCE + A_SECOND)
    assert [send_unsent(), send_unsent()] == [1, 0]
    with worker(given, tmp_path / "worker"):
        done = wait_until(lambda: job_of(stage).done_at, "the job is done")
    assert job_of(stage).attempts == 1
    assert send_unsent() == 0
    run_job(tenant=stage.north.pk, job=job_of(stage).pk)
    assert job_of(stage).done_at == done
    with stage.scope():
        assert Run.objects.count() == 1
    assert proposed(stage, stage.partnership) == expected


def test_job_that_the_broker_lost_is_sent_again(stage, given):
    order_night(stage)
    first = job_of(stage)
    assert (first.attempts, first.done_at) == (1, None)
    make_older(first, GIVEN_UP - A_SECOND)
    assert send_unsent() == 0
    make_older(first, 2 * A_SECOND)
    assert [send_unsent(), send_unsent()] == [1, 0]
    second = job_of(stage)
    assert (second.attempts, second.sent_at > first.sent_at) == (2, True)


def test_job_that_is_lost_again_and_again_is_given_up(stage, given):
    order_night(stage)
    make_older(job_of(stage), GIVEN_UP + A_SECOND)
    with stage.scope():
        Job.objects.update(attempts=MOST_ATTEMPTS)
    assert send_unsent() == 0


@pytest.fixture
def full_broker(broker):
    """A broker whose memory is used up: it answers, and takes nothing."""
    with redis.Redis.from_url(broker) as client:
        client.config_set("maxmemory", 1)
        yield broker
        client.config_set("maxmemory", 0)


def test_action_commits_while_the_broker_takes_nothing(stage, use_broker, full_broker):
    use_broker(full_broker)
    assert order_night(stage) < 1
    assert job_of(stage).sent_at is None
