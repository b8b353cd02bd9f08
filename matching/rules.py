"""What must still hold when an employer accepts a proposal; these refuse, they never write."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from employers.states import DemandState
from gsp.workflow import Refused
from matching.intake.people import PERSON, TAKEN
from matching.intake.terms import read_terms
from matching.models import Proposal
from matching.states import ProposalState
from partnerships.states import PartnershipState
from trainees.models import Consent, Enrolment
from trainees.states import Track


def is_running(partnership) -> None:
    """Refuse in a partnership that is suspended or closed."""
    if partnership.state != PartnershipState.ACTIVE:
        raise Refused(
            _("“%(name)s” is %(state)s; nobody is placed until it is active again.")
            % {"name": partnership, "state": partnership.get_state_display().lower()},
            field="partnership",
            code="partnership_at_rest",
        )


def has_opening(proposal, demand) -> None:
    """Refuse where the demand has ended, is full, or asks for something else by now."""
    if demand.state != DemandState.OPEN:
        raise Refused(_("The demand is no longer open."), field="demand", code="demand_closed")
    if demand.employer.verified_on is None:
        raise Refused(
            _("“%(employer)s” is not verified any more. The agency can verify it again.")
            % {"employer": demand.employer},
            field="demand",
            code="employer_not_verified",
        )
    asked = demand.partnership_id, demand.country_id, demand.occupation.isco_code
    facts = proposal.facts
    if asked != (proposal.partnership_id, facts["country"], facts["isco_code"]):
        raise Refused(
            _("The demand has changed since. Wait for what the next night proposes."),
            field="demand",
            code="demand_changed",
        )
    taken = Proposal.objects.filter(demand=demand, state=ProposalState.ACCEPTED).count()
    if taken >= demand.openings:
        raise Refused(
            _("All openings of this demand are taken."), field="demand", code="openings_taken"
        )


def agrees_to(country: str) -> Q:
    """Return the condition that the enrolment's person agreed to be proposed in a country."""
    there = Consent.objects.to_proposals_in_one_country().filter(
        person=OuterRef("person_id"), country=country
    )
    return Q(person__may_be_proposed=True) | Q(Exists(there))


def is_available(proposal) -> None:
    """Refuse where the trainee has left, changed track, no longer agrees or is placed elsewhere.

    The refusal does not say which: the reason is the trainee's own.
    """
    seeking = Enrolment.objects.seeking().filter(
        agrees_to(proposal.facts["country"]), pk=proposal.enrolment_id, track=proposal.track
    )
    person = seeking.values_list(PERSON, flat=True).first()
    accepted = Proposal.objects.filter(state=ProposalState.ACCEPTED).exclude(pk=proposal.pk)
    elsewhere = accepted.annotate(one=TAKEN).filter(one=person)
    if person is None or elsewhere.exists():
        raise Refused(
            _("This trainee is no longer available. The next night looks for somebody else."),
            field="enrolment",
            code="trainee_unavailable",
        )


def has_seat(proposal, partnership, today) -> None:
    """Refuse beyond the seats agreed, and abroad beyond what the home floor leaves."""
    terms = read_terms(partnership, today)
    away = min(terms.away_cap, terms.away_seats)
    if (away if proposal.track == Track.AWAY else terms.home_seats) < 1:
        raise Refused(
            _("No %(track)s seat is left under the agreement.")
            % {"track": proposal.get_track_display().lower()},
            field="track",
            code="no_seat",
        )
