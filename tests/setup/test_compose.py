"""docker-compose.yml: valid, without secrets, and running what ``make run`` runs."""

import re
import subprocess
import sys

import pytest
import yaml
from django.conf import settings

from gsp.launch.group import commands

FILE = settings.BASE_DIR / "docker-compose.yml"


@pytest.fixture(scope="module")
def compose():
    """The file as Compose reads it: anchors and merges resolved."""
    return yaml.safe_load(FILE.read_text())


def test_file_follows_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, str(FILE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "ok -- validation done")


def test_services_and_volumes(compose):
    assert sorted(compose["services"]) == [
        "beat", "migrate", "postgres", "valkey", "web", "worker",
    ]  # fmt: skip
    assert sorted(compose["volumes"]) == ["data", "postgres", "valkey"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_commands_are_those_of_make_run(compose, name):
    assert compose["services"][name]["command"] == commands()[name]
    assert sorted(commands()) == ["beat", "web", "worker"]


def test_every_lasting_service_is_watched_and_restarted(compose):
    for name, service in compose["services"].items():
        if name != "migrate":
            assert service["healthcheck"]["test"], name
            assert service["restart"] == "unless-stopped", name
    assert compose["services"]["migrate"]["restart"] == "no"


def test_only_migrate_knows_the_administrator_and_the_owner(compose):
    for name in ("web", "worker", "beat"):
        environment = compose["services"][name]["environment"]
        assert environment["DATABASE_URL"].startswith("postgresql://gsp_app:")
        assert not [key for key in environment if "OWNER" in key or "POSTGRES" in key]
        waits_for = compose["services"][name]["depends_on"]["migrate"]["condition"]
        assert waits_for == "service_completed_successfully"
    assert compose["services"]["migrate"]["command"] == "python -m gsp.launch migrate"


def test_every_secret_is_asked_for_and_listed_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z_]+):\?\}", FILE.read_text()))
    example = (settings.BASE_DIR / ".env.example").read_text()
    offered = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))
    assert {name for name, text in offered.items() if not text} == asked
    assert len(asked) == 12


def test_no_word_in_the_file_is_a_secret(compose):
    for service in compose["services"].values():
        for name, text in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEYS|AUTH", name):
                assert re.fullmatch(r"\$\{[A-Z_]+:\?\}", text), name
            for login in re.findall(r"//(.*)@", text):
                assert re.fullmatch(r"\w*:\$\{[A-Z_]+:\?\}", login), name
