"""The side navigation: each app registers its entries, the member's permissions choose."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    section: str
    label: str
    url_name: str
    icon: str
    permission: str
    position: int
    count: Callable | None = field(default=None)


_entries: list[Entry] = []


def register(*entries: Entry) -> None:
    """Add entries; apps call it from their ``web.urls``."""
    for entry in entries:
        if entry not in _entries:
            _entries.append(entry)


def sections(desk, path: str) -> list[dict]:
    """Return the sections the member of this desk may open, in order of position.

    Each is ``{"label", "items": [{"label", "url", "icon", "current", "count"}]}``.
    """
    found: dict[str, list[dict]] = {}
    for entry in sorted(_entries, key=lambda entry: entry.position):
        if entry.permission and not desk.member.may(entry.permission):
            continue
        url = desk.url(entry.url_name)
        found.setdefault(str(entry.section), []).append(
            {
                "label": entry.label,
                "url": url,
                "icon": entry.icon,
                "current": path == url or (url != desk.home and path.startswith(url)),
                "count": entry.count(desk) if entry.count else None,
            }
        )
    return [{"label": label, "items": items} for label, items in found.items()]
