"""Pages and API of leaving, transfers, journeys, follow-ups and deadlines: who may do what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.models import Partnership
from tests import builders as a
from trainees.actions import journeys
from trainees.models import Counselling, Enrolment, FollowUp, Journey, Notice
from training.models import Cohort

CENTRE = "/desk/north/skenderaj/"
API = "/api/v1/north/skenderaj/"


@pytest.fixture
def enrolment(cast):
    """Somebody in training and undecided; the window is open today and no floor stands."""
    today = timezone.localdate()
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        Cohort.objects.update(decision_opens_on=today - timedelta(days=9), decision_closes_on=today)
        cast.cohort.refresh_from_db()
        person = a.person(cast.centre, "A1")
        return Enrolment.objects.create(
            person=person,
            cohort=cast.cohort,
            centre=cast.centre,
            enrolled_on=today,
            state="in_training",
        )


@pytest.fixture
def home(cast, enrolment):
    """The search for work at home of somebody certified."""
    with cast.scope():
        Enrolment.objects.update(state="certified", certified_on=timezone.localdate())
        journeys.settle(Enrolment.objects.all(), by=cast.officer, at=timezone.now())
        return Journey.objects.select_related("person").get()


def test_decision_page_shows_what_is_open_and_why_the_rest_is_not(client, cast, enrolment):
    with cast.scope():
        Partnership.objects.update(home_floor=1, minimum_age=99)
    client.force_login(cast.coordinator.user)
    page = client.get(f"{CENTRE}enrolments/{enrolment.uid}/track/").text
    assert "What is open" in page
    assert "at most 0 may take the away track" in page
    assert "The away track is open from the age of 99" in page


def test_refusal_names_every_guard_at_once_over_the_api(client, cast, enrolment):
    with cast.scope():
        Partnership.objects.update(home_floor=1, away_language="de", away_level="B1")
    client.force_login(cast.coordinator.user)
    address = f"{API}enrolments/{enrolment.uid}"
    found = client.get(f"{address}/tracks").json()
    assert [guard["code"] for guard in found[1]["guards"]] == ["home_floor", "language"]
    sent = {"track": "away"}
    answer = client.post(f"{address}/track-decisions", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "several_guards")
    assert "Nobody has counselled this trainee yet." in answer.json()["detail"]
    sent = {"track": "home", "adviser": "Lena", "form": "video", "note": "long talk"}
    answer = client.post(f"{address}/track-decisions", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["track"]) == (201, "home")
    answer = client.post(f"{address}/track-decisions/undo", content_type="application/json")
    assert answer.json()["track"] == "undecided"


def test_counselling_is_recorded_and_the_decision_rests_on_it(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    today = timezone.localdate().isoformat()
    form = f"{CENTRE}enrolments/{enrolment.uid}/counsel/"
    facts = {"adviser": "Lena", "held_on": today, "form": "group", "note": "wants to see the sea"}
    assert client.post(form, facts).url == f"{CENTRE}enrolments/{enrolment.uid}/track/"
    client.post(f"{CENTRE}enrolments/{enrolment.uid}/track/", {"track": "away", "on": today})
    with cast.scope():
        decision = Enrolment.objects.get().track_decisions.get()
        assert (decision.track, decision.adviser) == ("away", "Lena")
        assert decision.counselling == Counselling.objects.get()


def test_leaving_asks_for_its_reason_and_return_is_one_form(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    leave = f"{CENTRE}enrolments/{enrolment.uid}/leave/?target=deferred"
    assert "This field is required." in client.post(leave, {}).text
    later = (timezone.localdate() + timedelta(days=90)).isoformat()
    client.post(leave, {"reason": "family", "returns_on": later})
    case = client.get(f"{CENTRE}trainees/{enrolment.person.uid}/").text
    assert "Plans to return on" in case
    assert "Take back" in case
    client.post(f"{CENTRE}enrolments/{enrolment.uid}/return/", {"keeps_track": "on"})
    with cast.scope():
        assert Enrolment.objects.get().state == "in_training"
    assert client.get(f"{CENTRE}enrolments/{enrolment.uid}/leave/?target=x").status_code == 404


def test_transfer_by_form(client, cast, enrolment):
    with cast.scope():
        goal = a.cohort(cast.partnership, cast.cohort.course, "C2", state="planned")
    client.force_login(cast.coordinator.user)
    form = f"{CENTRE}enrolments/{enrolment.uid}/transfer/"
    assert client.post(form, {"cohort": str(goal.uid), "keeps_track": "on"}).status_code == 302
    with cast.scope():
        states = Enrolment.objects.order_by("id").values_list("cohort__code", "state")
        assert list(states) == [("C1", "transferred"), ("C2", "enrolled")]


def test_cohort_page_says_what_is_missing_and_for_whom_it_waits(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    page = client.get(f"{CENTRE}cohorts/{cast.cohort.uid}/").text
    assert "1 trainee has no result yet." in page
    assert "waiting on" in page
    with cast.scope():
        Cohort.objects.update(state="planned")
        Partnership.objects.update(state="suspended")
    page = client.get(f"{CENTRE}cohorts/{cast.cohort.uid}/").text
    assert "it must be active." in page
    assert "The agency" in page


def test_journey_goes_on_by_its_form_and_shows_on_the_case(client, cast, home):
    client.force_login(cast.coordinator.user)
    page = client.get(f"{CENTRE}journeys/{home.uid}/").text
    assert "Looking for work at home" in page
    today = timezone.localdate().isoformat()
    move = f"{CENTRE}journeys/{home.uid}/move/?target=placed"
    facts = {"on": today, "placement_kind": "wage_job", "work_started_on": today}
    assert client.post(move, facts).url == f"{CENTRE}journeys/{home.uid}/"
    case = client.get(f"{CENTRE}trainees/{home.person.uid}/?tab=journey").text
    assert "In work at home" in case
    assert "12 months" in case
    listed = client.get(f"{CENTRE}journeys/?which=open&state=placed").text
    assert "A1" in listed
    assert "A1" not in client.get(f"{CENTRE}journeys/?which=overdue").text


def test_follow_up_is_recorded_by_its_form(client, cast, home):
    today = timezone.localdate()
    facts = {"work_started_on": today, "placement_kind": "study"}
    with cast.scope():
        journeys.move(home, "placed", by=cast.officer, at=timezone.now(), **facts)
        first = FollowUp.objects.get(months=3)
    client.force_login(cast.coordinator.user)
    assert "A1" in client.get(f"{CENTRE}follow-ups/").text
    form = f"{CENTRE}follow-ups/{first.uid}/"
    sent = {"status": "answered", "on": today.isoformat(), "note": "still studies"}
    assert client.post(form, sent).status_code == 302
    with cast.scope():
        assert FollowUp.objects.get(months=3).status == "answered"


def test_deadlines_are_listed(client, cast, enrolment):
    with cast.scope():
        a.notice(enrolment, Notice.Kind.UNDECIDED)
    client.force_login(cast.coordinator.user)
    page = client.get(f"{CENTRE}deadlines/?kind=undecided").text
    assert "Track choice closed, nothing decided" in page
    assert "A1" in page


def test_api_of_journeys_and_follow_ups(client, cast, home):
    client.force_login(cast.coordinator.user)
    shown = client.get(f"{API}journeys/{home.uid}").json()
    assert (shown["state"], len(shown["steps"])) == ("job_search", 1)
    sent = {"state": "placed", "placement_kind": "prior_employer"}
    done = client.post(f"{API}journeys/{home.uid}/moves", sent, content_type="application/json")
    assert done.json()["work_started_on"] == timezone.localdate().isoformat()
    rows = client.get(f"{API}follow-ups?track=home").json()["results"]
    assert sorted(row["months"] for row in rows) == [3, 6, 12]
    address = f"{API}follow-ups/{rows[0]['uid']}"
    answer = client.patch(address, {"status": "contacted"}, content_type="application/json")
    assert answer.json()["status"] == "contacted"


def test_api_moves_and_transfers(client, cast, enrolment):
    client.force_login(cast.coordinator.user)
    address = f"{API}enrolments/{enrolment.uid}"
    sent = {"state": "withdrawn"}
    answer = client.post(f"{address}/moves", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "reason_required")
    with cast.scope():
        goal = a.cohort(cast.partnership, cast.cohort.course, "C2", state="recruiting")
    sent = {"cohort": str(goal.uid)}
    answer = client.post(f"{address}/transfers", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (201, "enrolled")


@pytest.mark.parametrize("who", ["auditor", "analyst", "recruiter", "rival_coordinator"])
def test_others_record_no_step(client, cast, home, who):
    member = getattr(cast, who)
    client.force_login(member.user)
    desk = member.organisation.slug if member.organisation else "agency"
    address = f"/desk/north/{desk}/journeys/{home.uid}/move/?target=referred"
    assert client.post(address, {"on": "2026-11-22"}).status_code in (403, 404)
    with cast.scope():
        assert Journey.objects.get().state == "job_search"
