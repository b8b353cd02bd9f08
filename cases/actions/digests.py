"""The morning's reminder by e-mail: how much waits and where, never about whom."""

from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cases.models import DigestChoice
from cases.queries import waiting_for
from gsp.background.jobs import background
from partnerships.desks import Desk
from partnerships.models import Agency


@transaction.atomic
def choose(member, wanted: bool, *, at) -> None:
    """Switch the member's own reminder on or off."""
    if not wanted:
        DigestChoice.objects.filter(member=member).delete()
        return
    DigestChoice.objects.get_or_create(
        member=member, defaults={"organisation_id": member.organisation_id}
    )


def order(on: date) -> int:
    """Order a reminder for everybody who wants one and had none that day; return how many."""
    rows = DigestChoice.objects.exclude(last_sent_on=on).filter(
        member__is_active=True, member__user__is_active=True
    )
    keys = list(rows.order_by("id").values_list("pk", flat=True))
    for pk in keys:
        send.after_commit(choice=pk, on=on.isoformat())
    return len(keys)


@background
def send(*, choice: int, on: str) -> bool:
    """Send one member's reminder, where something is due; tell whether it went out.

    The row is locked and marked before, so that a job that runs twice sends once.
    """
    day = date.fromisoformat(on)
    rows = DigestChoice.objects.select_for_update(of=("self",)).exclude(last_sent_on=day)
    found = rows.select_related("member__user", "member__organisation").filter(pk=choice).first()
    if found is None:
        return False
    DigestChoice.objects.filter(pk=found.pk).update(last_sent_on=day)
    member = found.member
    tasks = waiting_for(member, day).filter(due_on__lte=day)
    if member.organisation_id is not None:
        tasks = tasks.filter(centre=member.organisation_id)
    count = tasks.count()
    if not count:
        return False
    with override(member.user.language or settings.LANGUAGE_CODE):
        send_mail(_subject(count), _text(count, member), None, [member.user.email])
    return True


def _subject(count: int) -> str:
    return ngettext("%(count)s task waits", "%(count)s tasks wait", count) % {"count": count}


def _text(count: int, member) -> str:
    """Return a text that names nobody: who they are about stands behind the sign-in."""
    desk = Desk(Agency.objects.get(pk=member.tenant_id), member.organisation, member)
    return "\n".join(
        [
            _subject(count) + ".",
            "",
            settings.PUBLIC_URL + desk.url("tasks"),
            "",
            _("You asked for this reminder; the same page switches it off."),
        ]
    )
