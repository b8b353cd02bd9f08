"""Enrols whoever accepts a place, within the seats of the cohort."""

from django.utils.translation import gettext as _

from gsp.workflow import Refused
from trainees.models import Enrolment
from training.models import Cohort


def enrol(application, call, *, by, at) -> Enrolment:
    """Enrol the applicant in the call's cohort and return the enrolment, an earlier one if any.

    The cohort is locked, so that two acceptances never share its last seat.

    Raises:
        Refused: all seats of the cohort are held.

    """
    cohort = Cohort.objects.select_for_update().get(pk=call.cohort_id)
    held = cohort.enrolments.filter(person=application.person_id).first()
    if held is not None:
        return held
    seats = cohort.home_seats + cohort.away_seats
    if cohort.enrolments.holding_seats().count() >= seats:
        raise Refused(
            _("All %(seats)s seats of the cohort are held. Free a seat or add some first.")
            % {"seats": seats},
            field="cohort",
            code="cohort_full",
        )
    return Enrolment.objects.create(
        person_id=application.person_id,
        cohort=cohort,
        centre_id=cohort.centre_id,
        enrolled_on=at.date(),
    )
