"""Builds one call of the demonstration with sixty invented applicants in every state."""

from datetime import UTC, datetime, time, timedelta

from demonstration.names import invent
from demonstration.site import Site
from partnerships.roles import System
from selection.actions import applications, calls, decisions, places, schemes, scores
from selection.actions.applications import Applicant
from selection.models import Application, Call
from training.models import Cohort
from training.states import CohortState

BY = System("Demonstration")
APPLICANTS, PLACES, WAITING, WITHDRAWN = 60, 12, 10, 2
CRITERIA = (
    ("motivation", "Motivation", 3, 10, True, "Why this trade, and what the applicant did so far."),
    ("aptitude", "Aptitude test", 4, 40, True, "Right answers of forty."),
    ("interview", "Interview", 3, 10, False, "Conversation with the trainer."),
)
REGIONS = {
    "XK": ("Prishtinë", "Pejë", "Prizren", "Mitrovicë"),
    "MA": ("Casablanca-Settat", "Rabat-Salé-Kénitra", "Fès-Meknès", "Souss-Massa"),
}


def build_call(site: Site) -> Call:
    """Write a call for the next cohort of the programme, decided, with offers on the way.

    Return the call; the one that stands already if it was built before.
    """
    code = f"{site.programme.agency[0]}-{site.today.year + 1}"[:30].strip("-")
    standing = Call.objects.filter(code=code).first()
    if standing is not None:
        return standing
    cohort = _cohort(site, code)
    call = _opened(site, cohort, code)
    applicants = [_applicant(site, cohort, number) for number in range(APPLICANTS)]
    at = site.at - timedelta(days=20)
    call = calls.locked(call)
    source = Application.Source.FORM
    made = applications.enter_all(call, applicants, by=BY, at=at, source=source)
    for one in made[-WITHDRAWN:]:
        applications.withdraw(one, by=BY, at=at)
    _score(site, call)
    call = calls.close(call, seed=f"demonstration-{code}", by=BY, at=at)
    call = calls.move(call, "screening", by=BY, at=at)
    sent_at = site.at - timedelta(days=3)
    call = decisions.decide(call, by=BY, at=sent_at)
    call = decisions.send(call, by=BY, at=sent_at)
    _answers(call, at=site.at - timedelta(days=1))
    return call


def _cohort(site: Site, code: str) -> Cohort:
    course = next(iter(site.courses.values()))
    return Cohort.objects.create(
        partnership=site.partnership,
        course=course,
        centre=course.centre,
        code=code.upper(),
        starts_on=site.day(60),
        ends_on=site.day(60 + 30 * course.months),
        home_seats=PLACES // 2,
        away_seats=PLACES // 2,
        decision_opens_on=site.day(90),
        decision_closes_on=site.day(180),
        is_demonstration=True,
        state=CohortState.PLANNED,
        state_changed_at=site.at,
    )


def _opened(site: Site, cohort: Cohort, code: str) -> Call:
    at = site.at - timedelta(days=45)
    call = calls.plan(
        cohort,
        code=code,
        title=cohort.course.title,
        text="Training in your own country, with work at home or abroad afterwards. "
        "Both ways are open to everybody who is accepted; you choose later, with advice.",
        opens_at=_noon(site, -40),
        closes_at=_noon(site, 5),
        places=PLACES,
        waiting_places=WAITING,
        asks_disability=True,
        by=BY,
        at=at,
    )
    labels = {
        "en": "Why do you want to learn this trade?",
        "fr": "Pourquoi voulez-vous apprendre ce métier ?",
        "ar": "لماذا تريد أن تتعلم هذه المهنة؟",
        "sq": "Pse doni ta mësoni këtë zanat?",
    }
    calls.ask(call, "why", labels=labels, longest=800, by=BY, at=at)
    schemes.add_rule(call, "age", minimum=18, maximum=35, by=BY, at=at)
    schemes.add_rule(call, "education", minimum=2, by=BY, at=at)
    for name, title, weight, scale, is_anonymous, description in CRITERIA:
        schemes.add_criterion(
            call,
            code=name,
            title=title,
            weight=weight,
            scale=scale,
            is_anonymous=is_anonymous,
            description=description,
            by=BY,
            at=at,
        )
    return calls.open_up(call, by=BY, at=at)


def _noon(site: Site, offset: int) -> datetime:
    return datetime.combine(site.day(offset), time(12), tzinfo=UTC)


def _applicant(site: Site, cohort: Cohort, number: int) -> Applicant:
    country, is_woman = cohort.centre.country_id, site.random.random() < 0.45
    given, family = invent(site.random, country, is_woman)
    regions = REGIONS.get(country, ("Central", "Western", "Eastern", "Northern"))
    return Applicant(
        given_name=given,
        family_name=family,
        birth_date=site.day(-site.random.randint(17 * 365, 37 * 365)),
        country=country,
        sex="female" if is_woman else "male",
        region=site.random.choice(regions),
        email=f"{cohort.code.lower()}-{number + 1:03}@people.demo.example",
        education=site.random.choice((1, 2, 3, 3, 4, 4, 5)),
        disability=site.random.choice((None, False, False, False, True)),
        answers={"why": "I like to make things that last, and I want to learn it properly."},
    )


def _score(site: Site, call: Call) -> None:
    rows = []
    criteria = list(call.criteria.order_by("position"))
    for one in call.applications.filter(state="eligible").order_by("id"):
        for criterion in criteria:
            points = site.random.randint(criterion.scale // 4, criterion.scale)
            rows.append(scores.score_of(one, criterion, points, "", by=BY, at=site.at))
    scores.write(rows)
    scores.settle(call, by=BY, at=site.at)


def _answers(call: Call, *, at) -> None:
    offered = list(call.applications.filter(state="place_offered").order_by("rank"))
    for one in offered[:6]:
        places.accept(one, by=BY, at=at)
    for one in offered[6:8]:
        places.decline(one, by=BY, at=at)
