"""How long the decision over 10,000 applications for 120 places takes, and its list page.

Three criteria, two scorers each, so 60,000 scores; written under row security with audit on, as
the application. Queries of the list are counted at 1 and at 10,000 applications.
"""

import time
from datetime import timedelta
from random import Random

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gsp.tenancy.scope import scope
from partnerships.models import Agency
from partnerships.roles import System
from selection import queries
from selection.actions import calls, decisions, schemes
from selection.models import Application, Score
from tests import builders as a
from trainees.models import Person

SIZE, PLACES, WAITING = 10_000, 120, 60
CRITERIA = (("letter", 2, 10), ("test", 3, 40), ("talk", 5, 10))
BY = System("benchmark")


def run() -> None:
    """Print seconds of closing, taking back and sending, and the cost of a list page."""
    call_command("load_starter_catalogue", verbosity=0)
    agency = Agency.objects.create(name="Selection", slug="selection", country_id="DE")
    with scope(agency):
        small, large = _call("small"), _call("large")
        _fill(small, 1)
        _fill(large, SIZE)
    at = timezone.now()
    with scope(agency):
        print(f"selection.page_queries_1 {_queries(small)} queries")
        print(f"selection.page_queries_10000 {_queries(large)} queries")
        print(f"selection.page_ms {_timed(lambda: _page(large)) * 1000:.0f} ms")
    for name, action in (
        ("close_10000", lambda: decisions.decide(large, by=BY, at=at)),
        ("undo_10000", lambda: decisions.undo(large, by=BY, at=at)),
        ("close_again_10000", lambda: decisions.decide(large, by=BY, at=at)),
        ("send_10000", lambda: decisions.send(large, by=BY, at=at)),
    ):
        started = time.perf_counter()
        with scope(agency):
            action()
        print(f"selection.{name} {time.perf_counter() - started:.2f} s")
    with scope(agency):
        offered = large.applications.filter(state="place_offered").count()
        waiting = large.applications.filter(state="waitlisted").count()
        if (offered, waiting) != (PLACES, WAITING):
            raise RuntimeError(f"{offered} offers and {waiting} waiting")


def _call(code: str):
    at = timezone.now()
    centre = a.organisation(code, "training_centre")
    cohort = a.cohort(a.partnership(f"p-{code}", participants=[centre]), a.course(centre))
    call = calls.plan(
        cohort,
        code=code,
        opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=1),
        places=PLACES,
        waiting_places=WAITING,
        scorers=2,
        title="Call",
        text="Text",
        by=BY,
        at=at,
    )
    schemes.add_rule(call, "age", minimum=18, maximum=35, by=BY, at=at)
    schemes.add_rule(call, "education", minimum=3, by=BY, at=at)
    for criterion, weight, scale in CRITERIA:
        facts = {"code": criterion, "title": criterion, "weight": weight, "scale": scale}
        schemes.add_criterion(call, **facts, by=BY, at=at)
    calls.open_up(call, by=BY, at=at)
    calls.close(call, seed="benchmark", by=BY, at=at)
    return calls.move(call, "screening", by=BY, at=at)


def _fill(call, size: int) -> None:
    random = Random(7)  # noqa: S311 - to repeat it
    persons = Person.objects.bulk_create(
        [_person(call, number, random) for number in range(size)], batch_size=1000
    )
    made = Application.objects.bulk_create(
        [
            Application(
                call=call,
                person=person,
                centre_id=call.centre_id,
                reference=person.reference,
                source="list",
                submitted_at=call.opens_at + timedelta(seconds=number % 100),
                education=random.randint(2, 6),
                state="assessed",
            )
            for number, person in enumerate(persons)
        ],
        batch_size=1000,
    )
    criteria = list(call.criteria.order_by("position"))
    Score.objects.bulk_create(
        (
            Score(
                call=call,
                application=one,
                criterion=criterion,
                centre_id=call.centre_id,
                value=random.randint(0, criterion.scale),
                scorer=scorer,
                scored_by=f"Scorer {scorer}",
                scored_at=call.opens_at,
            )
            for one in made
            for criterion in criteria
            for scorer in (1, 2)
        ),
        batch_size=5000,
    )


def _person(call, number: int, random: Random) -> Person:
    year = random.randint(1988, 2007)
    return Person(
        centre_id=call.centre_id,
        reference=f"{call.code}-{number:05}",
        given_name=f"Given {number}",
        family_name=f"Family {number}",
        birth_date=f"{year}-05-17",
        birth_year=year,
        sex=random.choice(("female", "male")),
        country_id="XK",
        region=random.choice(("Prishtinë", "Pejë", "Prizren", "Mitrovicë")),
    )


def _page(call) -> list:
    return list(queries.applications(call).order_by("-total", "id")[:25])


def _queries(call) -> int:
    with CaptureQueriesContext(connection) as captured:
        _page(call)
        queries.disaggregated(call)
    return len(captured)


def _timed(run) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started
