"""What a cohort's next move waits for, and for whom; apps above add what they know."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that is missing: what, who must do it, and where (a page of the same desk)."""

    code: str
    text: str
    who: str
    url_name: str = ""
    kwargs: dict = field(default_factory=dict)
    query: str = ""


_sources: list[Callable] = []


def register(source: Callable) -> None:
    """Add a source: ``source(cohort, target, on)`` returns a list of Waiting."""
    if source not in _sources:
        _sources.append(source)


def before(cohort, target, on) -> list[Waiting]:
    """Return all that stands before a cohort's move to ``target``."""
    return [one for source in _sources for one in source(cohort, target, on)]
