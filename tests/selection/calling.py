"""Calls and applications for the tests; name only what the test is about."""

from datetime import UTC, date, datetime, timedelta

from partnerships.roles import System
from selection.actions import applications, calls, schemes, scores
from selection.actions.applications import Applicant
from selection.models import Application, Call

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SEED = "5eed"
BY = System("test")


def a_call(cast, *, rules=(), criteria=(("letter", 1, 10),), open_now=True, **fields) -> Call:
    """A call of the cast's cohort with criteria ``(code, weight, scale)``, open unless said."""
    facts = {
        "code": "bricks-27",
        "opens_at": AT - timedelta(days=10),
        "closes_at": AT + timedelta(days=10),
        "places": 2,
        "title": "Learn bricklaying",
        "text": "Two years, then work.",
        **fields,
    }
    call = calls.plan(cast.cohort, by=BY, at=AT, **facts)
    for kind, given in rules:
        schemes.add_rule(call, kind, by=BY, at=AT, **given)
    for code, weight, scale in criteria:
        schemes.add_criterion(
            call, code=code, title=code.title(), weight=weight, scale=scale, by=BY, at=AT
        )
    return calls.open_up(call, by=BY, at=AT) if open_now else call


def applicant(number=1, **facts) -> Applicant:
    facts = {
        "given_name": f"Arta{number}",
        "family_name": "Krasniqi",
        "birth_date": date(2000, 5, 17),
        "sex": "female",
        "country": "XK",
        "email": f"arta{number}@example.org",
        **facts,
    }
    return Applicant(**facts)


def apply(call, number=1, *, at=AT, **facts) -> Application:
    return applications.enter(call, applicant(number, **facts), by=BY, at=at)


def score(application, *values, by=BY, at=AT) -> Application:
    """Give points in the order of the criteria."""
    criteria = application.call.criteria.order_by("position")
    points = dict(zip(criteria, values, strict=True))
    return scores.record(application, points, by=by, at=at)


def to_screening(call) -> Call:
    call = calls.close(call, seed=SEED, by=BY, at=AT)
    return calls.move(call, "screening", by=BY, at=AT)


def states(call) -> dict[str, str]:
    """Reference without the call's code → state."""
    rows = call.applications.order_by("id").values_list("reference", "state")
    return {reference.rsplit("-", 1)[1]: state for reference, state in rows}
