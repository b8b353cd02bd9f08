"""What the agreement allows tonight: seats left and how many more may leave."""

from math import floor

from django.db.models.functions import Coalesce

from matching.engine.model import Terms
from matching.models import Proposal
from matching.states import ProposalState
from trainees.models import Enrolment
from trainees.states import Track

# A person with several records counts once.
ONCE = Coalesce("person__merged_into", "person")


def read_terms(partnership, as_of) -> Terms:
    """Return the engine's terms of a partnership.

    Away placements never exceed ``⌊(1 − home floor) · N⌋``, N being graduates and those
    expected to graduate; what employers accepted already counts against it and the seats.
    """
    accepted = Proposal.objects.filter(partnership=partnership, state=ProposalState.ACCEPTED)
    away = accepted.filter(track=Track.AWAY).count()
    home = accepted.filter(track=Track.HOME).count()
    graduating = Enrolment.objects.expected().filter(cohort__partnership=partnership)
    graduates = graduating.values(each=ONCE).distinct().count()
    ceiling = floor((1 - partnership.home_floor) * graduates)
    return Terms(
        as_of=as_of,
        away_cap=max(0, ceiling - away),
        away_seats=max(0, partnership.away_seats - away),
        home_seats=max(0, partnership.home_seats - home),
        declined=frozenset(
            Proposal.objects.filter(
                partnership=partnership, state=ProposalState.DECLINED
            ).values_list("enrolment_id", "demand_id")
        ),
    )
