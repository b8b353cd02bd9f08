"""The same night is run twice at the same moment: one run, no error, nothing doubled."""

from threading import Thread

from django.db import connection
from django.utils import timezone

from gsp.background.jobs import run_job
from matching.actions import nights, runs
from matching.models import Gap, Run, Unmatched
from partnerships.models import Partnership
from tests import builders as a
from tests.faults.committed import add_night, job_of, proposed
from tests.faults.processes import wait_until
from tests.faults.waiting import waiting


def at_once(cast, *actions) -> list:
    """Begin the actions in threads of their own, both held before the night; return results."""
    results = []

    def act(action):
        try:
            results.append(action())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [Thread(target=act, args=[action]) for action in actions]
    with cast.scope():
        Partnership.objects.select_for_update().get()
        for thread in threads:
            thread.start()
        wait_until(lambda: len(waiting()) == len(threads), "all wait for each other")
    for thread in threads:
        thread.join()
    return results


def assert_one_night(cast, expected):
    assert proposed(cast, cast.partnership) == expected
    with cast.scope():
        assert (Run.objects.count(), Gap.objects.count(), Unmatched.objects.count()) == (1, 4, 0)


def test_two_runs_make_one(stage):
    expected = add_night(stage, stage.partnership)

    def night():
        with stage.scope():
            return runs.run(stage.partnership, as_of=a.TODAY, by=nights.NIGHT, at=timezone.now())

    first, second = at_once(stage, night, night)
    assert {first[1], second[1]} == {True, False}
    assert first[0] == second[0]
    assert_one_night(stage, expected)


def test_job_delivered_twice_is_done_once(stage, given):
    expected = add_night(stage, stage.partnership)
    with stage.scope():
        nights.order(a.TODAY)
    job = job_of(stage)

    def deliver():
        run_job(tenant=job.tenant_id, job=job.pk)

    assert at_once(stage, deliver, deliver) == [None, None]
    assert job_of(stage).done_at
    assert_one_night(stage, expected)
