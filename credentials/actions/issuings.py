"""The certificates of a whole cohort: ordered at once, issued in the background by slices."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials import rules
from credentials.actions import credentials
from credentials.models import Credential, Issuing
from gsp.background.jobs import background
from gsp.workflow import Refused
from partnerships.models import Membership
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.models import Enrolment
from trainees.states import EnrolmentState

SLICE = 20  # certificates in one transaction: about a second, then the progress shows


def waiting(cohort):
    """Return the certified enrolments of a cohort that have no certificate, in a fixed order."""
    standing = Credential.objects.standing().filter(enrolment=OuterRef("pk"))
    return (
        Enrolment.objects.filter(cohort=cohort, state=EnrolmentState.CERTIFIED)
        .filter(~Exists(standing))
        .order_by("id")
    )


@transaction.atomic
def issue_cohort(cohort, *, by, at, valid_until=None) -> Issuing:
    """Order the certificates of all certified trainees of a cohort; return the order.

    Raises:
        Refused: nobody waits for a certificate, an order is running, or ``valid_until`` passed.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, Permission.ISSUE_CREDENTIALS, by)
    rules.validity_is_sound(valid_until, today=at.date())
    type(cohort).objects.select_for_update().get(pk=cohort.pk)
    if Issuing.objects.filter(cohort=cohort, finished_at=None).exists():
        raise Refused(
            _("The certificates of this cohort are being issued."), code="issuing_already"
        )
    total = waiting(cohort).count()
    if not total:
        raise Refused(
            _("Nobody waits for a certificate. Certify trainees first."), code="nobody_waits"
        )
    order = Issuing.objects.create(
        cohort=cohort,
        centre_id=cohort.centre_id,
        member=by.pk,
        valid_until=valid_until,
        total=total,
        asked_at=at,
    )
    issue_slice.after_commit(issuing=order.pk)
    return order


@background
def issue_slice(*, issuing: int) -> None:
    """Issue the next certificates of an order, then ask for the next slice. Safe to repeat."""
    order = Issuing.objects.select_for_update(of=("self",)).get(pk=issuing)
    if order.finished_at is not None:
        return
    by, at = Membership.objects.select_related("user").get(pk=order.member), timezone.now()
    found = list(_next_slice(order))
    for enrolment in found:
        _issue_one(order, enrolment, by=by, at=at)
        order.reached = enrolment.pk
    if len(found) < SLICE:
        order.finished_at = at
    order.save(update_fields=["issued", "refused", "reached", "finished_at"])
    if order.finished_at is None:
        issue_slice.after_commit(issuing=order.pk)


def _next_slice(order):
    rows = waiting(order.cohort_id).filter(pk__gt=order.reached)
    return rows.select_related(
        "tenant", "person", "centre", "cohort__partnership", "cohort__course__occupation"
    )[:SLICE]


def _issue_one(order: Issuing, enrolment, *, by, at: datetime) -> None:
    if order.issued + len(order.refused) >= order.total:
        order.total += 1  # somebody was certified while the order ran
    try:
        credentials.issue(enrolment, by=by, at=at, valid_until=order.valid_until, issuing=order)
    except Refused as refusal:
        order.refused.append({"reference": enrolment.person.reference, "message": refusal.message})
    else:
        order.issued += 1
