"""What a person holds that is valid for a time; each app that knows of such things is a source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from trainees.models import LanguageResult


@dataclass(frozen=True, slots=True)
class Validity:
    """One thing with its last day; ``key`` names the row, ``label`` says what it is.

    ``kind`` is one word for all of a sort, such as "language" or "passport".
    """

    person: int
    centre: int
    kind: str
    key: UUID
    label: str
    valid_until: date


# Takes the ids of persons (None for everybody) and a day (None for any), and yields what these
# persons hold now that ends on that day or earlier; what a newer one replaced is left out. A
# constant number of queries, however many persons.
Source = Callable[[list[int] | None, date | None], Iterable[Validity]]

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source; apps call it in ``AppConfig.ready`` by importing the module that does."""
    if source not in _sources:
        _sources.append(source)
    return source


def validities(persons: list[int] | None = None, *, until: date | None = None) -> list[Validity]:
    """Return what the persons hold that ends, the first to end first."""
    found = [one for source in _sources for one in source(persons, until)]
    return sorted(found, key=lambda one: (one.valid_until, one.kind, str(one.key)))


@register
def languages(persons: list[int] | None, until: date | None) -> Iterable[Validity]:
    """Yield each person's newest overall result of a language, where it lapses."""
    newer = LanguageResult.objects.filter(
        person=OuterRef("person"),
        language=OuterRef("language"),
        skill=OuterRef("skill"),
        tested_on__gt=OuterRef("tested_on"),
    )
    rows = LanguageResult.objects.filter(
        ~Exists(newer), expires_on__isnull=False, skill=LanguageResult.Skill.OVERALL
    ).select_related("language")
    if persons is not None:
        rows = rows.filter(person__in=persons)
    if until is not None:
        rows = rows.filter(expires_on__lte=until)
    for row in rows.order_by("expires_on", "id"):
        label = _("%(language)s %(level)s") % {"language": row.language, "level": row.level}
        yield Validity(row.person_id, row.centre_id, "language", row.uid, label, row.expires_on)
