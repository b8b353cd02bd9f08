"""A broker of these tests' own: they stop it, and no other test run's tasks are in it."""

import pytest

from gsp.background import jobs
from gsp.celery import app
from gsp.launch import valkey
from tests.faults import processes
from tests.faults.committed import catalogue_afterwards, committed, stage

__all__ = ["catalogue_afterwards", "committed", "stage"]
PASSWORD = "for-tests-of-faults"


@pytest.fixture(scope="package")
def broker(tmp_path_factory):
    """The address of a Valkey server that only this test run knows."""
    home = tmp_path_factory.mktemp("broker") / "valkey"
    yield valkey.start(home, password=PASSWORD)
    valkey.stop(home, password=PASSWORD)


@pytest.fixture
def use_broker(monkeypatch):
    """Return a function that gives this process another broker until the test ends."""

    def use(url: str) -> None:
        monkeypatch.setattr(app.conf, "broker_url", url)
        monkeypatch.setattr(app.amqp, "_producer_pool", None)
        monkeypatch.setattr(jobs, "_asked_again_at", 0)

    return use


@pytest.fixture
def given(stage, broker, use_broker):
    """The environment of a process that works on the tests' database and own broker."""
    use_broker(broker)
    return processes.environment_on(processes.database_url(), broker)
