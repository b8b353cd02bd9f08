"""Every address of the platform, read from the URL configuration."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<regex>\w+)>[^)]*\)")


@dataclass(frozen=True)
class Route:
    """One address: its pattern as text with ``{name}`` for each part that varies."""

    path: str
    name: str
    view: object

    @property
    def is_api(self) -> bool:
        return self.path.startswith("api/")

    @property
    def at_desk(self) -> bool:
        return "{agency}" in self.path and "{desk}" in self.path

    @property
    def methods(self) -> list[str]:
        """Methods the view answers, HEAD and OPTIONS aside."""
        actions = getattr(self.view, "actions", None)
        if actions:
            return [method for method in METHODS if method.lower() in actions]
        view_class = getattr(self.view, "view_class", None)
        return [method for method in METHODS if hasattr(view_class, method.lower())]

    def permission(self, method: str) -> str:
        """The permission a method needs, as the view declares it."""
        actions = getattr(self.view, "actions", None)
        if actions:
            return self.view.cls.permissions[actions[method.lower()]]
        view_class = self.view.view_class
        if method == "GET":
            return view_class.permission
        return view_class.write_permission or view_class.permission

    def fill(self, **values) -> str:
        """The address with values in place of its names."""
        return "/" + self.path.format(**values)


def routes() -> list[Route]:
    """Every route, in order of address."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda route: route.path)


def _walk(patterns, before):
    for pattern in patterns:
        path = before + _readable(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield Route(path, pattern.name or "", pattern.callback)
        else:
            yield from _walk(pattern.url_patterns, path)


def _readable(pattern: str) -> str:
    pattern = pattern.removeprefix("^").removesuffix("$").removesuffix(r"\Z")
    named = PARAMETER.sub(lambda found: "{" + (found["name"] or found["regex"]) + "}", pattern)
    return named.replace("\\", "")
