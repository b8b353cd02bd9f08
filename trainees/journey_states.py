"""The ways to work: home and away, their states, usual durations, and where each may fail."""

from itertools import pairwise

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gsp.workflow import Lifecycle, Move
from partnerships.roles import Permission
from trainees.states import Track


class JourneyState(TextChoices):
    """Where somebody stands between the decision for a track and settled work."""

    # home
    JOB_SEARCH = "job_search", _("Looking for work at home")
    REFERRED = "referred", _("Referred to an employer")
    PLACED = "placed", _("In work at home")
    RE_SEARCHING = "re_searching", _("Looking for work again")
    RETAINED = "retained", _("Stayed in work")
    # both
    INTERVIEWED = "interviewed", _("Interviewed")
    # away, before departure
    INTEGRATION = "integration", _("Preparing: language, recognition, integration")
    MATCHED = "matched", _("Matched with an employer")
    OFFERED = "offered", _("Job offered")
    ACCEPTED = "accepted", _("Offer accepted")
    CONTRACT_VERIFIED = "contract_verified", _("Contract verified")
    PERMIT_FILED = "permit_filed", _("Permit applied for")
    PERMIT_GRANTED = "permit_granted", _("Permit granted")
    VISA = "visa", _("Visa issued")
    PRE_DEPARTURE_DONE = "pre_departure_done", _("Ready to depart")
    # away, from departure on
    TRAVELLED = "travelled", _("Departed")
    ARRIVED = "arrived", _("Arrived")
    EMPLOYED = "employed", _("In work abroad")
    JOB_CHANGED = "job_changed", _("Changed employer")
    JOB_LOST = "job_lost", _("Lost the job")
    LEFT_DESTINATION = "left_destination", _("Left the destination")
    RETURN_PLANNED = "return_planned", _("Return planned")
    RETURNED = "returned", _("Returned")
    REINTEGRATING = "reintegrating", _("Settling in at home")
    SETTLED = "settled", _("Settled abroad")
    REINTEGRATED = "reintegrated", _("Settled at home again")
    REMIGRATED = "remigrated", _("Left again")
    # a way that ended before departure
    PERMIT_REFUSED = "permit_refused", _("Permit refused")
    PERMIT_EXPIRED = "permit_expired", _("Permit expired")
    OFFER_RETRACTED = "offer_retracted", _("Offer retracted")
    LANGUAGE_FAILED = "language_failed", _("Language not reached")
    RECOGNITION_REFUSED = "recognition_refused", _("Recognition refused")
    STOPPED = "stopped", _("Track changed")
    LEFT = "left", _("Left the programme")


class PlacementKind(TextChoices):
    """What kind of work somebody found at home."""

    WAGE_JOB = "wage_job", _("Wage job")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    PRIOR_EMPLOYER = "prior_employer", _("Back with the former employer")
    STUDY = "study", _("Further study")


S = JourneyState
EDIT = Permission.EDIT_CASES
WORK = ("work_started_on",)
FIRST = {Track.HOME: S.JOB_SEARCH, Track.AWAY: S.INTEGRATION}

# The order in which the stepper shows the usual way.
USUAL = {
    Track.HOME: (S.JOB_SEARCH, S.REFERRED, S.INTERVIEWED, S.PLACED, S.RETAINED),
    Track.AWAY: (
        S.INTEGRATION,
        S.MATCHED,
        S.INTERVIEWED,
        S.OFFERED,
        S.ACCEPTED,
        S.CONTRACT_VERIFIED,
        S.PERMIT_FILED,
        S.PERMIT_GRANTED,
        S.VISA,
        S.PRE_DEPARTURE_DONE,
        S.TRAVELLED,
        S.ARRIVED,
        S.EMPLOYED,
        S.SETTLED,
    ),
}
BEFORE_DEPARTURE = USUAL[Track.AWAY][:10]
# A failure abroad before departure: it always leads back to the search for work at home.
FAILURES = (
    S.PERMIT_REFUSED,
    S.PERMIT_EXPIRED,
    S.OFFER_RETRACTED,
    S.LANGUAGE_FAILED,
    S.RECOGNITION_REFUSED,
)
FINISHED = (S.RETAINED, S.SETTLED, S.REINTEGRATED, S.REMIGRATED)
BROKEN_OFF = (*FAILURES, S.STOPPED, S.LEFT)
CLOSED = (*FINISHED, *BROKEN_OFF)
# In work, abroad, or with a recorded end: the night looks for nothing for them.
PROVIDED_FOR = (
    S.PLACED,
    *(state for state in S if state in USUAL[Track.AWAY][10:]),
    S.JOB_CHANGED,
    S.JOB_LOST,
    S.LEFT_DESTINATION,
    S.RETURN_PLANNED,
    S.RETAINED,
    S.REMIGRATED,
)
# From which state on an offer exists that can be retracted.
OFFER_HELD = BEFORE_DEPARTURE[3:]
FAILS_FROM = {
    S.PERMIT_REFUSED: (S.PERMIT_FILED,),
    S.PERMIT_EXPIRED: (S.PERMIT_GRANTED, S.VISA, S.PRE_DEPARTURE_DONE),
    S.OFFER_RETRACTED: OFFER_HELD,
    S.LANGUAGE_FAILED: BEFORE_DEPARTURE,
    S.RECOGNITION_REFUSED: BEFORE_DEPARTURE,
    S.STOPPED: BEFORE_DEPARTURE,
    S.LEFT: BEFORE_DEPARTURE,
}


