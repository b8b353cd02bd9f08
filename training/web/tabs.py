"""The tabs of a cohort: each app that knows something of a cohort adds its own page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: where it stands, what it says, the page it opens (with the cohort's ``uid``)."""

    position: int
    label: str
    url_name: str
    icon: str
    permission: str


_tabs: list[Tab] = []


def register(*tabs: Tab) -> None:
    """Add tabs; apps call it from their ``web.urls``."""
    for tab in tabs:
        if tab not in _tabs:
            _tabs.append(tab)


def tabs_of(cohort, view, current: str) -> list[dict]:
    """Return the tabs that the member at this desk may open, as ``c-tabs`` takes them.

    ``current`` is the ``url_name`` of the tab that is open.
    """
    return [
        {
            "label": tab.label,
            "icon": tab.icon,
            "url": view.desk.url(tab.url_name, uid=cohort.uid),
            "current": tab.url_name == current,
        }
        for tab in sorted(_tabs, key=lambda tab: tab.position)
        if view.may(tab.permission)
    ]
