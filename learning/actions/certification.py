"""A cohort is certified in one go: whoever is ready, and exceptions with their reason."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from learning import rules
from learning.actions.attendance import name_of
from learning.certification import refusals, waiting
from learning.models import CertificationException
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.actions import certificates
from trainees.models import Enrolment

LONGEST_REASON = 300


@transaction.atomic
def certify_all(
    cohort, *, on, by, at, only=None, exceptions: Mapping[int, str] | None = None
) -> int:
    """Certify everybody of the cohort who is ready, as of day ``on``; return how many.

    ``only`` names enrolment ids, everybody without a result by default. ``exceptions`` gives, by
    enrolment id, why somebody is certified although a rule stands against it; the reason is kept.

    Raises:
        Refused: an exception says no reason or is none, nobody is ready, or the day is impossible.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(cohort.centre_id, Permission.RECORD_ASSESSMENTS, by)
    rules.cohort_runs(cohort)
    people = [one for one in waiting(cohort) if only is None or one.pk in only]
    _except(people, exceptions or {}, on, by, at)
    against = refusals(people, on)
    ready = [one for one in people if one.pk not in against]
    if not ready:
        raise Refused(
            _("Nobody is ready yet. The page says what each still needs."), code="nobody_ready"
        )
    chosen = Enrolment.objects.filter(pk__in=[one.pk for one in ready])
    return certificates.certify_all(chosen, on=on, by=by, at=at)


def _except(people, exceptions: Mapping[int, str], on, by, at) -> None:
    against = refusals(people, on)
    for one in people:
        reason = exceptions.get(one.pk, "").strip()
        if one.pk not in exceptions or one.pk not in against:
            continue
        if not reason or len(reason) > LONGEST_REASON:
            raise Refused(
                _("%(reference)s: say in up to 300 characters why the exception is made.")
                % {"reference": one.person.reference},
                field="reason",
                code="reason_required",
            )
        CertificationException.objects.create(
            enrolment=one,
            centre_id=one.centre_id,
            reason=reason,
            recorded_by=name_of(by),
            recorded_at=at,
        )
