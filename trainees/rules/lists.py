"""Which cohorts take lists of trainees."""

from django.utils.translation import gettext as _

from gsp.workflow import Refused
from training.states import CohortState

LISTS_OPEN = (CohortState.PLANNED, CohortState.RECRUITING, CohortState.IN_TRAINING)


def takes_lists(cohort) -> None:
    """Refuse a list for a cohort whose trainees are settled."""
    if cohort.state not in LISTS_OPEN:
        raise Refused(
            _("This cohort is %(state)s and takes no more trainees. Plan a new cohort.")
            % {"state": cohort.get_state_display().lower()},
            field="state",
            code="cohort_settled",
        )
