"""Consent: given and withdrawn at any time, by purpose, recipient and country; it holds at once."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from gsp.tenancy.scope import as_agency
from partnerships.roles import Permission, System
from partnerships.rules import may_act_for
from trainees.actions import wordings
from trainees.actions.story import tell, tell_all
from trainees.models import CaseEvent, Consent, Person
from trainees.models.consent import Purpose

Through = Consent.Through
_when_withdrawn: list[Callable] = []
ELSEWHERE = System("the agency")  # a centre is not told that another one keeps a record


def when_withdrawn(act: Callable) -> Callable:
    """Run ``act(persons, at=…)`` in the same transaction for persons who may not be proposed now.

    For apps above, which know what was built on the consent; ``persons`` are ids.
    """
    _when_withdrawn.append(act)
    return act


@transaction.atomic
def give(
    person, purpose, *, by, at, through=Through.DESK, language="", recipient=None, country=None
) -> Consent:
    """Record that the person agrees; return the consent, the one in force if it is already.

    ``recipient`` and ``country`` limit it; None means whoever the purpose names, anywhere.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.UPLOAD_TRAINEES, by)
    limits = {"purpose": purpose, "recipient": recipient, "country": country}
    Person.objects.select_for_update().get(pk=person.pk)
    found = Consent.objects.in_force().filter(person=person, **limits).first()
    if found:
        return found
    given = Consent.objects.create(
        person=person,
        centre_id=person.centre_id,
        wording=wordings.in_force(purpose, on=at.date()),
        language=language or get_language() or "en",
        given_at=at,
        given_through=through,
        **limits,
    )
    _mirror([person])
    tell(person, CaseEvent.Kind.CONSENT, by=by, at=at, text=_given(purpose), about=given)
    return given


@transaction.atomic
def withdraw(person, purpose, *, by, at, through=Through.DESK) -> int:
    """Record that the person no longer agrees to a purpose at all; return how many consents ended.

    From now on nobody can accept a person who withdrew PROPOSAL, nor see their proposals. It holds
    for every record of the person, also one that another centre keeps.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.UPLOAD_TRAINEES, by)
    with as_agency():
        records = _records([person])
        ended = _end(records, purpose, through=through, at=at)
        if purpose == Purpose.PROPOSAL:
            _follow(records, at=at)
        others = [one for one in records if one.pk in ended and one.pk != person.pk]
        _tell_withdrawn(others, person.centre_id, purpose, by=by, at=at)
    tell(person, CaseEvent.Kind.CONSENT, by=by, at=at, text=_withdrawn(purpose))
    return ended.count(person.pk)


def _records(persons) -> list[Person]:
    """Return and lock every record of these persons, whoever keeps it."""
    heads = {person.merged_into_id or person.pk for person in persons}
    rows = Person.objects.select_for_update(of=("self",)).order_by("id")
    return list(rows.filter(Q(pk__in=heads) | Q(merged_into__in=heads)))


def _end(records, purpose, *, through, at) -> list[int]:
    """End the consents of the records to a purpose; return whose, one for each consent."""
    rows = Consent.objects.in_force().filter(person__in=records, purpose=purpose)
    ended = list(rows.values_list("person_id", flat=True))
    rows.update(withdrawn_at=at, withdrawn_through=through)
    _mirror(records)
    return ended


def _tell_withdrawn(records, centre: int, purpose, *, by, at) -> None:
    for is_own in (True, False):
        told = [(one, _withdrawn(purpose), None) for one in records]
        told = [each for each in told if (each[0].centre_id == centre) is is_own]
        tell_all(told, CaseEvent.Kind.CONSENT, by=by if is_own else ELSEWHERE, at=at)


def set_consent(person, agrees: bool, *, by, at) -> Person:
    """Record at a desk whether the person agrees to be proposed, and return the person.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    answer = give if agrees else withdraw
    answer(person, Purpose.PROPOSAL, by=by, at=at)
    person.refresh_from_db(fields=["may_be_proposed"])
    return person


@transaction.atomic
def set_all(answers: Iterable[tuple[Person, bool]], *, by, at, through=Through.LIST) -> None:
    """Record for many persons whether they agree to be proposed; for lists, already authorised.

    Whoever's answer is in force already is left alone. A constant number of statements.
    """
    answers = list(answers)
    agreed = set(
        Consent.objects.in_force()
        .filter(person__in=[person for person, _agrees in answers], purpose=Purpose.PROPOSAL)
        .values_list("person_id", flat=True)
    )
    giving = [person for person, agrees in answers if agrees and person.pk not in agreed]
    refusing = [person for person, agrees in answers if not agrees]
    if giving:
        wording = wordings.in_force(Purpose.PROPOSAL, on=at.date())
        Consent.objects.bulk_create(
            [_through_list(person, wording, through, at) for person in giving], batch_size=1000
        )
    _mirror(giving)
    told = [(person, _given(Purpose.PROPOSAL), None) for person in giving]
    tell_all(told, CaseEvent.Kind.CONSENT, by=by, at=at)
    if refusing:
        _end_listed(refusing, through=through, by=by, at=at)


def _end_listed(refusing, *, through, by, at) -> None:
    """End the consents of those who refuse in a list, under every record of theirs."""
    with as_agency():
        records = {person.pk: person for person in _records(refusing)}
        ended = set(_end(list(records.values()), Purpose.PROPOSAL, through=through, at=at))
        ending = [records[pk] for pk in sorted(ended)]
        _follow(ending, at=at)
        _tell_withdrawn(ending, refusing[0].centre_id, Purpose.PROPOSAL, by=by, at=at)


def _through_list(person, wording, through, at) -> Consent:
    return Consent(
        person=person,
        centre_id=person.centre_id,
        purpose=Purpose.PROPOSAL,
        wording=wording,
        language=get_language() or "en",
        given_at=at,
        given_through=through,
    )


def _mirror(persons) -> None:
    """Repeat on the person whether they may be proposed anywhere: what the night reads."""
    anywhere = Consent.objects.in_force().filter(
        person=OuterRef("pk"), purpose=Purpose.PROPOSAL, recipient=None, country=None
    )
    rows = Person.objects.filter(pk__in=[person.pk for person in persons])
    rows.filter(Exists(anywhere), may_be_proposed=False).update(may_be_proposed=True)
    rows.filter(~Exists(anywhere), may_be_proposed=True).update(may_be_proposed=False)


def _follow(persons, *, at) -> None:
    for act in _when_withdrawn if persons else ():
        act([person.pk for person in persons], at=at)


def _given(purpose) -> str:
    return f"+ {Purpose(purpose).label}"


def _withdrawn(purpose) -> str:
    return f"− {Purpose(purpose).label}"
