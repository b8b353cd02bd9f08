"""One person, however many records: a merged record keeps its rows and points to the survivor."""

from django.db.models import Q

from trainees.models import Person


def records_of(person) -> list[Person]:
    """Return every record of this person that the scope may see, the one asked for first."""
    root = person.merged_into_id or person.pk
    found = Person.objects.filter(Q(pk=root) | Q(merged_into=root)).select_related("centre")
    others = [one for one in found.order_by("id") if one.pk != person.pk]
    return [person, *others]
