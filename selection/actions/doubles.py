"""Recognises who applied twice in one call; nobody but the centre and the staff learn of it."""

from django.db.models import Q

from selection.models import Application
from trainees.duplicates.candidates import known_by
from trainees.duplicates.index import index


def mark(call, made) -> int:
    """Note on new applications which earlier one is of the same person; return how many.

    The same document number is the same person; a telephone or e-mail address, which families
    share, only together with the day of birth. A single application looks the others up by their
    tokens; a list reads all of the call once.
    """
    rows = call.applications.standing().select_related("person").order_by("id")
    if len(made) == 1:
        rows = _alike(rows, made[0])
    earliest: dict[tuple, Application] = {}
    news = {one.pk for one in made}
    found = []
    for one in rows:
        keys = _keys(one.person)
        before = next((earliest[key] for key in keys if key in earliest), None)
        if before is not None and one.pk in news:
            one.double_of = before
            found.append(one)
        for key in keys:
            earliest.setdefault(key, before or one)
    Application.objects.bulk_update(found, ["double_of"], batch_size=1000)
    return len(found)


def _alike(rows, one: Application):
    person = one.person
    index([person])
    said = {name: getattr(person, name) for name in ("document_number", "email", "phone")}
    known = known_by(**said, centre=person.centre_id)
    return rows.filter(Q(person__in=known) | Q(pk=one.pk))


def _keys(person) -> list[tuple]:
    document = "".join(sign for sign in person.document_number.casefold() if sign.isalnum())
    phone = "".join(sign for sign in person.phone if sign.isdigit())[-8:]
    email = person.email.strip().casefold()
    keys = [("document", document)] if document else []
    keys += [("phone", phone, person.birth_date)] if len(phone) >= 7 else []
    return keys + ([("email", email, person.birth_date)] if email else [])
