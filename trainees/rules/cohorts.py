"""What a cohort's people and partnership must have done before it moves on, and who does it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gsp.web.formats import day
from partnerships.states import PartnershipState
from trainees.states import IN_PROGRESS
from training.states import CohortState
from training.waiting import Waiting, register


def agreement_runs(cohort, target, on) -> list[Waiting]:
    """A cohort recruits and starts only while its partnership is active."""
    starts = (CohortState.RECRUITING, CohortState.IN_TRAINING)
    partnership = cohort.partnership
    if target not in starts or partnership.state == PartnershipState.ACTIVE:
        return []
    text = _("“%(name)s” is %(state)s; it must be active.") % {
        "name": partnership,
        "state": partnership.get_state_display().lower(),
    }
    page = {"url_name": "partnership", "kwargs": {"uid": partnership.uid}}
    return [Waiting("partnership_at_rest", text, _("The agency"), **page)]


def somebody_is_enrolled(cohort, target, on) -> list[Waiting]:
    """Nobody trains an empty class."""
    starts = target == CohortState.IN_TRAINING
    if not starts or cohort.enrolments.holding_seats().exists():
        return []
    text = _("Nobody is enrolled yet. Upload the list of trainees first.")
    page = {"url_name": "cohort-upload", "kwargs": {"uid": cohort.uid}}
    return [Waiting("nobody_enrolled", text, cohort.centre.name, **page)]


def all_have_results(cohort, target, on) -> list[Waiting]:
    """A cohort is assessed once nobody waits for a result."""
    if target != CohortState.ASSESSED:
        return []
    waiting = cohort.enrolments.filter(state__in=IN_PROGRESS).count()
    if not waiting:
        return []
    text = ngettext(
        "%(count)s trainee has no result yet. Certify, defer or withdraw them first.",
        "%(count)s trainees have no result yet. Certify, defer or withdraw them first.",
        waiting,
    ) % {"count": waiting}
    page = {"url_name": "trainees", "query": f"cohort={cohort.uid}"}
    return [Waiting("results_missing", text, cohort.centre.name, **page)]


def choice_is_over(cohort, target, on) -> list[Waiting]:
    """A cohort closes once its people have had all the days they were promised to choose."""
    if target != CohortState.CLOSED or on > cohort.decision_closes_on:
        return []
    if not cohort.enrolments.holding_seats().filter(track="undecided").exists():
        return []
    text = _("The track may be chosen until %(day)s, and not everybody has.") % {
        "day": day(cohort.decision_closes_on)
    }
    page = {"url_name": "trainees", "query": f"cohort={cohort.uid}&track=undecided"}
    return [Waiting("choice_open", text, cohort.centre.name, **page)]


register(agreement_runs)
register(somebody_is_enrolled)
register(all_have_results)
register(choice_is_over)
