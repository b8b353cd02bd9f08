"""Tells a person's timeline what happened; every action that changes a case does so once."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.models.story import CaseEvent


def tell(person, kind, *, by, at, text: str = "", about=None, corrects=None) -> CaseEvent:
    """Add one event to the person's timeline and return it.

    ``about`` is the row that changed, if any; ``corrects`` an earlier event that this one puts
    right. ``text`` is a short sentence in plain words without identifying data.
    """
    event = _event(person, kind, by=by, at=at, text=text, about=about)
    event.corrects = corrects
    event.save()
    return event


def tell_all(told, kind, *, by, at) -> None:
    """Add one event of the same kind for each ``(person, text, about)``, in one statement."""
    CaseEvent.objects.bulk_create(
        [
            _event(person, kind, by=by, at=at, text=text, about=about)
            for person, text, about in told
        ],
        batch_size=1000,
    )


@transaction.atomic
def correct(event, *, text: str, by, at) -> CaseEvent:
    """Put an earlier event right by a later one; the earlier one stays, struck through.

    Raises:
        Refused: nothing is said, or the event is corrected already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(event.centre_id, Permission.EDIT_CASES, by)
    if not text.strip():
        raise Refused(_("Say what is right."), field="text", code="required")
    event = CaseEvent.objects.select_for_update().get(pk=event.pk)
    if CaseEvent.objects.filter(corrects=event).exists():
        raise Refused(
            _("This event is corrected already. Correct the later one."),
            field="text",
            code="corrected_already",
        )
    kind = CaseEvent.Kind.CORRECTION
    return tell(event.person, kind, by=by, at=at, text=text.strip(), corrects=event)


def _event(person, kind, *, by, at, text, about) -> CaseEvent:
    return CaseEvent(
        person=person,
        centre_id=person.centre_id,
        kind=kind,
        text=text[:500],
        subject_kind=about._meta.label_lower if about is not None else "",
        subject=about.uid if about is not None else None,
        happened_at=at,
        told_by=(by.user.name if hasattr(by, "user") else by.name)[:150],
    )
