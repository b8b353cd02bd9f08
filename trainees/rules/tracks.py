"""What a decision for home or away must satisfy; all that stands against it is said at once."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gsp.web.formats import day
from gsp.workflow import Refused
from trainees.journey_states import BEFORE_DEPARTURE
from trainees.models import Journey, TrackDecision
from trainees.rules.personal import personal_guards
from trainees.rules.seats import room_guards
from trainees.states import LEFT, Track

Reason = TrackDecision.Reason

# A failed way abroad always leads back home: no window and no seat count stands against it.
FALLBACK = frozenset(
    {
        Reason.LANGUAGE_FAILED,
        Reason.VISA_REFUSED,
        Reason.PERMIT_EXPIRED,
        Reason.OFFER_RETRACTED,
        Reason.RECOGNITION_REFUSED,
    }
)
# Reasons that actions write themselves.
NOT_CHOSEN = frozenset({Reason.FIRST_CHOICE, Reason.CORRECTION, Reason.TRANSFER, Reason.RE_ENTRY})
OVER = LEFT


class NotOpen(Refused):
    """A track that several guards close; ``guards`` holds each of them."""

    def __init__(self, guards: list[Refused]):
        super().__init__(
            " ".join(guard.message for guard in guards), field="track", code="several_guards"
        )
        self.guards = guards


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be decided: for whom, which track, on which day, why and after which advice."""

    enrolment: object
    track: str
    on: object
    reason: str = ""
    is_counselled: bool = False
    level: str = ""

    @property
    def turns_home(self) -> bool:
        """Tell whether it leads from away to home, which is possible until departure."""
        return (self.enrolment.track, self.track) == (Track.AWAY, Track.HOME)


def may_take(decision: Decision, standing) -> None:
    """Refuse a decision that the terms do not allow, with every guard that stands against it.

    Raises:
        Refused: it says which rule stands against it and what would satisfy it.

    """
    is_open(decision.enrolment)
    is_a_change(decision.enrolment, decision.track)
    has_reason(decision.enrolment, decision.reason)
    refuse_all(guards(decision, standing))


def guards(decision: Decision, standing) -> list[Refused]:
    """Return all that stands against the decision: the place, the person, the advice."""
    enrolment, cohort = decision.enrolment, decision.enrolment.cohort
    if decision.turns_home:
        found = [departed()] if has_departed(enrolment) else []
        if decision.reason not in FALLBACK:
            found += _counselled(decision)
        return found
    found = _caught(window_is_open, cohort, decision.on)
    found += room_guards(standing, decision.track)
    found += personal_guards(
        standing, cohort, decision.track, enrolment.person, level=decision.level, on=decision.on
    )
    return found + _counselled(decision)


def refuse_all(found: list[Refused]) -> None:
    """Raise what was found, together.

    Raises:
        Refused: the only one, or a NotOpen that names them all.

    """
    if found:
        raise found[0] if len(found) == 1 else NotOpen(found)


def is_fallback(before, track, reason) -> bool:
    """Tell whether a failed way abroad leads this trainee back to the home track."""
    return (before, track) == (Track.AWAY, Track.HOME) and reason in FALLBACK


def is_open(enrolment) -> None:
    """Refuse a decision about somebody who has left."""
    if enrolment.state in OVER:
        raise Refused(
            _("This trainee is %(state)s; the track is settled.")
            % {"state": enrolment.get_state_display().lower()},
            field="track",
            code="enrolment_over",
        )


def is_a_change(enrolment, track) -> None:
    """Refuse a track that does not exist, is none, or is held already."""
    if track not in (Track.HOME, Track.AWAY):
        raise Refused(_("Choose home or away."), field="track", code="unknown_track")
    if enrolment.track == track:
        raise Refused(
            _("The track is “%(track)s” already; there is nothing to decide.")
            % {"track": Track(track).label},
            field="track",
            code="same_track",
        )


def has_reason(enrolment, reason) -> None:
    """Refuse a change without a reason of the list."""
    first = enrolment.track == Track.UNDECIDED
    if first and reason in Reason.values:
        return
    if reason not in Reason.values or reason in NOT_CHOSEN:
        raise Refused(
            _("A change of track needs its reason. Choose the one that led to it."),
            field="reason",
            code="reason_required",
        )


def window_is_open(cohort, on) -> None:
    """Refuse a day outside the window in which tracks are chosen."""
    if not cohort.decision_opens_on <= on <= cohort.decision_closes_on:
        raise Refused(
            _(
                "The track is chosen between %(opens)s and %(closes)s. Decide on a day in between, "
                "or have the cohort's window moved."
            )
            % {"opens": day(cohort.decision_opens_on), "closes": day(cohort.decision_closes_on)},
            field="on",
            code="outside_window",
        )


def _caught(rule, *facts) -> list[Refused]:
    try:
        rule(*facts)
    except Refused as refusal:
        return [refusal]
    return []


def departed() -> Refused:
    """Return the refusal of a turn home after departure."""
    text = _("This trainee has departed. Record what happens on the journey: a return leads home.")
    return Refused(text, field="track", code="departed")


def counselling_missing() -> Refused:
    """Return the refusal of a decision without counselling."""
    return Refused(
        _(
            "Nobody has counselled this trainee yet. "
            "Record who did, on which day and in which form; then decide."
        ),
        field="adviser",
        code="counselling_missing",
    )


def _counselled(decision) -> list[Refused]:
    return [] if decision.is_counselled else [counselling_missing()]


def has_departed(enrolment) -> bool:
    """Tell whether the trainee was sent abroad and the journey goes on."""
    abroad = Journey.objects.open().filter(enrolment=enrolment.pk, track=Track.AWAY)
    return abroad.exclude(state__in=BEFORE_DEPARTURE).exists()
