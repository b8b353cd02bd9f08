"""Every route names its permission, and is closed to those it is not meant for."""

import re
from itertools import cycle
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from credentials.actions.credentials import issue
from gsp.uploads.models import Upload
from gsp.uploads.states import UploadState
from matching.actions import runs
from matching.models import Proposal, Run
from partnerships.models import Partnership
from partnerships.roles import PERMISSIONS, Permission, Role, System
from privacy.actions import requests
from tests import builders as a
from tests.cases.world import a_case
from tests.contracts.routes import METHODS, Route, routes
from tests.learning.classroom import a_class
from tests.selection.calling import a_call, apply
from trainees.duplicates.decide import keep_apart
from workforce.models import Figure

ROUTES = routes()
AT_DESK = [route for route in ROUTES if route.at_desk]
NOWHERE = "01900000-0000-7000-8000-000000000000"

# Addresses outside any desk, and who may open them.
OPEN = (
    "public/",
    "account/",
    "identity/",
    ".well-known/",
    "health/",
    "language/",
    "theme/",
    "admin/",
    "static/",
)
FOR_ANYBODY_SIGNED_IN = {"", "gallery/"}
DOCUMENTATION = ("api/v1/schema", "api/v1/docs")


# Parts of addresses that are no identifier of a row.
WORDS = {
    "label": "trainees.person",
    "verb": "withdraw",
    "record_type": "uploads",
    "purpose": "research",
}


def label(route: Route) -> str:
    return route.path or "/"


@pytest.fixture
def world(cast):
    """One row of everything that has an address of its own, none of it the rivals'."""
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        lay = a.skill("lay bricks")
        person = a.person(cast.centre, "T-1")
        enrolment = a.enrolment(person, cast.cohort, "away", [lay])
        demand = a.demand(cast.employer, cast.partnership, skills=[lay], reference="REF-1")
        figure = a.figure(cast.service)
        runs.run(cast.partnership, as_of=a.TODAY, by=System("night"), at=timezone.now())
        upload = Upload.objects.create(
            organisation=cast.centre,
            kind="cohort",
            subject=cast.cohort.uid,
            file_name="cohort.csv",
            sha256="0" * 64,
            state=UploadState.APPLIED,
            sent_by="Ada",
            received_at=timezone.now(),
        )
        call = a_call(cast)
        journey = a.journey(enrolment)
        return {
            "calls": call,
            "applications": apply(call, given_name="Besa"),
            **a_case(cast, person),
            **a_class(cast.cohort, enrolment),
            "partnerships": cast.partnership,
            "organisations": cast.centre,
            "members": cast.coordinator,
            "courses": cast.cohort.course,
            "cohorts": cast.cohort,
            "trainees": person,
            "enrolments": enrolment,
            "journeys": journey,
            "follow-ups": journey.follow_ups.first(),
            "uploads": upload,
            "duplicates": keep_apart(
                person, a.person(cast.centre), by=System("night"), at=timezone.now()
            ),
            "demand": demand,
            "workforce-figures": figure,
            "proposals": Proposal.objects.get(),
            "runs": Run.objects.get(),
            "gaps": Run.objects.get().gaps.first(),
            "credentials": issue(enrolment, by=System("night"), at=timezone.now()),
            "data-requests": requests.ask(person, "erase", text="", at=timezone.now()),
        }


def address(route: Route, world, *, agency: str, desk: str) -> str:
    """The route at a desk, naming the row of the world that its first part asks for."""
    own = route.path.split("{desk}/", 1)[1]
    row = world.get(own.split("/", 1)[0])
    uid = str(row.uid) if row is not None else NOWHERE
    names = {name: WORDS.get(name, uid) for name in re.findall(r"{(\w+)}", own)}
    return route.fill(agency=agency, desk=desk, **names)


def test_there_are_routes():
    assert len(AT_DESK) >= 60


@pytest.mark.parametrize("route", AT_DESK, ids=label)
def test_every_method_names_a_permission(route):
    for method in route.methods:
        assert route.permission(method) in Permission.values, method


