"""What a track decision and a certificate must satisfy; these read and refuse, never write."""

from django.utils.translation import gettext as _

from gsp.web.formats import day
from gsp.workflow import Refused
from trainees.models import TrackDecision
from trainees.states import LEFT, Track
from training.queries import seats_held
from training.states import CohortState

Reason = TrackDecision.Reason

# A failed way abroad always leads back home: no window and no seat count stands against it.
FALLBACK = frozenset(
    {
        Reason.LANGUAGE_FAILED,
        Reason.VISA_REFUSED,
        Reason.OFFER_RETRACTED,
        Reason.RECOGNITION_REFUSED,
    }
)
OVER = LEFT
LISTS_OPEN = (CohortState.PLANNED, CohortState.RECRUITING, CohortState.IN_TRAINING)


def may_take(enrolment, track, *, reason, on) -> None:
    """Refuse a decision for ``track`` that the cohort's terms do not allow on that day.

    Raises:
        Refused: it says which rule stands against it and what would satisfy it.

    """
    is_open(enrolment)
    is_a_change(enrolment, track)
    has_reason(enrolment, reason)
    if is_fallback(enrolment.track, track, reason):
        return
    if reason != Reason.CORRECTION:
        window_is_open(enrolment.cohort, on)
    has_seat(enrolment.cohort, track)


def is_fallback(before, track, reason) -> bool:
    """Tell whether a failed way abroad leads this trainee back to the home track."""
    return (before, track) == (Track.AWAY, Track.HOME) and reason in FALLBACK


def is_open(enrolment) -> None:
    """Refuse a decision about somebody who has left or is placed."""
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
    if reason not in Reason.values or (not first and reason == Reason.FIRST_CHOICE):
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


def has_seat(cohort, track) -> None:
    """Refuse a track whose seats in the cohort are all held."""
    seats = seats_of(cohort, track)
    if seats_held(cohort).get(track, 0) >= seats:
        raise Refused(
            _(
                "All %(track)s seats are held: %(seats)s of %(seats)s. "
                "Wait until one is free, or have seats added."
            )
            % {"seats": seats, "track": Track(track).label.lower()},
            field="track",
            code="no_seat",
        )


def seats_of(cohort, track) -> int:
    """Return how many seats the cohort has on a track."""
    return cohort.home_seats if track == Track.HOME else cohort.away_seats


def on_is_sound(on, *, after, today, field: str = "on") -> None:
    """Refuse a day in the future, or before the one it must follow."""
    if on > today:
        raise Refused(_("This day lies in the future."), field=field, code="in_the_future")
    if after is not None and on < after:
        raise Refused(
            _("This day lies before %(day)s. Give that day or a later one.") % {"day": day(after)},
            field=field,
            code="too_early",
        )


def takes_lists(cohort) -> None:
    """Refuse a list for a cohort whose trainees are settled."""
    if cohort.state not in LISTS_OPEN:
        raise Refused(
            _("This cohort is %(state)s and takes no more trainees. Plan a new cohort.")
            % {"state": cohort.get_state_display().lower()},
            field="state",
            code="cohort_settled",
        )
