"""TCP ports of this machine's loopback interface."""

import errno
import random
import socket

from gsp.launch.refusal import Refusal

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Return a port that nobody listens on at this moment.

    It lies below those that systems hand out to outgoing connections, so that none takes it
    before the server does.
    """
    while True:
        port = random.randint(20_000, 32_000)  # noqa: S311 - no secret
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port


def web_port(text: str) -> int:
    """Return the port that PORT= names.

    Raises Refusal where it is not a port, is taken, or may not be used.
    """
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Refusal(f"PORT={text} is not a port: give a number from 1 to 65535.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise Refusal(_reason(error, port)) from error
    return port


def _reason(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: stop it or choose one, PORT={port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than yours: choose one above 1023, PORT=8000."
    return f"Port {port} cannot be used: {error.strerror}."
