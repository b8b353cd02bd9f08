"""Asks a ClamAV daemon whether a file carries a virus (INSTREAM protocol); optional."""

import socket
from dataclasses import dataclass

from django.conf import settings

PIECE = 128 * 1024
TIMEOUT = 20  # seconds for each step of the conversation
LONGEST_ANSWER = 4096


class ScannerAwayError(OSError):
    """The scanner is set up and cannot be asked, or did not understand."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said: the virus's name, empty where there is none."""

    virus: str

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing was found."""
        return not self.virus


def is_set_up() -> bool:
    """Tell whether this installation has a scanner."""
    return bool(settings.CLAMAV_ADDRESS)


def scan(content: bytes) -> Verdict:
    """Return what the scanner says of the content.

    Raises:
        ScannerAwayError: it does not answer in time, or answers something else.

    """
    try:
        with _connected() as conversation:
            conversation.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                conversation.sendall(len(piece).to_bytes(4) + piece)
            conversation.sendall((0).to_bytes(4))
            answer = _answer(conversation)
    except OSError as error:
        raise ScannerAwayError(str(error)) from error
    return _understood(answer)


def _connected() -> socket.socket:
    """Connect to ``host:port``, or to the path of a socket."""
    address = settings.CLAMAV_ADDRESS
    if address.startswith("/"):
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.settimeout(TIMEOUT)
        found.connect(address)
        return found
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)


def _answer(conversation: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = conversation.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0").decode(errors="replace")


def _understood(answer: str) -> Verdict:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict("")
    if said.endswith(" FOUND"):
        return Verdict(said.removesuffix(" FOUND"))
    raise ScannerAwayError(f"unexpected answer: {answer[:200]!r}")
