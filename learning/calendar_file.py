"""Sessions as iCalendar (RFC 5545), which telephones and office programs read."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from learning.models import Session
from learning.states import SessionState

LONGEST_LINE = 75  # bytes; longer ones go on in the next line, after a space
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def written(sessions: Iterable[Session], *, name: str) -> str:
    """Return a calendar of the sessions, cancelled ones marked as such; no trainee is named.

    The identifier of an event is the session's own, so that a later calendar moves it.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Global Skill Partnerships//Sessions//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for session in sessions:
        lines += _event(session)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(session: Session) -> list[str]:
    cancelled = session.state == SessionState.CANCELLED
    title = session.module.title if session.module else session.cohort.course.title
    changed = session.state_changed_at or session.starts_at
    return [
        "BEGIN:VEVENT",
        f"UID:{session.uid}",
        f"DTSTAMP:{_moment(changed)}",
        f"DTSTART:{_moment(session.starts_at)}",
        f"DTEND:{_moment(session.ends_at)}",
        f"SUMMARY:{_text(f'{session.cohort.code}: {title}')}",
        *([f"LOCATION:{_text(session.place)}"] if session.place else []),
        *([f"COMMENT:{_text(_('Cancelled'))}"] if cancelled else []),
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"SEQUENCE:{int(changed.timestamp()) if session.state_changed_at else 0}",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    return value.translate(ESCAPED)


def _folded(line: str) -> Iterable[str]:
    """Yield the parts of a line, none longer than the standard allows, no letter cut in two."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += letter
        size += width
    yield part
