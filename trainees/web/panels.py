"""The parts of a person's page: each app that knows something of a person adds its own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _


class Tab(TextChoices):
    """The sides of the page, in their order; ``HEAD`` stands above all of them."""

    HEAD = "head", ""
    OVERVIEW = "overview", _("Overview")
    TRAINING = "training", _("Training")
    JOURNEY = "journey", _("Journey")
    DOCUMENTS = "documents", _("Documents")
    NOTES = "notes", _("Notes")
    HISTORY = "history", _("History")


ICONS = {
    Tab.OVERVIEW: "person-vcard",
    Tab.TRAINING: "mortarboard",
    Tab.JOURNEY: "signpost-split",
    Tab.DOCUMENTS: "folder2-open",
    Tab.NOTES: "chat-left-text",
    Tab.HISTORY: "clock-history",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the page: where it stands, its template, what that reads, who may see it.

    ``context`` takes the person and the page's view and returns what the template needs, in a
    constant number of queries. ``view.records`` holds every record of this one person, merged
    ones included: read the rows of all of them. ``aside`` puts the panel into the narrow column.
    A panel of ``Tab.HEAD`` is a ``<c-stat>`` or several in the strip above the tabs.
    """

    position: int
    template: str
    context: Callable[[object, object], dict]
    permission: str
    aside: bool = False
    tab: str = Tab.OVERVIEW


_panels: list[Panel] = []


def register(*panels: Panel) -> None:
    """Add parts; apps call it from their ``web.urls``."""
    for panel in panels:
        if panel not in _panels:
            _panels.append(panel)


def open_tabs(view) -> list[Tab]:
    """Return the tabs of which the member at this desk may see some part."""
    seen = {panel.tab for panel in _panels if view.may(panel.permission)}
    return [tab for tab in Tab if tab in seen and tab != Tab.HEAD]


def rendered(person, view, *, tab: str = Tab.OVERVIEW, aside: bool = False) -> list[str]:
    """Return the parts of a tab that the member may see, in order of position."""
    return [
        render_to_string(
            panel.template, panel.context(person, view) | {"person": person}, view.request
        )
        for panel in sorted(_panels, key=lambda panel: panel.position)
        if (panel.tab, panel.aside) == (tab, aside) and view.may(panel.permission)
    ]
