"""What is due or overdue on a day, over all people of an agency; reads in a few queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from partnerships.models import Partnership
from trainees.journey_states import BEFORE_DEPARTURE, JourneyState
from trainees.models import Enrolment, FollowUp, Journey, LanguageResult, Notice
from trainees.rules.personal import RANK, language_due_on, levels_shown
from trainees.rules.seats import Standing
from trainees.states import HOLDING, EnrolmentState, Track
from training.models import Cohort
from training.states import CohortState

SOON = timedelta(days=14)
EXPIRY_WARNING = timedelta(days=90)
RUNNING = (CohortState.PLANNED, CohortState.RECRUITING, CohortState.IN_TRAINING)
Kind = Notice.Kind


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that waits: which kind, about which row, whose, due when; keys are ids."""

    kind: str
    about: UUID
    due_on: date
    centre: int
    cohort: int | None = None
    person: int | None = None


def find(on: date) -> Iterator[Found]:
    """Yield everything that waits on a day."""
    yield from windows(on)
    yield from undecided(on)
    yield from languages(on)
    yield from steps(on)
    yield from follow_ups(on)
    yield from returns(on)
    yield from floors(on)


def windows(on) -> Iterator[Found]:
    """Yield cohorts whose choice closes within two weeks while somebody is undecided."""
    closing = Cohort.objects.filter(
        decision_opens_on__lte=on,
        decision_closes_on__range=(on, on + SOON),
        state__in=RUNNING,
        enrolments__in=_undecided(),
    )
    for cohort in closing.distinct():
        facts = {"centre": cohort.centre_id, "cohort": cohort.pk}
        yield Found(Kind.WINDOW_CLOSING, cohort.uid, cohort.decision_closes_on, **facts)


def undecided(on) -> Iterator[Found]:
    """Yield each trainee whose cohort's choice has closed without a decision."""
    late = _undecided().filter(cohort__decision_closes_on__lt=on).select_related("cohort")
    for row in late:
        yield _of_enrolment(Kind.UNDECIDED, row, row.cohort.decision_closes_on)


def _undecided():
    return Enrolment.objects.filter(state__in=HOLDING, track=Track.UNDECIDED)


def languages(on) -> Iterator[Found]:
    """Yield people on the away track whose language was due or lapses before they depart."""
    candidates = Journey.objects.open().filter(track=Track.AWAY, state__in=BEFORE_DEPARTURE)
    candidates = candidates.exclude(enrolment__cohort__partnership__away_language=None)
    rows = candidates.select_related("enrolment__cohort__partnership").order_by("id")
    by_terms: dict[int, list[Journey]] = {}
    for journey in rows:
        by_terms.setdefault(journey.enrolment.cohort.partnership_id, []).append(journey)
    for journeys in by_terms.values():
        terms = journeys[0].enrolment.cohort.partnership
        yield from _language_of(terms, journeys, on)


def _language_of(terms, journeys, on) -> Iterator[Found]:
    people = [journey.person_id for journey in journeys]
    shown = levels_shown(terms, people, on)
    horizon = max([on + EXPIRY_WARNING, *(one.departs_on for one in journeys if one.departs_on)])
    lapsing = _lapsing(terms, people, on, horizon)
    for journey in journeys:
        enrolment, person = journey.enrolment, journey.person_id
        due = language_due_on(terms, enrolment.cohort) or on
        level = shown.get(person, "")
        reached = level and RANK[level] >= RANK[terms.away_level]
        departs = journey.departs_on or on + EXPIRY_WARNING
        if not reached and due <= on:
            yield _of_enrolment(
                Kind.LANGUAGE_DUE,
                enrolment,
                language_due_on(terms, enrolment.cohort) or journey.opened_at.date(),
            )
        elif reached and lapsing.get(person, date.max) <= departs:
            yield _of_enrolment(Kind.LANGUAGE_EXPIRING, enrolment, lapsing[person])


def _lapsing(terms, people, on, horizon) -> dict[int, date]:
    """Return, by person id, the last day of a sufficient result that ends by the horizon."""
    lapsing: dict[int, date] = {}
    rows = LanguageResult.objects.filter(
        person__in=people,
        language=terms.away_language_id,
        expires_on__range=(on, horizon),
    )
    for person, level, expires in rows.values_list("person_id", "level", "expires_on"):
        if RANK[level] >= RANK[terms.away_level]:
            lapsing[person] = max(expires, lapsing.get(person, expires))
    lasting = levels_shown(terms, people, horizon + timedelta(days=1))
    for person, level in lasting.items():
        if RANK[level] >= RANK[terms.away_level]:
            lapsing.pop(person, None)
    return lapsing


def steps(on) -> Iterator[Found]:
    """Yield journeys past the day by which their state is usually left."""
    late = Journey.objects.overdue(on)
    for journey in late.select_related("enrolment"):
        offered = journey.state == JourneyState.OFFERED
        kind = Kind.OFFER_OVERDUE if offered else Kind.STEP_OVERDUE
        yield _of_journey(kind, journey, journey.uid, journey.due_on)


def follow_ups(on) -> Iterator[Found]:
    """Yield follow-ups that are due and unanswered."""
    waiting = (FollowUp.State.PLANNED, FollowUp.State.CONTACTED)
    due = FollowUp.objects.filter(status__in=waiting, due_on__lte=on)
    for row in due.select_related("journey__enrolment"):
        yield _of_journey(Kind.FOLLOW_UP_DUE, row.journey, row.uid, row.due_on)


def returns(on) -> Iterator[Found]:
    """Yield people who meant to be back by now."""
    deferred = Enrolment.objects.filter(state=EnrolmentState.DEFERRED)
    for row in deferred.filter(Q(returns_on__lte=on) | Q(returns_on=None)):
        left_on = row.state_changed_at.date() if row.state_changed_at else on
        yield _of_enrolment(Kind.RETURN_DUE, row, row.returns_on or left_on)


def floors(on) -> Iterator[Found]:
    """Yield, once for each cohort with people away, a partnership over its home floor."""
    away = Cohort.objects.filter(
        partnership__in=Partnership.objects.active(),
        enrolments__track=Track.AWAY,
        enrolments__state__in=HOLDING,
    )
    standings: dict[int, Standing] = {}
    for cohort in away.distinct():
        key = cohort.partnership_id
        standing = standings.get(key) or standings.setdefault(key, Standing.of(cohort))
        if standing.held_in_all.get(Track.AWAY, 0) > standing.ceiling:
            facts = {"centre": cohort.centre_id, "cohort": cohort.pk}
            yield Found(Kind.FLOOR_EXCEEDED, cohort.uid, cohort.ends_on, **facts)


def _of_enrolment(kind, row, due_on) -> Found:
    facts = {"centre": row.centre_id, "cohort": row.cohort_id, "person": row.person_id}
    return Found(kind, row.uid, due_on, **facts)


def _of_journey(kind, journey, about, due_on) -> Found:
    cohort = journey.enrolment.cohort_id
    facts = {"centre": journey.centre_id, "cohort": cohort, "person": journey.person_id}
    return Found(kind, about, due_on, **facts)
