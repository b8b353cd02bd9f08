"""Builds cohorts and the invented people in them."""

from dataclasses import dataclass

from demonstration.names import invent
from demonstration.plan import Intake
from demonstration.site import Site
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim, TrackDecision
from trainees.states import EnrolmentState, Track
from training.models import Cohort
from training.states import CohortState

EVIDENCE = SkillClaim.Evidence
REASON = TrackDecision.Reason


@dataclass(frozen=True, slots=True)
class Trainee:
    """One person of an intake before anything is written."""

    number: int
    first_track: str
    falls_back: bool
    is_certified: bool
    is_woman: bool
    consents: bool

    @property
    def track(self) -> str:
        """Return the track that holds now."""
        return Track.HOME if self.falls_back else self.first_track


def build_cohorts(site: Site) -> None:
    """Write every intake of the programme."""
    for intake in site.programme.intakes:
        _build_cohort(site, intake)


def _build_cohort(site: Site, intake: Intake) -> None:
    course = site.courses[intake.centre, intake.course]
    cohort = Cohort.objects.create(
        partnership=site.partnership,
        course=course,
        centre=course.centre,
        code=intake.code,
        starts_on=site.day(intake.starts),
        ends_on=site.day(intake.ends),
        home_seats=intake.seats[0],
        away_seats=intake.seats[1],
        decision_opens_on=site.day(intake.starts),
        decision_closes_on=site.day(intake.closes),
        is_demonstration=True,
        state=CohortState.ASSESSED if intake.ends < 0 else CohortState.IN_TRAINING,
        state_changed_at=site.at,
    )
    trainees = _trainees(site, intake)
    people = Person.objects.bulk_create(
        _person(site, intake, course.centre, trainee) for trainee in trainees
    )
    pairs = list(zip(trainees, people, strict=True))
    enrolments = Enrolment.objects.bulk_create(
        _enrolment(site, intake, cohort, trainee, person) for trainee, person in pairs
    )
    TrackDecision.objects.bulk_create(
        decision
        for trainee, enrolment in zip(trainees, enrolments, strict=True)
        for decision in _decisions(site, intake, trainee, enrolment)
    )
    SkillClaim.objects.bulk_create(
        claim for trainee, person in pairs for claim in _skills(site, course, trainee, person)
    )
    LanguageResult.objects.bulk_create(
        _language(site, intake, trainee, person) for trainee, person in pairs
    )


def _trainees(site: Site, intake: Intake) -> list[Trainee]:
    """Return the people of an intake with exactly the counts it names, dealt at random."""
    women = set(site.random.sample(range(intake.size), intake.women))
    silent = set(site.random.sample(range(intake.size), intake.without_consent))
    tracks = [Track.HOME] * intake.home + [Track.AWAY] * intake.away
    tracks += [Track.UNDECIDED] * (intake.size - len(tracks))
    falling = range(intake.home, intake.home + intake.fallen_back)
    # The last to finish are those without a decision and the end of the away track.
    return [
        Trainee(
            number=number + 1,
            first_track=tracks[number],
            falls_back=number in falling,
            is_certified=number < intake.certified,
            is_woman=number in women,
            consents=number not in silent,
        )
        for number in range(intake.size)
    ]


def _person(site: Site, intake: Intake, centre, trainee: Trainee) -> Person:
    given, family = invent(site.random, intake.country, trainee.is_woman)
    birth = site.day(-site.random.randint(19 * 366, 32 * 365))
    reference = f"{intake.code}-{trainee.number:03}"
    return Person(
        centre=centre,
        reference=reference,
        given_name=given,
        family_name=family,
        birth_date=birth.isoformat(),
        birth_year=birth.year,
        email=f"{reference.lower()}@people.demo.example",
        sex=Person.Sex.FEMALE if trainee.is_woman else Person.Sex.MALE,
        country_id=intake.country,
        may_be_proposed=trainee.consents,
        is_demonstration=True,
    )


def _enrolment(site: Site, intake: Intake, cohort, trainee: Trainee, person) -> Enrolment:
    finished = site.day(min(intake.ends, -10))
    return Enrolment(
        person=person,
        cohort=cohort,
        centre=cohort.centre,
        enrolled_on=cohort.starts_on,
        certified_on=finished if trainee.is_certified else None,
        track=trainee.track,
        state=_state(intake, trainee),
        state_changed_at=site.at,
    )


def _state(intake: Intake, trainee: Trainee) -> str:
    if trainee.is_certified:
        return EnrolmentState.CERTIFIED
    if intake.ends < 0:
        return EnrolmentState.NOT_YET_COMPETENT
    return EnrolmentState.IN_TRAINING


def _decisions(site: Site, intake: Intake, trainee: Trainee, enrolment):
    if trainee.first_track == Track.UNDECIDED:
        return
    common = {"enrolment": enrolment, "centre_id": enrolment.centre_id}
    decided_on = site.day(min(intake.closes, -1) - site.random.randint(0, 20))
    yield TrackDecision(
        **common, track=trainee.first_track, decided_on=decided_on, reason=REASON.FIRST_CHOICE
    )
    if trainee.falls_back:
        yield TrackDecision(
            **common,
            track=Track.HOME,
            decided_on=site.day(-30),
            reason=REASON.RECOGNITION_REFUSED,
            adviser=site.programme.logins[1].name,
        )


def _skills(site: Site, course, trainee: Trainee, person):
    """Most skills of the course with evidence, fewer before the certificate; a claim or two."""
    trade = next(t for t in site.trades.values() if t.occupation == course.occupation)
    share = 0.92 if trainee.is_certified else 0.65
    common = {"person": person, "centre_id": person.centre_id}
    for skill in trade.essential[:14]:
        if site.random.random() < share:
            level = site.random.choice((2, 3, 3, 3, 4))
            yield SkillClaim(**common, skill_id=skill, level=level, evidence=EVIDENCE.COURSE)
    for skill in site.some(trade.optional, site.random.randint(0, 3)):
        certified = site.random.random() < 0.3
        evidence = EVIDENCE.CERTIFICATE if certified else EVIDENCE.NONE
        yield SkillClaim(**common, skill_id=skill, level=2, evidence=evidence)


def _language(site: Site, intake: Intake, trainee: Trainee, person) -> LanguageResult:
    """One result per person; every ninth expires within a month."""
    away = trainee.first_track == Track.AWAY
    level = intake.away_level if away and not trainee.falls_back else intake.home_level
    expires = site.random.randint(5, 28) if trainee.number % 9 == 0 else 500
    return LanguageResult(
        person=person,
        centre_id=person.centre_id,
        language_id=intake.language,
        level=level,
        tested_on=site.day(expires - 730),
        expires_on=site.day(expires),
        test="Demonstration test",
    )
