"""Erasure: what identifies a person goes, also from the audit; what only counts stays."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from credentials.actions import credentials
from gsp import vault
from gsp.audit.append_only import erasing
from gsp.workflow import NotAllowed
from matching.actions.lapses import lapse
from partnerships.roles import Permission, System
from privacy import rules
from privacy.models import Erasure, OwnAccess
from privacy.personal import emptied, personal_models, renamed, rows_about, same_person
from privacy.retention import finished_lists, remove_files
from privacy.scrub import scrub
from selection.actions.applications import withdraw
from selection.models import Application
from selection.states import ApplicationState, CallState
from trainees.duplicates.forget import forget
from trainees.models import Consent, Person


@transaction.atomic
def erase(person, *, reason, by, at) -> Erasure:
    """Empty all that identifies the person, under every record of theirs; return the receipt.

    Sex, country, year of birth, tracks, states and results stay: they count and name nobody.
    Files leave the vault after commit. It cannot be undone; doing it again changes nothing.

    Raises:
        Refused: the person is in training, accepted by an employer, or in a call of which the
            decision is about to be sent.
        NotAllowed: ``by`` may not manage privacy.

    """
    if not by.may(Permission.MANAGE_PRIVACY):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    records = list(Person.objects.select_for_update().filter(pk__in=_ids(person)).order_by("id"))
    rules.may_be_erased(records)
    name = by.user.name if hasattr(by, "user") else by.name
    receipts = [
        Erasure.objects.get_or_create(
            person=record,
            defaults={"reason": reason, "erased_at": at, "erased_by": name[:150]},
        )[0]
        for record in records
    ]
    _end(records, by=by, at=at)
    for centre in {record.centre_id for record in records}:
        remove_files(finished_lists(centre))  # the person stands in some of them
    for record, receipt in zip(records, receipts, strict=True):
        with erasing():
            receipt.counts = _empty(record)
        receipt.save(update_fields=["counts"])
    forget(records)
    return next(one for one in receipts if one.person_id == person.pk)


def _ids(person) -> list[int]:
    return [record.pk for record in same_person(person)]


def _end(records, *, by, at) -> None:
    """End what must not go on: certificates, consents, the own page's link, open proposals."""
    ids = [record.pk for record in records]
    for record in records:
        credentials.erase(record, by=by, at=at)
    Consent.objects.in_force().filter(person__in=ids).update(
        withdrawn_at=at, withdrawn_through=Consent.Through.DESK
    )
    OwnAccess.objects.filter(person__in=ids, revoked_at=None).update(revoked_at=at)
    lapse(ids, at=at)
    _leave_calls(ids, at=at)


def _leave_calls(ids: list[int], *, at) -> None:
    """Withdraw applications that still stand, so that no place is kept for nobody."""
    rows = Application.objects.filter(person__in=ids).select_related("call")
    rows = rows.exclude(call__state__in=(CallState.ENDED, CallState.CANCELLED))
    for one in rows.order_by("id"):
        if (one.state, ApplicationState.WITHDRAWN) in one.lifecycle.moves:
            withdraw(one, by=System("erasure"), at=at)


def _empty(record) -> dict[str, int]:
    """Empty the identifying columns of every row about the record; return rows by table."""
    counts = {}
    for model in personal_models():
        rows = rows_about(model, [record.pk])
        ids = list(rows.values_list("pk", flat=True))
        if ids and _clear(model, rows):
            counts[model._meta.label_lower] = len(ids)
            scrub(model, ids, person=record.pk)
        after = dict.fromkeys(renamed(model), f"erased-{record.uid.hex[-12:]}")
        after |= {"may_be_proposed": False} if model is Person else {}
        if after:
            rows.update(**after)
    return counts


def _clear(model, rows) -> bool:
    """Empty or delete the rows as their model says; tell whether anything had to go."""
    for column in getattr(model, "vault_fields", ()):
        for name in filter(None, rows.values_list(column, flat=True)):
            transaction.on_commit(partial(vault.remove, name))
    if getattr(model, "erased_whole", False):
        rows.delete()
        return True
    values = emptied(model)
    if values:
        rows.update(**values)
    return bool(values)