def _line(*states):
    """Yield the moves of a way that goes from each state to the next."""
    for source, target in pairwise(states):
        requires = WORK if target == S.EMPLOYED else ()
        yield Move(source, target, needs=EDIT, requires=requires)


def _away():
    yield from _line(*USUAL[Track.AWAY])
    yield from (Move(s, S.INTEGRATION, needs=EDIT) for s in (S.MATCHED, S.INTERVIEWED))
    yield from (Move(s, f, needs=EDIT) for f, sources in FAILS_FROM.items() for s in sources)
    for source in (S.EMPLOYED, S.SETTLED, S.JOB_CHANGED):
        yield from (Move(source, t, needs=EDIT) for t in (S.JOB_LOST, S.LEFT_DESTINATION))
        yield Move(source, S.RETURN_PLANNED, needs=EDIT)
    yield Move(S.EMPLOYED, S.JOB_CHANGED, needs=EDIT)
    yield Move(S.SETTLED, S.JOB_CHANGED, needs=EDIT)
    yield Move(S.JOB_CHANGED, S.SETTLED, needs=EDIT)
    yield Move(S.JOB_LOST, S.JOB_CHANGED, needs=EDIT)
    yield from (Move(S.JOB_LOST, t, needs=EDIT) for t in (S.LEFT_DESTINATION, S.RETURN_PLANNED))
    yield from _line(S.TRAVELLED, S.RETURN_PLANNED)
    yield from _line(S.ARRIVED, S.RETURN_PLANNED)
    yield from _line(S.LEFT_DESTINATION, S.RETURN_PLANNED, S.RETURNED, S.REINTEGRATING)
    yield from _line(S.LEFT_DESTINATION, S.RETURNED)
    yield from _line(S.REINTEGRATING, S.REINTEGRATED)
    yield from _line(S.REINTEGRATING, S.REMIGRATED)
    yield from _line(S.LEFT_DESTINATION, S.REMIGRATED)


def _home():
    searching = (S.JOB_SEARCH, S.RE_SEARCHING)
    work = ("work_started_on", "placement_kind")
    for source in searching:
        yield from (Move(source, t, needs=EDIT) for t in (S.REFERRED, S.INTERVIEWED))
    yield Move(S.REFERRED, S.INTERVIEWED, needs=EDIT)
    for source in (*searching, S.REFERRED, S.INTERVIEWED):
        yield Move(source, S.PLACED, needs=EDIT, requires=work)
        yield Move(source, S.STOPPED, needs=EDIT)
        yield Move(source, S.LEFT, needs=EDIT)
    yield from (Move(s, S.JOB_SEARCH, needs=EDIT) for s in (S.REFERRED, S.INTERVIEWED))
    yield from (Move(S.PLACED, t, needs=EDIT) for t in (S.RETAINED, S.RE_SEARCHING, S.STOPPED))
    yield Move(S.PLACED, S.LEFT, needs=EDIT)
    yield Move(S.RETAINED, S.RE_SEARCHING, needs=EDIT)


LIFECYCLES = {
    Track.HOME: Lifecycle(*_home(), initial=S.JOB_SEARCH),
    Track.AWAY: Lifecycle(*_away(), initial=S.INTEGRATION),
}

# Days a state usually takes; the permit from what single permits take (3 to 5 months).
USUAL_DAYS = {
    S.JOB_SEARCH: 90,
    S.RE_SEARCHING: 90,
    S.REFERRED: 30,
    S.INTERVIEWED: 21,
    S.PLACED: 365,
    S.INTEGRATION: 270,
    S.MATCHED: 30,
    S.OFFERED: 14,
    S.ACCEPTED: 30,
    S.CONTRACT_VERIFIED: 21,
    S.PERMIT_FILED: 120,
    S.PERMIT_GRANTED: 30,
    S.VISA: 30,
    S.PRE_DEPARTURE_DONE: 30,
    S.TRAVELLED: 7,
    S.ARRIVED: 30,
    S.EMPLOYED: 365,
    S.JOB_CHANGED: 365,
    S.JOB_LOST: 60,
    S.LEFT_DESTINATION: 60,
    S.RETURN_PLANNED: 90,
    S.RETURNED: 30,
    S.REINTEGRATING: 180,
}
FOLLOW_UP_MONTHS = (3, 6, 12)
