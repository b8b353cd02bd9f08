"""The guards of a whole list of wishes at once, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from gsp.workflow import Refused
from trainees.journey_states import BEFORE_DEPARTURE
from trainees.models import Counselling, Enrolment, Journey
from trainees.rules.personal import levels_shown, personal_guards
from trainees.rules.seats import Standing, room_guards
from trainees.rules.tracks import (
    NotOpen,
    counselling_missing,
    departed,
    is_open,
    window_is_open,
)
from trainees.states import EXPECTED, Track


@dataclass(frozen=True, slots=True)
class Wanted:
    """The track a row of a list names for somebody, and what is known of them by then.

    ``enrolment`` is the one in this cohort, None where the list enrols them; ``person_id`` is None
    for people new to the centre. ``levels`` are the row's own (language, level, valid until).
    A row that names ``undecided`` is never refused; it counts as a trainee expected to graduate.
    """

    track: str
    enrolment: Enrolment | None = None
    person_id: int | None = None
    country_id: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    levels: tuple[tuple[str, str, date | None], ...] = ()
    is_counselled: bool = False

    @property
    def before(self) -> str:
        """Return the track so far."""
        return self.enrolment.track if self.enrolment else Track.UNDECIDED

    @property
    def decides(self) -> bool:
        """Tell whether the row decides something."""
        return self.track not in (Track.UNDECIDED, self.before)

    @property
    def is_new_graduate(self) -> bool:
        """Tell whether the row adds somebody to those expected to graduate."""
        return self.enrolment is None or self.enrolment.state not in EXPECTED


def track_refusals(cohort, wanted: list[Wanted], on) -> list[Refused | None]:
    """Return for each row why its track is not open on a day, None where it is.

    A list is judged as a whole: who leaves a track makes room for who takes it, and everybody the
    list enrols counts for the home floor. Where room is short the first rows get it. Nine
    queries, whatever the number of rows; hold the partnership's row while you act on the answer
    (``trainees.actions.tracks.hold``).
    """
    standing = Standing.of(cohort)
    found = _one_by_one(standing, cohort, wanted, on)
    counted = _counted(cohort, wanted)
    while True:
        short = _short_of_room(standing.copy(), wanted, found, counted)
        if not short:
            return found
        for place, refusal in short.items():
            found[place] = refusal


def _one_by_one(standing, cohort, wanted, on) -> list[Refused | None]:
    """Return what stands against each row alone, numbers aside."""
    enrolled = [want.enrolment.pk for want in wanted if want.enrolment]
    people = [want.person_id for want in wanted if want.person_id]
    shown = levels_shown(standing.partnership, people, on)
    unused = Counselling.objects.filter(enrolment__in=enrolled, decisions=None)
    counselled = set(unused.values_list("enrolment_id", flat=True))
    abroad = Journey.objects.open().filter(enrolment__in=enrolled, track=Track.AWAY)
    gone = set(abroad.exclude(state__in=BEFORE_DEPARTURE).values_list("enrolment_id", flat=True))
    language = standing.partnership.away_language_id

    def alone(want: Wanted) -> Refused | None:
        if not want.decides:
            return None
        pk = want.enrolment.pk if want.enrolment else None
        guards = _state_and_window(cohort, want, on)
        if pk in gone:
            guards.append(departed())
        level = _best(shown.get(want.person_id, ""), want, language, on)
        guards += personal_guards(standing, cohort, want.track, want, level=level, on=on)
        if not want.is_counselled and pk not in counselled:
            guards.append(counselling_missing())
        return _together(guards)

    return [alone(want) for want in wanted]


def _state_and_window(cohort, want, on) -> list[Refused]:
    try:
        if want.enrolment is not None:
            is_open(want.enrolment)
        if (want.before, want.track) != (Track.AWAY, Track.HOME):
            window_is_open(cohort, on)
    except Refused as refusal:
        return [refusal]
    return []


def _best(shown: str, want: Wanted, language, on) -> str:
    stated = [
        level
        for code, level, expires in want.levels
        if code == language and (expires is None or expires >= on)
    ]
    return max([shown, *stated])


def _counted(cohort, wanted) -> set[int]:
    """Return the people who count for the home floor already, in whatever cohort."""
    people = [want.person_id for want in wanted if want.person_id]
    known = Enrolment.objects.expected().filter(
        cohort__partnership=cohort.partnership_id, person__in=people
    )
    return set(known.values_list("person_id", flat=True))


def _short_of_room(standing, wanted, found, counted) -> dict[int, Refused]:
    """Return the rows for which no room is left once all others that are open have theirs."""
    taking = [
        (place, want) for place, want in enumerate(wanted) if want.decides and found[place] is None
    ]
    entering = (want for place, want in enumerate(wanted) if found[place] is None)
    standing.expected += sum(
        want.is_new_graduate and want.person_id not in counted for want in entering
    )
    for _place, want in taking:
        if want.before != Track.UNDECIDED:
            standing.leave(want.before)
    short = {}
    for place, want in taking:
        if want.before == Track.AWAY:  # home is always open to those who turn back
            standing.join(want.track)
        elif guards := room_guards(standing, want.track):
            short[place] = _together(guards)
        else:
            standing.join(want.track)
    return short


def _together(guards: list[Refused]) -> Refused | None:
    if len(guards) > 1:
        return NotOpen(guards)
    return guards[0] if guards else None
