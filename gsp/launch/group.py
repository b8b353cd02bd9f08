"""Web server, worker and clock as one group: they start together and stop together."""

import sys
import threading
import time
import urllib.error
import urllib.request

from honcho.environ import parse_procfile
from honcho.manager import SIGNALS, Manager
from honcho.printer import Printer

from gsp.launch import stages
from gsp.launch.folder import CHECKOUT

PATIENCE = 120  # seconds until the web server counts as not answering
STOPPED_BY_HAND = {signal["rc"] for signal in SIGNALS.values()}


def run(environment: dict[str, str], *, port: int) -> int:
    """Run the Procfile's commands until one ends or a signal arrives; return the exit code.

    A stop by Ctrl-C or SIGTERM is what the person wanted: 0. Else the code of the process
    that ended first.
    """
    environment = stages.inherited(environment)
    environment["GUNICORN_CMD_ARGS"] = f"--bind=127.0.0.1:{port}"
    manager = Manager(Printer(sys.stdout))
    for name, command in commands().items():
        # exec: signals reach the program itself, not a shell in between
        manager.add_process(name, f"exec {command}", env=environment, cwd=str(CHECKOUT))
    announcer = threading.Thread(target=_announce, args=(environment, port), daemon=True)
    announcer.start()
    manager.loop()
    return 0 if manager.returncode in STOPPED_BY_HAND else manager.returncode


def commands() -> dict[str, str]:
    """Return the Procfile as a mapping of process name to command."""
    return dict(parse_procfile((CHECKOUT / "Procfile").read_text()).processes)


def _announce(environment: dict[str, str], port: int) -> None:
    """Once the platform answers, print its address and a login for each role."""
    address = f"http://127.0.0.1:{port}"
    logins = stages.manage(environment, "demo", "--logins").stdout.rstrip()
    if _answers(f"{address}/health/ready"):
        print(f"\n{logins}\n\nThe platform runs at {address}\nCtrl-C stops it.\n", flush=True)
    else:
        print(f"\n{address} does not answer after {PATIENCE} s; see the lines above.\n", flush=True)


def _answers(url: str) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False
