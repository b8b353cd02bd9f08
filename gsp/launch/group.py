"""Web server, worker and clock as one group: they start together and stop together."""

import os
import signal
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
STOPPED_BY_HAND = {known["rc"] for known in SIGNALS.values()}


class Voice:
    """Standard output, after whose end (a closed window, ``| head``) the group still stops."""

    def write(self, text: str) -> None:
        """Print ``text`` if anybody listens."""
        self._say(lambda: sys.stdout.write(text))

    def flush(self) -> None:
        """Pass on what was printed if anybody listens."""
        self._say(sys.stdout.flush)

    def isatty(self) -> bool:
        """Return True where colours may be used."""
        return sys.stdout.isatty()

    def _say(self, action) -> None:
        try:
            action()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(environment: dict[str, str], *, port: int) -> int:
    """Run the Procfile's commands until one ends or a signal arrives; return the exit code.

    A stop by Ctrl-C or SIGTERM is what the person wanted: 0. Else the code of the process
    that ended first.
    """
    environment = stages.inherited(environment)
    environment["GUNICORN_CMD_ARGS"] = f"--bind=127.0.0.1:{port}"
    manager = Manager(Printer(Voice()))
    for name, command in commands().items():
        # exec: signals reach the program itself, not a shell in between
        manager.add_process(name, f"exec {command}", env=environment, cwd=str(CHECKOUT))
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as under nohup
        # A closed terminal window is a wish to stop, like Ctrl-C.
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
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
    if _answers(f"{address}/health/ready"):
        # Not before: a program started while the group forks would share its pipes with it.
        logins = stages.manage(environment, "demo", "--logins").stdout.rstrip()
        said = f"\n{logins}\n\nThe platform runs at {address}\nCtrl-C stops it.\n"
    else:
        said = f"\n{address} does not answer after {PATIENCE} s; see the lines above.\n"
    print(said, file=Voice(), flush=True)


def _answers(url: str) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False
