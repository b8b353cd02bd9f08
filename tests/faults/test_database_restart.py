"""The database is restarted under running processes: the next request and task are served."""

from django.db import connection

from matching.actions import nights
from matching.models import Run
from partnerships.models import Partnership
from tests import builders as a
from tests.faults.committed import add_night, job_of, proposed
from tests.faults.processes import wait_until, web, worker
from tests.faults.visitor import Visitor
from tests.faults.waiting import waiting

PAGE = "/desk/north/agency/cohorts/"
END_OTHERS = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def end_connections() -> int:
    """End the database connections of all other processes; return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(END_OTHERS)
        return cursor.fetchone()[0]


def test_web_server_goes_on_after_its_connections_are_ended(stage, given, tmp_path):
    with web(given, tmp_path / "web") as address:
        visitor = Visitor(address)
        visitor.sign_in(stage.officer.user.email)
        # More pages than there are processes, each of which has its own connections.
        assert [visitor.get(PAGE).status for _ in range(4)] == [200] * 4
        for _ in range(2):
            assert end_connections() >= 1
            assert [visitor.get(PAGE).status for _ in range(4)] == [200] * 4


def test_task_whose_connection_is_ended_is_done_again(stage, given, tmp_path):
    expected = add_night(stage, stage.partnership)
    with worker(given, tmp_path / "worker"):
        with stage.scope():
            nights.order(a.TODAY)
        with stage.scope():
            Partnership.objects.select_for_update().get()
            wait_until(waiting, "the night waits for the partnership's row")
            assert end_connections() == 1
        wait_until(lambda: job_of(stage).done_at, "the night ends")
    assert proposed(stage, stage.partnership) == expected
    with stage.scope():
        assert (Run.objects.count(), job_of(stage).attempts) == (1, 1)
