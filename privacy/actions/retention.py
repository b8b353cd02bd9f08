"""How long records are kept: what is due, shown before, and removed by the night."""

from calendar import monthrange
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import NotAllowed, Refused
from partnerships.roles import Permission, System
from privacy.actions.erasure import erase
from privacy.models import Erasure, RetentionRule, RetentionRun
from privacy.models.retention import DEFAULT_MONTHS, RecordType
from privacy.retention import PEOPLE, due, remove

MOST_MONTHS = 600
A_NIGHT = 2000  # people erased in one night at most; the rest waits for the next


def rules_in_force() -> list[RetentionRule]:
    """Return one rule for every kind of record: the agency's own, or the default, which is off."""
    own = {rule.record_type: rule for rule in RetentionRule.objects.all()}
    return [
        own.get(kind) or RetentionRule(record_type=kind, months=DEFAULT_MONTHS[kind])
        for kind in RecordType
    ]


def limit(months: int, on: date) -> date:
    """Return the day before which records have been kept long enough on day ``on``."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


@transaction.atomic
def set_rule(record_type, *, months: int, is_on: bool, by, at) -> RetentionRule:
    """Keep records of a kind for so many months, and let the night act on it or not.

    Raises:
        Refused: fewer than 1 or more than 600 months.
        NotAllowed: ``by`` may not manage privacy.

    """
    if not by.may(Permission.MANAGE_PRIVACY):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    if not 1 <= months <= MOST_MONTHS:
        raise Refused(_("Keep records for 1 to 600 months."), field="months", code="out_of_range")
    return RetentionRule.objects.update_or_create(
        record_type=RecordType(record_type), defaults={"months": months, "is_on": is_on}
    )[0]


def sweep(*, as_of: date, at) -> dict[str, int]:
    """Remove what is due on day ``as_of`` under the rules that are on; return counts by kind.

    Each kind is done once a day: doing it again finds its receipt and changes nothing.
    """
    return {
        rule.record_type: _apply(rule, as_of=as_of, at=at)
        for rule in rules_in_force()
        if rule.is_on
    }


@transaction.atomic
def _apply(rule, *, as_of, at) -> int:
    run, is_new = RetentionRun.objects.get_or_create(
        record_type=rule.record_type,
        as_of=as_of,
        defaults={"months": rule.months, "ran_at": at, "count": 0},
    )
    if not is_new:
        return run.count
    run.count = _remove(rule, limit(rule.months, as_of), at)
    run.save(update_fields=["count"])
    return run.count


def _remove(rule, before: date, at) -> int:
    if rule.record_type not in PEOPLE:
        return remove(rule.record_type, before)
    count = 0
    for person in due(rule.record_type, before)[:A_NIGHT]:
        try:
            with transaction.atomic():
                erase(person, reason=Erasure.Reason.RETENTION, by=System("retention"), at=at)
        except Refused:
            continue  # something is going on again: the next night looks once more
        count += 1
    return count
