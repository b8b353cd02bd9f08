"""What decisions, certificates, lists and journeys must satisfy; these refuse, they never write."""

from trainees.rules import cohorts as _cohorts  # noqa: F401  registers what cohorts wait for
from trainees.rules.days import on_is_sound
from trainees.rules.enrolments import (
    has_any_seat,
    has_left_reason,
    is_not_in,
    returns_later,
    takes_back,
)
from trainees.rules.lists import LISTS_OPEN, takes_lists
from trainees.rules.personal import personal_guards
from trainees.rules.seats import Standing, has_room, room_guards, seats_of
from trainees.rules.tracks import (
    FALLBACK,
    OVER,
    Decision,
    NotOpen,
    guards,
    has_departed,
    is_fallback,
    is_open,
    may_take,
    refuse_all,
    window_is_open,
)
from trainees.rules.wanted import Wanted, track_refusals

__all__ = [
    "FALLBACK",
    "LISTS_OPEN",
    "OVER",
    "Decision",
    "NotOpen",
    "Standing",
    "Wanted",
    "guards",
    "has_any_seat",
    "has_departed",
    "has_left_reason",
    "has_room",
    "is_fallback",
    "is_not_in",
    "is_open",
    "may_take",
    "on_is_sound",
    "personal_guards",
    "refuse_all",
    "returns_later",
    "room_guards",
    "seats_of",
    "takes_back",
    "takes_lists",
    "track_refusals",
    "window_is_open",
]
