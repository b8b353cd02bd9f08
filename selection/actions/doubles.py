"""Recognises who applied twice in one call; nobody but the centre and the staff learn of it."""

from selection.models import Application


def mark(call, made, *, at) -> int:
    """Note on new applications which earlier one is of the same person; return how many.

    The same document number is the same person; a telephone or e-mail address, which families
    share, only together with the day of birth. Two queries and one update.
    """
    rows = call.applications.standing().select_related("person").order_by("id")
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


def _keys(person) -> list[tuple]:
    document = "".join(sign for sign in person.document_number.casefold() if sign.isalnum())
    phone = "".join(sign for sign in person.phone if sign.isdigit())[-8:]
    email = person.email.strip().casefold()
    keys = [("document", document)] if document else []
    keys += [("phone", phone, person.birth_date)] if len(phone) >= 7 else []
    return keys + ([("email", email, person.birth_date)] if email else [])
