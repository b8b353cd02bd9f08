"""How to reach a person: channels, the trusted contact, and each attempt."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import tasks
from cases.actions.documents import name_of
from cases.models import ContactAttempt, ContactChannel, TrustedContact
from cases.models.contact import ChannelKind
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from trainees.actions.story import tell
from trainees.models import CaseEvent

Outcome = ContactAttempt.Outcome
TOLD = CaseEvent.Kind.CONTACT
FAILED = (Outcome.NO_ANSWER, Outcome.WRONG, Outcome.MESSAGE_LEFT)
ATTEMPTS, CHANNELS = 3, 2  # so many in a row failed, on so many channels: unreachable
ON_PERSON = {ChannelKind.PHONE: "phone", ChannelKind.EMAIL: "email"}


@transaction.atomic
def add_channel(person, kind, value: str, *, by, at) -> ContactChannel:
    """Add a way to reach the person beside the first telephone and address; return it.

    Raises:
        Refused: nothing is given, or it is known already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    value = value.strip()
    if not value:
        raise Refused(_("Give the number, address or name."), field="value", code="required")
    known = [one.value for one in ContactChannel.objects.filter(person=person, kind=kind)]
    first = getattr(person, ON_PERSON[kind]) if kind in ON_PERSON else ""
    if value in (*known, first):
        raise Refused(_("This is known already."), field="value", code="known_already")
    row = ContactChannel(person=person, centre_id=person.centre_id, kind=kind, value=value)
    is_valid(row)
    row.save()
    _tell(person, _("A way to reach the person was added: %(kind)s"), row, by, at)
    return row


@transaction.atomic
def confirm(person, *, by, at, channel=None, kind="", works: bool) -> ContactChannel:
    """Note whether a channel works today; without ``channel`` the person's own of that kind.

    Raises:
        Refused: the person has none of that kind.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    channel = channel or _own(person, kind)
    channel.works, channel.confirmed_on = works, at.date()
    if not works:
        channel.is_preferred = False
    channel.save()
    said = _("%(kind)s works") if works else _("%(kind)s does not work")
    _tell(person, said, channel, by, at)
    return channel


@transaction.atomic
def prefer(person, *, by, at, channel=None, kind="") -> ContactChannel:
    """Note that the person is best reached this way. Raises as ``confirm``."""
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    channel = channel or _own(person, kind)
    ContactChannel.objects.filter(person=person, is_preferred=True).update(is_preferred=False)
    channel.is_preferred = True
    channel.save()
    _tell(person, _("Best reached by: %(kind)s"), channel, by, at)
    return channel


@transaction.atomic
def trust(person, *, name: str, relation: str, kind, value: str, consented_on, by, at):
    """Note whom to ask when the person cannot be reached, with that somebody's consent.

    Raises:
        Refused: name, channel or consent is missing or lies in the future.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    if consented_on is None or consented_on > at.date():
        raise Refused(
            _("Ask them first: give the day on which they agreed."),
            field="consented_on",
            code="consent_missing",
        )
    row = TrustedContact.objects.filter(person=person).first()
    row = row or TrustedContact(person=person, centre_id=person.centre_id)
    row.name, row.relation, row.kind = name.strip(), relation.strip(), kind
    row.value, row.consented_on = value.strip(), consented_on
    is_valid(row)
    row.save()
    tell(person, TOLD, by=by, at=at, text=_("Trusted contact noted"), about=row)
    return row


@transaction.atomic
def attempt(person, kind, outcome, *, by, at, note="") -> ContactAttempt:
    """Note an attempt to reach the person; three failed in a row on two channels raise a task.

    Raises:
        Refused: channel or outcome is none of the list.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    row = ContactAttempt(
        person=person,
        centre_id=person.centre_id,
        kind=kind,
        outcome=outcome,
        note=note.strip(),
        at=at,
        by=name_of(by),
    )
    is_valid(row)
    row.save()
    text = f"{row.get_kind_display()}: {row.get_outcome_display()}"
    tell(person, TOLD, by=by, at=at, text=text, about=row)
    failed = seems_unreachable(person)
    if failed:
        _suggest_unreachable(person, failed, at=at)
    return row


def seems_unreachable(person) -> list[ContactAttempt]:
    """Return the failed attempts since the person was last reached, where they are enough."""
    rows = ContactAttempt.objects.filter(person=person).order_by("-at", "-id")
    failed = []
    for row in rows[:20]:
        if row.outcome not in FAILED:
            break
        failed.append(row)
    enough = len(failed) >= ATTEMPTS and len({row.kind for row in failed}) >= CHANNELS
    return failed if enough else []


def _suggest_unreachable(person, failed, *, at) -> None:
    first = failed[-1]
    tasks.by_rule(
        "unreachable",
        f"unreachable:{person.uid}:{first.uid}",
        person=person,
        due_on=at.date() + timedelta(days=7),
        facts={},
        at=at,
    )


def _own(person, kind) -> ContactChannel:
    """Return the row that speaks of the person's own first telephone or address."""
    name = ON_PERSON.get(kind)
    if name is None or not getattr(person, name):
        raise Refused(_("The person has no such channel."), field="kind", code="no_channel")
    row = ContactChannel.objects.filter(person=person, kind=kind, on_person=True).first()
    return row or ContactChannel(
        person=person, centre_id=person.centre_id, kind=kind, on_person=True
    )


def _tell(person, text: str, channel, by, at) -> None:
    said = text % {"kind": channel.get_kind_display()}
    tell(person, TOLD, by=by, at=at, text=said, about=channel)
