"""What courses and cohorts must satisfy; these read and refuse, they never write."""

from django.utils.translation import gettext as _

from catalogue.models import SkillLevel
from gsp.workflow import Refused
from partnerships.models import Organisation
from partnerships.states import PartnershipState
from training.models import Module
from training.states import CohortState

ENDED = (CohortState.CLOSED, CohortState.CANCELLED)


def is_centre(organisation) -> None:
    """Refuse a course in the name of an organisation that trains nobody."""
    if organisation.kind != Organisation.Kind.TRAINING_CENTRE:
        raise Refused(
            _("“%(name)s” is not a training centre.") % {"name": organisation},
            field="centre",
            code="not_a_centre",
        )


def takes_part(centre, partnership) -> None:
    """Refuse where the centre takes no part, or the partnership is at rest."""
    if partnership.state not in (PartnershipState.DRAFT, PartnershipState.ACTIVE):
        raise Refused(
            _("“%(name)s” is %(state)s and takes no cohort.")
            % {"name": partnership, "state": partnership.get_state_display().lower()},
            field="partnership",
            code="partnership_at_rest",
        )
    if not partnership.participations.filter(organisation=centre).exists():
        raise Refused(
            _("“%(centre)s” takes no part in “%(partnership)s”. The agency can add it.")
            % {"centre": centre, "partnership": partnership},
            field="partnership",
            code="takes_no_part",
        )


def is_changeable(cohort) -> None:
    """Refuse changes to a cohort that is closed or cancelled."""
    if cohort.state in ENDED:
        raise Refused(
            _("This cohort is %(state)s and can no longer be changed. Plan a new one.")
            % {"state": cohort.get_state_display().lower()},
            field="state",
            code="cohort_ended",
        )


def is_sound(cohort) -> None:
    """Refuse impossible dates and a cohort without seats."""
    if cohort.ends_on < cohort.starts_on:
        raise Refused(
            _("The end lies before the start."), field="ends_on", code="ends_before_start"
        )
    if cohort.decision_closes_on < cohort.decision_opens_on:
        raise Refused(
            _("The track choice closes before it opens."),
            field="decision_closes_on",
            code="window_reversed",
        )
    if cohort.home_seats + cohort.away_seats < 1:
        raise Refused(_("A cohort needs at least one seat."), field="home_seats", code="no_seats")


def seats_suffice(cohort, taken: dict[str, int]) -> None:
    """Refuse fewer seats on a track than its trainees hold; ``taken`` counts them per track."""
    for track, field in (("home", "home_seats"), ("away", "away_seats")):
        if getattr(cohort, field) < taken.get(track, 0):
            raise Refused(
                _("%(taken)s trainees hold these seats already. Give at least so many.")
                % {"taken": taken[track]},
                field=field,
                code="seats_taken",
            )


def skill_is_sound(position: int, level) -> None:
    """Refuse a level that is not on the scale."""
    if level not in SkillLevel.values:
        raise Refused(
            _("“%(value)s” is not a level. Use 1 (basic) to 4 (expert).") % {"value": level},
            field=f"skills/{position}/level",
            code="unknown_level",
        )


def module_is_sound(position: int, kind, title: str) -> None:
    """Refuse a module of no known kind or without a title."""
    if kind not in Module.Kind.values:
        raise Refused(
            _("“%(value)s” is not known. Use one of %(choices)s.")
            % {"value": kind, "choices": ", ".join(Module.Kind.values)},
            field=f"modules/{position}/kind",
            code="unknown_choice",
        )
    if not title.strip():
        raise Refused(
            _("A module needs a title."), field=f"modules/{position}/title", code="required"
        )