@pytest.mark.parametrize("route", [r for r in ROUTES if not r.at_desk], ids=label)
def test_address_outside_a_desk_is_known(route):
    known = (
        route.path in FOR_ANYBODY_SIGNED_IN
        or route.path.startswith((*OPEN, *DOCUMENTATION))
        or route.path == "api/{rest}"
    )
    assert known, "say in this test who may open it"


def test_permission_table_of_the_documentation_is_true():
    written = Path(settings.BASE_DIR / "docs" / "permissions.md").read_text()
    assert written == permission_table(), "run: python -m tests.contracts.permission_table"


def permission_table() -> str:
    """The permission matrix as Markdown: roles, then routes."""
    roles = list(Role)
    lines = [
        "# Who may do what",
        "",
        "Made from `partnerships/roles.py` and the URL configuration; a test keeps it true. "
        "A permission says what; which rows it reaches is said by each model's `audience`.",
        "",
        "| Permission | " + " | ".join(str(role.label) for role in roles) + " |",
        "|---|" + "---|" * len(roles),
    ]
    for permission in Permission:
        held = ["yes" if permission in PERMISSIONS[role] else "" for role in roles]
        lines.append(f"| {permission.label} | " + " | ".join(held) + " |")
    lines += ["", "| Address | Method | Needs |", "|---|---|---|"]
    for route in AT_DESK:
        short = route.path.replace("{agency}/{desk}", "…")
        for method in route.methods:
            lines.append(
                f"| `/{short}` | {method} | {Permission(route.permission(method)).label} |"
            )
    return "\n".join(lines) + "\n"


def test_outsider_meets_nothing_on_any_route(client, cast, world):
    client.force_login(cast.outsider.user)
    # The wall stands before the view: each address is tried at one desk, each desk by a third.
    for route, desk in zip(AT_DESK, cycle(["agency", "skenderaj", "bau"]), strict=False):
        target = address(route, world, agency="north", desk=desk)
        for method in METHODS:
            assert client.generic(method, target).status_code == 404, (method, target)


def test_nobody_signed_in_is_sent_to_sign_in(client, cast, world):
    for route in AT_DESK:
        target = address(route, world, agency="north", desk="agency")
        answer = client.get(target)
        assert answer.status_code == (401 if route.is_api else 302), target
        if route.is_api:
            assert answer["WWW-Authenticate"].startswith("Bearer"), target


@pytest.mark.parametrize("rival", ["rival_recruiter", "rival_coordinator"])
def test_rival_organisation_reaches_no_row_of_another(client, cast, world, rival):
    member = getattr(cast, rival)
    client.force_login(member.user)
    with cast.scope():
        desk = member.organisation.slug
    for route in AT_DESK:
        if route.path.endswith("{desk}/"):
            continue
        target = address(route, world, agency="north", desk=desk)
        for method in METHODS:
            answer = client.generic(method, target, content_type="application/json")
            if "{" in route.path.split("{desk}/", 1)[1]:
                assert answer.status_code in (404, 405), (method, target)
            elif answer.status_code == 200:
                text = answer.content.decode(errors="replace")
                shown = [key for key, row in world.items() if str(row.uid) in text]
                assert shown == [], target
                assert "Krasniqi" not in text, target
            else:
                assert answer.status_code in (302, 400, 403, 404, 405, 415, 422), (method, target)
    with cast.scope():
        assert Figure.objects.count() == 1
        assert Proposal.objects.get().state == "proposed"


@pytest.mark.parametrize("role", ["coordinator", "recruiter", "analyst"])
def test_organisation_meets_404_where_its_role_has_no_business(client, cast, world, role):
    member = getattr(cast, role)
    client.force_login(member.user)
    with cast.scope():
        desk = member.organisation.slug
    for route in AT_DESK:
        for method in route.methods:
            if not member.may(route.permission(method)):
                target = address(route, world, agency="north", desk=desk)
                assert client.generic(method, target).status_code == 404, (method, target)
