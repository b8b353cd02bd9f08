"""The first page of each role, and the page of a partnership."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from gsp.uploads.models import Upload
from matching.actions import runs
from matching.actions.nights import NIGHT
from reporting import queries
from tests import builders as a

TODAY = timezone.localdate()


def day(offset):
    return TODAY + timedelta(days=offset)


def words(answer) -> str:
    """Return the text of a page without tags, its white space folded."""
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def home(client, member) -> str:
    client.force_login(member.user)
    desk = member.organisation.slug if member.organisation else "agency"
    return words(client.get(f"/desk/north/{desk}/"))


@pytest.fixture
def busy(cast):
    """A night with one proposal on each track, an undecided trainee, and things that lapse."""
    with cast.scope():
        cohort = a.cohort(
            cast.partnership,
            cast.cohort.course,
            code="SOON",
            starts_on=day(-300),
            ends_on=day(60),
            decision_opens_on=day(-300),
            decision_closes_on=day(9),
        )
        home = a.enrolment(a.person(cast.centre, "T-1"), cohort, "home")
        away = a.enrolment(a.person(cast.centre, "T-2"), cohort, "away")
        a.enrolment(a.person(cast.centre, "T-3"), cohort, "undecided", state="in_training")
        for enrolment, expires in ((home, day(12)), (away, day(90))):
            enrolment.person.languages.create(
                centre=cast.centre,
                language_id="de",
                level="B1",
                tested_on=day(-700),
                expires_on=expires,
            )
        at_home = a.organisation("ndertimi", "employer")
        cast.partnership.participations.create(organisation=at_home, since=day(-10))
        window = {"starts_from": day(1), "starts_until": day(20)}
        a.demand(cast.employer, cast.partnership, reference="AWAY-1", openings=4, **window)
        a.demand(at_home, cast.partnership, "XK", reference="HOME-1", starts_until=day(200))
        a.figure(cast.service, year=day(-400).year, quarter=1)
        Upload.objects.create(
            organisation=cast.centre,
            kind="cohort",
            file_name="list.csv",
            state="refused",
            errors=[{}, {}],
            sent_by="x",
            received_at=timezone.now(),
        )
        runs.run(cast.partnership, as_of=TODAY, by=NIGHT, at=timezone.now())
    return cast


def test_officer_sees_what_waits(busy, client):
    text = home(client, busy.officer)
    assert "Open proposals 2 1 home, 1 away" in text
    assert "Undecided trainees 1 1 cohort closes its choice of track within 30 days" in text
    assert "Refused uploads 1" in text
    assert "Expiring languages 1" in text
    assert "Demand about to lapse 1" in text
    assert "Figures missing 1" in text
    assert "Builders" in text
    assert "2 proposals 1 home 1 away" in text


def test_director_sees_the_same_figures(busy, client):
    assert "Open proposals 2 1 home, 1 away" in home(client, busy.director)


def test_coordinator_sees_own_cohorts_uploads_and_undecided(busy, client):
    text = home(client, busy.coordinator)
    assert "Undecided trainees 1" in text
    assert "Your cohorts Cohorts Cohort Choice closes Undecided" in text
    assert "SOON Bricklaying" in text
    assert "1 / 1" in text
    assert "Uploads with errors Uploads with errors File Received Errors list.csv" in text
    assert "Language results Trainee Result Valid until T-1 German B1" in text


def test_recruiter_sees_own_demand_and_proposals_only(busy, client):
    text = home(client, busy.recruiter)
    assert "Open proposals 1 0 home, 1 away" in text
    assert "Trainees proposed to you" in text
    assert "AWAY-1" in text
    assert "HOME-1" not in text
    assert "T-2" not in text
    assert "Last night" not in text


def test_analyst_sees_the_quarters_that_are_missing(busy, client):
    text = home(client, busy.analyst)
    assert f"Kosovo Eark quarter 1 of {day(-400).year}" in text


def test_finance_officer_sees_partnerships(busy, client):
    with busy.scope():
        finance = a.membership("finance_officer")
    text = home(client, finance)
    assert "Builders G2G 1/2026" in text
    assert "Open proposals" not in text


def test_auditor_sees_the_latest_changes(busy, client):
    text = home(client, busy.auditor)
    assert "Latest changes Changes When Who What Record By way of" in text


def test_rival_sees_nothing_of_it(busy, client):
    text = home(client, busy.rival_recruiter)
    assert "Nothing waits for you" in text
    assert "In no partnership yet" in text
    assert "AWAY-1" not in text


def test_outsider_meets_404(busy, client):
    client.force_login(busy.outsider.user)
    for end in ("", f"partnerships/{busy.partnership.uid}/"):
        assert client.get(f"/desk/north/agency/{end}").status_code == 404


@pytest.mark.parametrize("who", ["officer", "coordinator", "recruiter", "auditor"])
def test_home_costs_the_same_for_one_and_three(busy, client, count_queries, who):
    member = getattr(busy, who)
    desk = member.organisation.slug if member.organisation else "agency"
    client.force_login(member.user)
    one = count_queries(lambda: client.get(f"/desk/north/{desk}/"))
    with busy.scope():
        for number in range(2):
            person = a.person(busy.centre, f"M-{number}")
            a.enrolment(person, busy.cohort, "undecided", state="in_training")
            a.demand(busy.employer, busy.partnership, starts_until=day(15), starts_from=day(1))
        second = a.partnership("second", participants=[busy.centre, busy.employer])
        runs.run(second, as_of=TODAY, by=NIGHT, at=timezone.now())
    assert count_queries(lambda: client.get(f"/desk/north/{desk}/")) == one


def test_newer_language_result_ends_the_warning(busy):
    with busy.scope():
        lapsing = queries.expiring_languages(TODAY)
        person = lapsing.get().person
        person.languages.create(
            centre=busy.centre, language_id="de", level="B1", tested_on=day(-5), expires_on=day(700)
        )
        assert list(lapsing.all()) == []


def test_partnership_page_for_staff(busy, client):
    client.force_login(busy.officer.user)
    text = words(client.get(f"/desk/north/agency/partnerships/{busy.partnership.uid}/"))
    assert "Kosovo to Germany" in text
    assert "Home seats 50 1 trainees on this track" in text
    assert "Home floor 50% 50% of those who have chosen" in text
    assert "Openings 5 Germany 4 · Kosovo 1" in text
    assert "G2G 1/2026" in text
    assert "SOON" in text


def test_partnership_page_shows_a_partner_only_its_own(busy, client):
    client.force_login(busy.recruiter.user)
    text = words(client.get(f"/desk/north/bau/partnerships/{busy.partnership.uid}/"))
    assert "Openings 4 Germany 4" in text
    assert "Ndertimi" not in text
    assert "Skenderaj" not in text
    assert "Change terms" not in text


def test_partnership_page_costs_the_same_for_more_rows(busy, client, count_queries):
    client.force_login(busy.officer.user)
    page = f"/desk/north/agency/partnerships/{busy.partnership.uid}/"
    one = count_queries(lambda: client.get(page))
    with busy.scope():
        for number in range(3):
            firm = a.organisation(f"firm-{number}", "employer")
            busy.partnership.participations.create(organisation=firm, since=day(-1))
            a.cohort(busy.partnership, busy.cohort.course, code=f"M{number}")
    assert count_queries(lambda: client.get(page)) == one
