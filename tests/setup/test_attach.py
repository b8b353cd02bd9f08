"""How ``manage.py`` finds its servers."""

import os

import pytest

from gsp.launch import attach as module
from gsp.launch.refusal import Refusal

URLS = {"DATABASE_URL": "as the application", "DATABASE_OWNER_URL": "as the owner"}


@pytest.fixture
def joined(monkeypatch):
    """How often servers were asked for; the environment is that of a fresh terminal."""
    calls = []

    def join():
        calls.append(1)
        return dict(URLS)

    monkeypatch.setattr(module, "_join", join)
    for name in ("GSP_LAUNCHED", *URLS):
        monkeypatch.setenv(name, "")  # so that what attach() sets is taken back
        monkeypatch.delenv(name)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "gsp.settings.development")
    return calls


@pytest.mark.parametrize(
    ("command", "login"),
    [
        ("run_night", "as the application"),
        ("import_esco", "as the application"),
        ("migrate", "as the owner"),
        ("makemigrations", "as the owner"),
    ],
)
def test_a_command_gets_the_login_it_needs(joined, command, login):
    module.attach(["manage.py", command, "--as-of", "2026-11-22"])
    assert os.getenv("DATABASE_URL") == login  # noqa: TID251 - what attach() is for
    assert len(joined) == 1


@pytest.mark.parametrize(
    "words", [[], ["help"], ["--help"], ["check"], ["collectstatic", "--no-input"]]
)
def test_a_command_without_data_starts_nothing(joined, words):
    module.attach(["manage.py", *words])
    assert joined == []
    assert os.getenv("DATABASE_URL") is None  # noqa: TID251 - what attach() is for


def test_under_the_launcher_nothing_is_started(joined, monkeypatch):
    monkeypatch.setenv("GSP_LAUNCHED", "1")
    module.attach(["manage.py", "run_night"])
    assert joined == []


def test_with_production_settings_nothing_is_started(joined, monkeypatch):
    module.attach(["manage.py", "run_night", "--settings=gsp.settings.production"])
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "gsp.settings.production")
    module.attach(["manage.py", "run_night"])
    assert joined == []


def test_a_server_that_cannot_be_used_is_one_sentence(joined, monkeypatch, capsys):
    def refuse():
        raise Refusal("The database cannot be reached.")

    monkeypatch.setattr(module, "_join", refuse)
    with pytest.raises(SystemExit) as left:
        module.attach(["manage.py", "run_night"])
    assert left.value.code == 2
    assert capsys.readouterr().err == "The database cannot be reached.\n"
