"""The link to a person's own page: given by the centre or the agency, opened without account."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from privacy.models import OwnAccess
from privacy.models.access import digest

VALID = timedelta(days=180)
BYTES = 18  # 144 bits of chance
MOST_FAILURES = 5


@transaction.atomic
def give_link(person, *, by, at) -> tuple[OwnAccess, str]:
    """Make a link for the person and return it with its code, which is not kept.

    A link given before opens nothing from now on.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    _revoke(person, at)
    code = secrets.token_urlsafe(BYTES)
    access = OwnAccess.objects.create(
        person=person,
        centre_id=person.centre_id,
        code_sha256=digest(code),
        made_by=by.user.name[:150] if hasattr(by, "user") else by.name,
        made_at=at,
        expires_at=at + VALID,
    )
    return access, code


def revoke_link(person, *, by, at) -> int:
    """Let the person's link open nothing any more; return how many there were.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    return _revoke(person, at)


def _revoke(person, at) -> int:
    return OwnAccess.objects.filter(person=person, revoked_at=None).update(revoked_at=at)


def open_with(code: str, birth_date: str, *, at) -> OwnAccess:
    """Return the link of a code if the day of birth (ISO) fits the person's, and note its use.

    The wrong day five times withdraws the link: whoever found it cannot try on.

    Raises:
        Refused: no such link, or the wrong day; the same words for both.

    """
    access = OwnAccess.objects.usable(at).with_code(code).select_related("person").first()
    if access is None:
        raise _wrong()
    known = access.person.birth_date
    if known and not secrets.compare_digest(known, birth_date):
        _note_failure(access, at)
        raise _wrong()
    OwnAccess.objects.filter(pk=access.pk).update(used_at=at, failures=0)
    return access


def _note_failure(access, at) -> None:
    rows = OwnAccess.objects.filter(pk=access.pk)
    rows.update(failures=F("failures") + 1)
    rows.filter(failures__gte=MOST_FAILURES).update(revoked_at=at)


def _wrong() -> Refused:
    return Refused(
        _("The link and the day of birth do not fit. Check the day, or ask for a new link."),
        field="birth_date",
        code="wrong",
    )
