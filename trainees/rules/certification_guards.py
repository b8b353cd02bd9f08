"""What other apps ask of a certificate, and which skills they say it gives evidence of."""

from collections.abc import Callable

from gsp.workflow import Refused

_guards: list[Callable] = []
_sources: list[Callable] = []


def register(guard: Callable) -> None:
    """Add a guard: ``guard(enrolments, on)`` returns ``{enrolment id: [Refused, …]}``.

    It reads in a constant number of queries, whatever the number of enrolments.
    """
    if guard not in _guards:
        _guards.append(guard)


def register_skills(source: Callable) -> None:
    """Add a source: ``source(enrolments)`` returns ``{enrolment id: {skill id: level}}``.

    Whom no source names is certified in the skills of the course.
    """
    if source not in _sources:
        _sources.append(source)


def skills(enrolments: list) -> dict[int, dict[int, int]]:
    """Return the levels by skill that each certificate gives evidence of, where a source knows."""
    found: dict[int, dict[int, int]] = {}
    for source in _sources:
        found |= source(enrolments)
    return found


def refusals(enrolments: list, on) -> dict[int, list[Refused]]:
    """Return what stands against each certificate; those without an entry may have it."""
    found: dict[int, list[Refused]] = {}
    for guard in _guards:
        for pk, refused in guard(enrolments, on).items():
            found.setdefault(pk, []).extend(refused)
    return {pk: refused for pk, refused in found.items() if refused}
