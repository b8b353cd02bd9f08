"""``python -m gsp.launch``: run the platform, or one command with its servers."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time

from gsp.launch import group, ports, servers, stages
from gsp.launch.folder import CHECKOUT, DataFolder
from gsp.launch.refusal import Refusal


def main(arguments: list[str]) -> int:
    """Run one of the launcher's commands and return its exit code."""
    options = _parser().parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us deaf to SIGINT
        signal.signal(number, _as_interrupt)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, _as_interrupt)
    try:
        return options.command(options)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return options.interrupted


def run(options) -> int:
    """Start servers, prepare them, run the process group until it is stopped."""
    folder = DataFolder.from_environment()
    folder.make()
    claim = folder.claim_group()
    if claim is None:
        raise Refusal(f"The platform already runs on {folder.path}: stop it, or set GSP_DATA.")
    with claim:
        port = ports.web_port(os.environ.get("PORT") or "8000")
        started = time.monotonic()
        with servers.using(folder) as environment:
            took = time.monotonic() - started
            print(f"  servers: {took:.1f} s", file=sys.stderr, flush=True)
            stages.prepare(environment)
            return group.run(environment, port=port)


def execute(options) -> int:
    """Run one command with the servers and roles in its environment."""
    with servers.using(DataFolder.from_environment(), careless=options.careless) as environment:
        child = _start(options.words, stages.inherited(environment))
        # Ctrl-C reaches the child by itself; we wait for it and stop the servers after it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        code = child.wait()
        return code if code >= 0 else 128 - code  # ended by a signal: as a shell counts


def _start(words: list[str], environment: dict[str, str]) -> subprocess.Popen:
    words = words[1:] if words[:1] == ["--"] else words
    if not words:
        raise Refusal("Name the command to run: python -m gsp.launch exec -- COMMAND.")
    program = shutil.which(words[0], path=environment["PATH"])
    if program is None:
        raise Refusal(f"There is no program {words[0]}.")
    return subprocess.Popen([program, *words[1:]], env=environment)  # noqa: S603


def migrate(options) -> int:
    """Make roles and tables on the given server: the one-shot step of an installation."""
    owner, app = servers.given_database(os.environ)
    stages.schema({"DATABASE_URL": app, "DATABASE_OWNER_URL": owner, "GSP_LAUNCHED": "1"})
    return 0


def rotate(options) -> int:
    """Encrypt everything under the first of ENCRYPTION_KEYS, as the owner of the tables."""
    owner, _app = servers.given_database(os.environ)
    environment = stages.inherited({"DATABASE_URL": owner, "GSP_LAUNCHED": "1"})
    words = [sys.executable, str(CHECKOUT / "manage.py"), "rotate_keys", *options.words]
    return subprocess.run(words, env=environment, cwd=CHECKOUT, check=False).returncode  # noqa: S603


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gsp.launch")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("run", help="run the platform until Ctrl-C")
    command.set_defaults(command=run, interrupted=0)
    command = commands.add_parser("exec", help="run one command with the platform's servers")
    command.add_argument("--careless", action="store_true", help="faster, may lose data in a crash")
    command.add_argument("words", nargs=argparse.REMAINDER, metavar="WORD")
    command.set_defaults(command=execute, interrupted=130)
    command = commands.add_parser("migrate", help="make roles and tables on DATABASE_URL's server")
    command.set_defaults(command=migrate, interrupted=130)
    command = commands.add_parser("rotate_keys", help="encrypt everything under the first key")
    command.add_argument("words", nargs=argparse.REMAINDER, metavar="OPTION")
    command.set_defaults(command=rotate, interrupted=130)
    return parser


def _as_interrupt(signum, frame):
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
