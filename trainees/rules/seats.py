"""The guards of number: seats of the cohort, seats of the agreement, and the home floor."""

from dataclasses import dataclass, replace
from math import ceil, floor

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gsp.tenancy.scope import as_agency
from gsp.workflow import Refused
from partnerships.models import Partnership
from trainees.models import Enrolment
from trainees.states import Track

TRACKS = (Track.HOME, Track.AWAY)
# A person with several records counts once.
ONCE = Coalesce("person__merged_into", "person")


@dataclass(slots=True)
class Standing:
    """Who holds what in a cohort and in its whole partnership, read once for all guards.

    ``held`` counts seats of the cohort and ``held_in_all`` people of the partnership, by track;
    ``expected`` is the N of the home floor: graduates and those expected to graduate.
    """

    partnership: Partnership
    seats: dict[str, int]
    held: dict[str, int]
    held_in_all: dict[str, int]
    expected: int
    origins: frozenset[str]

    @classmethod
    def of(cls, cohort) -> "Standing":
        """Read a cohort's standing in five queries.

        The floor and the agreed seats bind all centres together: the agency's eyes are borrowed.
        """
        with as_agency():
            partnership = Partnership.objects.select_related("away_language").get(
                pk=cohort.partnership_id
            )
            everyone = Enrolment.objects.filter(cohort__partnership=partnership).order_by()
            holding = everyone.holding_seats()
            here = holding.filter(cohort=cohort).values_list("track").annotate(Count("id"))
            all_ = holding.values_list("track").annotate(people=Count(ONCE, distinct=True))
            return cls(
                partnership,
                {track: seats_of(cohort, track) for track in TRACKS},
                dict(here),
                dict(all_),
                everyone.expected().aggregate(count=Count(ONCE, distinct=True))["count"],
                frozenset(partnership.origins.values_list("country_id", flat=True)),
            )

    def agreed(self, track) -> int:
        """Return how many seats of a track the agreement has."""
        terms = self.partnership
        return terms.home_seats if track == Track.HOME else terms.away_seats

    @property
    def ceiling(self) -> int:
        """Return how many may take the away track: ⌊(1 − home floor) · N⌋."""
        return floor((1 - self.partnership.home_floor) * self.expected)

    def expect(self, person) -> None:
        """Count a person who joins among those expected to graduate, unless counted already."""
        each = person.merged_into_id or person.pk
        with as_agency():
            known = Enrolment.objects.expected().filter(cohort__partnership=self.partnership)
            if not known.filter(Q(person=each) | Q(person__merged_into=each)).exists():
                self.expected += 1

    def copy(self) -> "Standing":
        """Return a standing to try something with."""
        return replace(self, held=dict(self.held), held_in_all=dict(self.held_in_all))

    def leave(self, track) -> None:
        """Count somebody less on a track."""
        self.held[track] = self.held.get(track, 0) - 1
        self.held_in_all[track] = self.held_in_all.get(track, 0) - 1

    def join(self, track) -> None:
        """Count somebody more on a track."""
        self.held[track] = self.held.get(track, 0) + 1
        self.held_in_all[track] = self.held_in_all.get(track, 0) + 1


def seats_of(cohort, track) -> int:
    """Return how many seats the cohort has on a track."""
    return cohort.home_seats if track == Track.HOME else cohort.away_seats


def has_room(standing: Standing, track) -> bool:
    """Tell whether one more person may take the track, as far as numbers go."""
    return not room_guards(standing, track)


def room_guards(standing: Standing, track) -> list[Refused]:
    """Return the guards of number that stand against one more person on the track."""
    found = [_no_seat(standing, track), _none_agreed(standing, track)]
    if track == Track.AWAY:
        found.append(_below_floor(standing))
    return [refusal for refusal in found if refusal]


def _no_seat(standing, track) -> Refused | None:
    seats = standing.seats[track]
    if standing.held.get(track, 0) < seats:
        return None
    return Refused(
        _(
            "All %(track)s seats are held: %(seats)s of %(seats)s. "
            "Wait until one is free, or have seats added."
        )
        % {"seats": seats, "track": Track(track).label.lower()},
        field="track",
        code="no_seat",
    )


def _none_agreed(standing, track) -> Refused | None:
    agreed = standing.agreed(track)
    if standing.held_in_all.get(track, 0) < agreed:
        return None
    return Refused(
        _(
            "All %(seats)s %(track)s seats agreed in “%(partnership)s” are held. "
            "Wait until one is free, or have the agreement changed."
        )
        % {
            "seats": agreed,
            "track": Track(track).label.lower(),
            "partnership": standing.partnership,
        },
        field="track",
        code="no_agreed_seat",
    )


def _below_floor(standing) -> Refused | None:
    away = standing.held_in_all.get(Track.AWAY, 0)
    if away < standing.ceiling:
        return None
    share = 1 - standing.partnership.home_floor
    facts = {
        "ceiling": standing.ceiling,
        "expected": standing.expected,
        "floor": f"{standing.partnership.home_floor * 100:.1f}".rstrip("0").rstrip("."),
        "away": away,
    }
    text = _(
        "At least %(floor)s %% stay at home: of %(expected)s people at most %(ceiling)s may take "
        "the away track, and %(away)s have."
    )
    if share:
        missing = ceil((away + 1) / share) - standing.expected
        facts["missing"] = missing
        text += " " + ngettext(
            "With %(missing)s more trainee, or when one turns home, a place opens.",
            "With %(missing)s more trainees, or when enough turn home, a place opens.",
            missing,
        )
    return Refused(text % facts, field="track", code="home_floor")
