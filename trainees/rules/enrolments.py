"""What joining, leaving and returning to a cohort must satisfy."""

from django.utils.translation import gettext as _

from gsp.workflow import Refused
from trainees.rules.lists import LISTS_OPEN
from trainees.states import LeftReason


def is_not_in(person, cohort) -> None:
    """Refuse somebody whom the cohort has or had already."""
    had = cohort.enrolments.filter(person=person).first()
    if had is not None:
        raise Refused(
            _("This person is in the cohort already: %(state)s. Take them back there instead.")
            % {"state": had.get_state_display().lower()},
            field="cohort",
            code="enrolled_already",
        )


def has_any_seat(cohort) -> None:
    """Refuse a cohort all of whose seats, on both tracks, are held."""
    seats = cohort.home_seats + cohort.away_seats
    if cohort.enrolments.holding_seats().count() >= seats:
        raise Refused(
            _("All %(seats)s seats of “%(cohort)s” are held. Wait for one, or have seats added.")
            % {"seats": seats, "cohort": cohort},
            field="cohort",
            code="cohort_full",
        )


def takes_back(cohort) -> None:
    """Refuse a return to a cohort that is over."""
    if cohort.state not in LISTS_OPEN:
        raise Refused(
            _("“%(cohort)s” is %(state)s. Transfer the trainee into a later cohort instead.")
            % {"cohort": cohort, "state": cohort.get_state_display().lower()},
            field="cohort",
            code="cohort_settled",
        )


def has_left_reason(reason) -> None:
    """Refuse to let somebody leave without a reason of the list."""
    if reason not in LeftReason.values:
        raise Refused(
            _("Say why: choose one of the reasons."), field="reason", code="reason_required"
        )


def returns_later(returns_on, today) -> None:
    """Refuse a deferral without a planned return after today."""
    if returns_on is None or returns_on <= today:
        raise Refused(
            _("Say on which later day the trainee plans to return."),
            field="returns_on",
            code="return_required",
        )
