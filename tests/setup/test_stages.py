"""What the launcher does once, and how it knows that it did."""

import psycopg
import pytest

from gsp.launch import roles, stages
from gsp.launch.refusal import Refusal


@pytest.fixture(scope="module")
def environment(admin_url):
    """The environment of a prepared, empty database."""
    owner, app = roles.prepare(admin_url, "steps")
    return {"DATABASE_OWNER_URL": owner, "DATABASE_URL": app, "GSP_LAUNCHED": "1"}


@pytest.fixture
def commands(monkeypatch, tmp_path):
    """The management commands that would have run, in order, with the role each would have."""
    ran = []

    def note(name, environment, *arguments):
        ran.append((arguments[0], roles.role_of(environment["DATABASE_URL"])))

    monkeypatch.setattr(stages, "_stage", note)
    monkeypatch.setattr(stages, "STATIC_STAMP", tmp_path / "made-from")
    return ran


def test_a_step_is_done_once_recorded_and_the_database_remembers(environment):
    owner_url = environment["DATABASE_OWNER_URL"]
    assert stages.is_done(owner_url, "sweep") is False
    stages.record(owner_url, "sweep")
    stages.record(owner_url, "sweep")
    assert stages.is_done(owner_url, "sweep") is True
    assert stages.is_done(owner_url, "mop") is False


def test_the_application_cannot_read_the_steps(environment):
    stages.record(environment["DATABASE_OWNER_URL"], "sweep")
    with (
        psycopg.connect(environment["DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM launch.step")


def test_first_start_does_everything_and_the_second_nothing(environment, commands):
    stages.prepare(environment)
    assert commands == [
        ("migrate", "gsp_owner"),
        ("load_starter_catalogue", "gsp_app"),
        ("demo", "gsp_app"),
        ("run_night", "gsp_app"),
        ("collectstatic", "gsp_app"),
    ]
    commands.clear()
    stages.prepare(environment)
    assert commands == []


def test_changed_sources_bring_tables_up_to_date_but_no_second_demo(
    environment, commands, monkeypatch
):
    stages.prepare(environment)
    commands.clear()
    monkeypatch.setattr(stages, "fingerprint", lambda *patterns: "other")
    stages.prepare(environment)
    assert [name for name, _ in commands] == ["migrate", "load_starter_catalogue", "collectstatic"]


def test_fingerprint_follows_name_and_content(monkeypatch, tmp_path):
    monkeypatch.setattr(stages, "CHECKOUT", tmp_path)
    (tmp_path / "one").write_text("a")
    (tmp_path / "two").write_text("b")
    first = stages.fingerprint("*")
    assert stages.fingerprint("*") == first
    assert stages.fingerprint("one") != first
    (tmp_path / "two").write_text("c")
    changed = stages.fingerprint("*")
    assert changed != first
    (tmp_path / "two").rename(tmp_path / "three")
    assert stages.fingerprint("*") not in (first, changed)


def test_a_failing_command_is_refused_with_its_output(environment):
    with pytest.raises(Refusal) as refusal:
        stages._stage("nonsense", environment, "no_such_command")
    assert str(refusal.value).startswith("manage.py no_such_command failed (nonsense):\n")
    assert "Unknown command: 'no_such_command'" in str(refusal.value)
