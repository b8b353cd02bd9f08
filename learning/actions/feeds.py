"""Calendars that telephones subscribe to, by a secret address."""

import hashlib
import secrets

from django.db import transaction

from learning.actions.attendance import name_of
from learning.models import CalendarFeed
from partnerships.roles import Permission
from partnerships.rules import may_act_for

CODE_BYTES = 24


@transaction.atomic
def open_feed(cohort, *, by, at) -> str:
    """Give the cohort's calendar a new secret code and return it; an older one ends at once.

    Only the code's SHA-256 is kept: it is shown this once.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, Permission.RECORD_ATTENDANCE, by)
    code = secrets.token_urlsafe(CODE_BYTES)
    CalendarFeed.objects.update_or_create(
        cohort=cohort,
        defaults={
            "centre_id": cohort.centre_id,
            "code_sha256": digest(code),
            "made_by": name_of(by),
            "made_at": at,
        },
    )
    return code


@transaction.atomic
def close_feed(cohort, *, by, at) -> None:
    """End the cohort's secret address, if there is one.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, Permission.RECORD_ATTENDANCE, by)
    CalendarFeed.objects.filter(cohort=cohort).delete()


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()
