"""Where data about a person lie: every table that says ``of_person``, found by looking."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Q

from gsp.encryption import EncryptedTextField
from trainees.models import Person


def personal_models() -> list:
    """Return the models whose rows are about a person, in order of their labels."""
    found = [model for model in apps.get_models() if getattr(model, "of_person", None)]
    return sorted(found, key=lambda model: model._meta.label)


def rows_about(model, persons: list[int]):
    """Return the rows of ``model`` that are about these persons, in order of their ids."""
    return model.objects.filter(**{f"{model.of_person}__in": persons}).order_by("id")


def same_person(person: Person, *, one_centre: bool = False) -> list[Person]:
    """Return the person's record, the one it was merged into and all merged with it.

    With ``one_centre`` those alone that the centre of the person's record keeps.
    """
    head = person.merged_into_id or person.pk
    rows = Person.objects.filter(Q(pk=head) | Q(merged_into=head))
    if one_centre:
        rows = rows.filter(centre=person.centre_id)
    return list(rows.order_by("id"))


def identifying(model) -> list[str]:
    """Return the columns that erasure empties: encrypted ones, and those the model names."""
    encrypted = [
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
    return list(dict.fromkeys([*encrypted, *getattr(model, "erased_fields", ())]))


def emptied(model) -> dict:
    """Return what erasure writes into the identifying columns: nothing, as the column has it."""
    return {name: _nothing(model._meta.get_field(name)) for name in identifying(model)}


def renamed(model) -> tuple[str, ...]:
    """Return the columns that name a row to its centre: erasure gives another name."""
    return getattr(model, "renamed_fields", ())


def _nothing(field):
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    return ""


def labels() -> Iterator[tuple[str, str]]:
    """Yield the label of each personal model and what people call it."""
    for model in personal_models():
        yield model._meta.label_lower, str(model._meta.verbose_name_plural)
