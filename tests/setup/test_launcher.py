"""The launcher's commands, as a person at the command line meets them."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from gsp.launch.__main__ import main
from gsp.launch.folder import DataFolder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder that the launcher takes for its own."""
    monkeypatch.setenv("GSP_DATA", str(tmp_path / "data"))
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    handlers = [signal.getsignal(number) for number in numbers]
    yield DataFolder(tmp_path / "data")
    for number, handler in zip(numbers, handlers, strict=True):
        signal.signal(number, handler)


def test_a_taken_port_is_said_before_anything_starts(folder, monkeypatch, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert main(["run"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"Port {port} is taken by another program: stop it or choose one, PORT={port + 1}.\n"
    )
    assert not folder.postgres.exists()


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none(folder, monkeypatch, capsys, text):
    monkeypatch.setenv("PORT", text)
    assert main(["run"]) == 2
    assert capsys.readouterr().err == (
        f"PORT={text} is not a port: give a number from 1 to 65535.\n"
    )


def test_a_second_run_on_the_same_folder(folder, capsys):
    folder.make()
    with folder.claim_group():
        assert main(["run"]) == 2
    assert capsys.readouterr().err == (
        f"The platform already runs on {folder.path}: stop it, or set GSP_DATA.\n"
    )


def test_exec_gives_servers_and_returns_the_code(folder):
    program = "import os, sys; sys.exit(7 if 'gsp_app' in os.environ['DATABASE_URL'] else 1)"
    assert main(["exec", "--careless", "--", sys.executable, "-c", program]) == 7
    assert folder.in_use() is False


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Name the command to run: python -m gsp.launch exec -- COMMAND.\n"),
        (["no-such-program"], "There is no program no-such-program.\n"),
    ],
)
def test_exec_without_a_program(folder, capsys, words, message):
    assert main(["exec", "--careless", "--", *words]) == 2
    assert capsys.readouterr().err == message


GROUP = """
import sys
from gsp.launch import group
group.commands = lambda: {commands!r}
sys.exit(group.run({{}}, port=1))
"""


def start_group(**commands):
    return subprocess.Popen(
        [sys.executable, "-c", GROUP.format(commands=commands)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_one_process_ending_ends_all_with_its_code():
    process = start_group(long="sleep 300", short="sh -c 'sleep 0.5; exit 7'")
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 7
    assert "long stopped (rc=-15)" in " ".join(said.split())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_group_and_counts_as_success(number):
    process = start_group(one="sleep 300", two="sh -c 'echo ready; exec sleep 300'")
    while "ready" not in process.stdout.readline():
        pass
    time.sleep(0.2)
    process.send_signal(number)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_the_group_stops_although_nobody_reads_its_output(tmp_path):
    process = start_group(one=f"sh -c 'echo $$ > {tmp_path}/pid; echo ready; exec sleep 300'")
    while "ready" not in process.stdout.readline():
        pass
    process.stdout.close()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
