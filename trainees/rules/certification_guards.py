"""What other apps ask of a certificate: modules passed, attendance reached."""

from collections.abc import Callable

from gsp.workflow import Refused

_guards: list[Callable] = []


def register(guard: Callable) -> None:
    """Add a guard: ``guard(enrolments, on)`` returns ``{enrolment id: [Refused, …]}``.

    It reads in a constant number of queries, whatever the number of enrolments.
    """
    if guard not in _guards:
        _guards.append(guard)


def refusals(enrolments: list, on) -> dict[int, list[Refused]]:
    """Return what stands against each certificate; those without an entry may have it."""
    found: dict[int, list[Refused]] = {}
    for guard in _guards:
        for pk, refused in guard(enrolments, on).items():
            found.setdefault(pk, []).extend(refused)
    return {pk: refused for pk, refused in found.items() if refused}
