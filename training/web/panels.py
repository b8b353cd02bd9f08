"""The parts of a course's page that other apps add: they know what training does not."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the page: where it stands, its template, what that reads, who may see it.

    ``context`` takes the course and the page's view and returns what the template needs, in a
    constant number of queries.
    """

    position: int
    template: str
    context: Callable[[object, object], dict]
    permission: str


_panels: list[Panel] = []


def register(*panels: Panel) -> None:
    """Add parts; apps call it from their ``web.urls``."""
    for panel in panels:
        if panel not in _panels:
            _panels.append(panel)


def rendered(course, view) -> list[str]:
    """Return the parts that the member at this desk may see, in order of position."""
    return [
        render_to_string(
            panel.template, panel.context(course, view) | {"course": course}, view.request
        )
        for panel in sorted(_panels, key=lambda panel: panel.position)
        if view.may(panel.permission)
    ]
