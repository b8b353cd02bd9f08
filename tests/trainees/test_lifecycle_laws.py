"""Laws over whole lives: no sequence of allowed moves breaks the home floor or loses anybody.

A machine makes any moves it likes with a handful of people in three cohorts of two centres, over
the real database; what is refused changes nothing, and after every move the laws must hold.
``make fuzz`` runs it for longer.
"""

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime
from math import floor

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gsp.workflow import Refused
from partnerships.models import Participation
from tests import builders as a
from trainees import rules
from trainees.actions import enrolments, intakes, journeys, tracks, transfers
from trainees.journey_states import FAILURES, FINISHED, USUAL
from trainees.models import Enrolment, Journey, TrackDecision
from trainees.rules.journeys import departures, moves_of
from trainees.states import BEFORE_RESULT, HOLDING, IN_PROGRESS, LEFT
from training.models import Cohort

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
LONG = settings.get_current_profile_name() == "fuzz"
SIZE = settings(
    max_examples=400 if LONG else 8,
    stateful_step_count=60 if LONG else 25,
    deadline=None,
    derandomize=not LONG,
    database=None,
    phases=tuple(Phase) if LONG else (Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
WHO = st.integers(0, 7)
WHERE = st.integers(0, 2)
REASONS = ("family", "visa_refused", "language_failed", "preference", "better_home_offer")
WAYS_OUT = ("deferred", "withdrawn", "dismissed", "unreachable", "assessment", "not_yet_competent")


class Lives(RuleBasedStateMachine):
    """People in cohorts, to whom everything happens."""

    cast = None

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.scope = self.cast.scope()
        self.scope.__enter__()
        self.by = {"by": self.cast.officer, "at": NOW}
        self.cohorts = self._cohorts()
        self.number = 0
        self.away_before = 0
        for _ in range(3):
            self.enrol(0)

    def teardown(self):
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def _cohorts(self):
        terms = self.cast.partnership
        type(terms).objects.filter(pk=terms.pk).update(home_seats=6, away_seats=3)
        other = self.cast.rival_centre
        Participation.objects.create(partnership=terms, organisation=other, since=date(2025, 1, 1))
        course = self.cast.cohort.course
        seats = {"home_seats": 3, "away_seats": 2}
        Cohort.objects.filter(pk=self.cast.cohort.pk).update(**seats)
        return [
            self.cast.cohort,
            a.cohort(terms, course, "C2", **seats),
            a.cohort(terms, a.course(other, "B2"), "C3", **seats),
        ]

    def somebody(self, who):
        rows = list(Enrolment.objects.select_related("cohort", "person").order_by("-id")[:8])
        return rows[who % len(rows)]

    def attempt(self, action, *args, **facts):
        with suppress(Refused), transaction.atomic():
            return action(*args, **facts, **self.by)

    # --- what may happen ---

    @rule(where=WHERE)
    def enrol(self, where):
        self.number += 1
        cohort = Cohort.objects.get(pk=self.cohorts[where].pk)
        person = a.person(cohort.centre, f"L{self.number}")
        self.attempt(enrolments.enrol, person, cohort)

    @rule(who=WHO, track=st.sampled_from(["home", "away"]), reason=st.sampled_from(REASONS))
    def decide(self, who, track, reason):
        self.attempt(tracks.decide, self.somebody(who), track, reason=reason, adviser="Lena")

    @rule(who=WHO)
    def undo(self, who):
        self.attempt(tracks.undo, self.somebody(who))

    @rule(names=st.lists(st.sampled_from(["home", "away"]), min_size=1, max_size=8))
    def list_of_tracks(self, names):
        cohort = tracks.hold(self.cohorts[0])
        rows = list(cohort.enrolments.select_related("person").order_by("id")[: len(names)])
        names = names[: len(rows)]
        wanted = [
            rules.Wanted(track=name, enrolment=row, person_id=row.person_id, is_counselled=True)
            for row, name in zip(rows, names, strict=True)
        ]
        refused = rules.track_refusals(cohort, wanted, TODAY)
        listed = [
            (want.enrolment, want.track, "preference", "Lena", TODAY)
            for want, refusal in zip(wanted, refused, strict=True)
            if want.decides and refusal is None
        ]
        tracks.record_listed(listed, on=TODAY, **self.by)
        changed = Enrolment.objects.filter(pk__in=[row[0].pk for row in listed])
        journeys.settle(changed, **self.by)

    @rule(who=WHO, way=st.sampled_from(WAYS_OUT))
    def leave(self, who, way):
        facts = {"reason": "family", "returns_on": date(2027, 3, 1)}
        self.attempt(enrolments.move, self.somebody(who), way, **facts)

    @rule(who=WHO, keeps_track=st.booleans())
    def re_enter(self, who, keeps_track):
        self.attempt(enrolments.re_enter, self.somebody(who), keeps_track=keeps_track)

    @rule(who=WHO, where=WHERE, keeps_track=st.booleans())
    def transfer(self, who, where, keeps_track):
        goal = Cohort.objects.get(pk=self.cohorts[where].pk)
        self.attempt(transfers.transfer, self.somebody(who), goal, keeps_track=keeps_track)

    @rule(who=WHO)
    def merge(self, who):
        self.attempt(enrolments.end_as_duplicate, self.somebody(who))

    @rule(who=WHO)
    def undo_merge(self, who):
        self.attempt(enrolments.undo_duplicate, self.somebody(who))

    @rule(who=WHO)
    def certify(self, who):
        self.attempt(enrolments.certify, self.somebody(who), on=TODAY)

    @rule(where=WHERE)
    def certify_all(self, where):
        rows = Enrolment.objects.filter(cohort=self.cohorts[where])
        self.attempt(enrolments.certify_all, rows, on=TODAY)

    @rule(who=WHO, choice=st.integers(0, 9), times=st.integers(1, 12))
    def step(self, who, choice, times):
        """Go some way along the usual path, then take any step that is open."""
        for place in range(times):
            journey = Journey.objects.open().filter(enrolment=self.somebody(who)).first()
            targets = moves_of(journey, self.cast.officer) if journey else []
            if not targets:
                return
            target = targets[choice % len(targets)] if place == times - 1 else targets[0]
            facts = {"placement_kind": "wage_job"} if target == "placed" else {}
            after = self.attempt(journeys.move, journey, target, **facts)
            if target in FAILURES and after is not None:
                assert (after.track, after.state) == ("home", "job_search")

    @rule(who=WHO, turns_at=st.integers(4, 16))
    def go_abroad(self, who, turns_at):
        """Decide, certify and go the usual way until something stands against it."""
        row = self.somebody(who)
        self.attempt(tracks.decide, row, "away", reason="preference", adviser="Lena")
        self.attempt(enrolments.certify, row, on=TODAY)
        for _ in range(turns_at):
            journey = Journey.objects.open().filter(enrolment=row, track="away").first()
            if journey is None or self.attempt(journeys.move, journey, onward(journey)) is None:
                return

    @rule(who=WHO, takes_back=st.booleans())
    def employer_answers(self, who, takes_back):
        action = journeys.taken_back if takes_back else journeys.accepted
        self.attempt(action, self.somebody(who))

    @rule(where=WHERE, goal=st.sampled_from(["in_training", "assessed", "closed", "cancelled"]))
    def move_cohort(self, where, goal):
        self.attempt(intakes.move, Cohort.objects.get(pk=self.cohorts[where].pk), goal)

    # --- what must hold ---

    @invariant()
    def home_floor_holds(self):
        certified, sent, terms = departures(self.cast.partnership.pk)
        assert sent <= floor((1 - terms.home_floor) * certified)
        standing = rules.Standing.of(self.cohorts[0])
        away = standing.held_in_all.get("away", 0)
        assert away <= max(standing.ceiling, self.away_before)
        assert away <= terms.away_seats
        self.away_before = away

    @invariant()
    def no_track_is_overfilled(self):
        for cohort in self.cohorts:
            held = Counter(
                row.track
                for row in cohort.enrolments.holding_seats()
                if row.track != "home" or not turned_home(row)
            )
            assert held["away"] <= cohort.away_seats
            assert held["home"] <= cohort.home_seats

    @invariant()
    def nobody_is_lost(self):
        open_ones = Counter(Journey.objects.open().values_list("enrolment_id", flat=True))
        done = set(
            Journey.objects.filter(state__in=FINISHED).values_list("enrolment_id", flat=True)
        )
        places = Counter()
        for row in Enrolment.objects.select_related("person"):
            count = open_ones[row.pk]
            if row.state in LEFT:
                assert count == 0
                continue
            places[row.person.merged_into_id or row.person_id] += 1
            if row.state == "certified" or row.track != "undecided":
                assert count == 1 or (count == 0 and row.pk in done)
            else:
                assert count == 0
        assert set(places.values()) <= {1}

    @invariant()
    def whoever_left_can_be_found(self):
        for row in Enrolment.objects.filter(state="transferred"):
            assert row.continued_by.count() == 1
        for row in Enrolment.objects.filter(state__in=["deferred", "withdrawn", "dismissed"]):
            assert row.left_reason
        assert set(IN_PROGRESS) < set(BEFORE_RESULT)
        assert set(HOLDING).isdisjoint(LEFT)


def onward(journey) -> str:
    """Return the next state of the usual way, or the one it is in at the end."""
    way = USUAL["away"]
    place = way.index(journey.state) if journey.state in way else len(way)
    return way[min(place + 1, len(way) - 1)]


def turned_home(row) -> bool:
    """Tell whether the way home came after the way abroad, where no seat is asked for."""
    decided = list(TrackDecision.objects.filter(enrolment=row).order_by("-id")[:2])
    latest = [(one.track, one.reason) for one in decided]
    return (
        len(latest) == 2
        and latest[0][0] == "home"
        and latest[0][1] != "correction"
        and latest[1][0] == "away"
    )


def test_no_life_breaks_a_law(cast):
    Lives.cast = cast
    run_state_machine_as_test(Lives, settings=SIZE)
