"""Gaps, proposals and runs in the browser and over the API."""

import pytest
from django.utils import timezone

from matching import words
from matching.actions import runs
from matching.models import Proposal, Run
from partnerships.roles import System
from tests import builders as a

PAGE = "/desk/north/{}/{}"
API = "/api/v1/north/{}/{}"


@pytest.fixture
def proposal(cast):
    with cast.scope():
        lay = a.skill("lay bricks")
        a.enrolment(a.person(cast.centre, "T-1"), cast.cohort, "away", [lay])
        a.enrolment(a.person(cast.centre, "T-2"), cast.cohort, "home", [lay])
        a.demand(cast.employer, cast.partnership, openings=3, skills=[lay, a.skill("read plans")])
        runs.run(cast.partnership, as_of=a.TODAY, by=System("night"), at=timezone.now())
        return Proposal.objects.get()


def test_officer_reads_gap_proposal_and_run(client, cast, proposal):
    client.force_login(cast.officer.user)
    gaps = client.get(PAGE.format("agency", "gaps/"))
    assert gaps.status_code == 200
    assert "7112" in gaps.text
    assert "<svg" in gaps.text
    listed = client.get(PAGE.format("agency", "proposals/"))
    assert "T-1" in listed.text
    assert "50%" in listed.text
    page = client.get(PAGE.format("agency", f"proposals/{proposal.uid}/"))
    assert "Lay bricks" in page.text
    assert "Read plans" in page.text
    with cast.scope():
        run = Run.objects.get()
    left = client.get(PAGE.format("agency", f"runs/{run.uid}/"))
    assert "T-2" in left.text
    openings = client.get(PAGE.format("agency", f"runs/{run.uid}/?side=openings"))
    assert "T-1" in openings.text
    assert "No opening in this occupation and country" in left.text


def test_employer_sees_the_proposal_but_not_who_it_is(client, cast, proposal):
    client.force_login(cast.recruiter.user)
    for address in ("proposals/", f"proposals/{proposal.uid}/"):
        page = client.get(PAGE.format("bau", address))
        assert page.status_code == 200
        assert "T-1" not in page.text
        assert "Krasniqi" not in page.text
    assert client.get(PAGE.format("bau", "gaps/")).status_code == 404
    data = client.get(API.format("bau", "proposals")).json()
    assert [row["uid"] for row in data["results"]] == [str(proposal.uid)]
    assert data["results"][0]["trainee"] is None
    lay, plans = a.skill("lay bricks"), a.skill("read plans")
    assert data["results"][0]["skills_met"] == [{"uri": lay.uri, "title": "lay bricks"}]
    assert data["results"][0]["skills_missing"] == [
        {"uri": plans.uri, "title": "read plans", "why": "essential"}
    ]


def test_centre_sees_its_trainees_proposal(client, cast, proposal):
    client.force_login(cast.coordinator.user)
    assert "T-1" in client.get(PAGE.format("skenderaj", "proposals/")).text


def test_rival_and_outsider_meet_nothing(client, cast, proposal):
    client.force_login(cast.rival_recruiter.user)
    assert client.get(PAGE.format("rival-bau", f"proposals/{proposal.uid}/")).status_code == 404
    assert client.get(API.format("rival-bau", f"proposals/{proposal.uid}")).status_code == 404
    assert client.get(PAGE.format("bau", "proposals/")).status_code == 404
    client.force_login(cast.outsider.user)
    assert client.get(PAGE.format("agency", "proposals/")).status_code == 404
    assert client.get(API.format("agency", "proposals")).status_code == 404


def test_employer_accepts_in_the_browser(client, cast, proposal):
    client.force_login(cast.recruiter.user)
    answer = client.post(
        PAGE.format("bau", f"proposals/{proposal.uid}/answer/"), {"answer": "accept"}, follow=True
    )
    assert "held for each other" in answer.text
    with cast.scope():
        assert Proposal.objects.get().state == "accepted"


def test_declining_without_a_reason_is_refused(client, cast, proposal):
    client.force_login(cast.recruiter.user)
    answer = client.post(
        PAGE.format("bau", f"proposals/{proposal.uid}/answer/"), {"answer": "decline"}, follow=True
    )
    assert "Fill in" in answer.text
    with cast.scope():
        assert Proposal.objects.get().state == "proposed"


def test_auditor_cannot_answer(client, cast, proposal):
    client.force_login(cast.auditor.user)
    answer = client.post(
        PAGE.format("agency", f"proposals/{proposal.uid}/answer/"), {"answer": "accept"}
    )
    assert answer.status_code == 403
    with cast.scope():
        assert Proposal.objects.get().state == "proposed"


def test_api_declines_with_a_reason(client, cast, proposal):
    client.force_login(cast.recruiter.user)
    address = API.format("bau", f"proposals/{proposal.uid}/decline")
    bad = client.post(address, {}, content_type="application/json")
    assert (bad.status_code, bad["Content-Type"]) == (400, "application/problem+json")
    assert bad.json()["errors"][0]["pointer"] == "#/reason"
    good = client.post(address, {"reason": "Too far"}, content_type="application/json")
    assert good.json()["state"] == "declined"
    again = client.post(address, {"reason": "Too far"}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (422, "no_such_move")


def test_run_now_orders_a_run(client, cast, proposal, django_capture_on_commit_callbacks):
    from gsp.background.models import Job

    client.force_login(cast.officer.user)
    answer = client.post(PAGE.format("agency", "runs/"), follow=True)
    assert "1 run is ordered" in answer.text
    with cast.scope():
        job = Job.objects.get()
        assert job.action == "matching.actions.nights.run_partnership"
        assert job.arguments["partnership_id"] == cast.partnership.pk


def test_missing_figures_are_named_in_words():
    assert words.not_sent(["vacancies", "assumed:qualified"]) == {
        "unsent": ["vacancies"],
        "assumed": ["share of the unemployed who qualify"],
    }


def test_a_condition_that_fails_is_said_as_a_failure():
    assert words.reason("gate:employer") == "The employer is not verified"
    assert words.shortfall({"gate": "age"}) == "Below the minimum age"
