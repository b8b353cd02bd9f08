"""A night through the database: what is proposed, what is not, and that it can be repeated."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from gsp.workflow import NotAllowed, Refused
from matching.actions import proposals, runs
from matching.intake.night import read_night
from matching.models import Gap, Proposal, Run, Unmatched
from partnerships.models import Partnership
from partnerships.roles import System
from tests import builders as a

NIGHT = System("night")
NOW = timezone.now()


def night(cast, as_of=a.TODAY, by=NIGHT):
    with cast.scope():
        return runs.run(cast.partnership, as_of=as_of, by=by, at=NOW)


@pytest.fixture
def bricks(cast):
    """One trainee on each track, one opening in each country."""
    lay, mix, plan = a.skill("lay bricks"), a.skill("mix mortar"), a.skill("read plans")
    with cast.scope():
        home = a.enrolment(a.person(cast.centre), cast.cohort, "home", [lay, mix])
        away = a.enrolment(
            a.person(cast.centre), cast.cohort, "away", [lay, mix], language=("de", "B1")
        )
        local = a.organisation("local-bau", "employer", "XK")
        at_home = a.demand(local, cast.partnership, "XK", skills=[lay])
        abroad = a.demand(
            cast.employer, cast.partnership, "DE", skills=[lay, plan], language=("de", "B1")
        )
    return home, away, at_home, abroad


def test_each_track_meets_its_country(cast, bricks):
    home, away, at_home, abroad = bricks
    found, is_new = night(cast)
    assert is_new
    with cast.scope():
        pairs = set(Proposal.objects.values_list("enrolment_id", "demand_id", "track", "score"))
        assert pairs == {
            (home.pk, at_home.pk, "home", 1000),
            (away.pk, abroad.pk, "away", 500),
        }
        assert (found.counts["home"], found.counts["away"], found.counts["new"]) == (1, 1, 2)
        assert not Unmatched.objects.exists()


def test_proposal_says_what_is_met_and_missing(cast, bricks):
    night(cast)
    with cast.scope():
        away = Proposal.objects.get(track="away")
        assert away.skills_met == [a.skill("lay bricks").pk]
        assert away.skills_missing == [{"skill": a.skill("read plans").pk, "why": "essential"}]
        assert away.skills_claimed == []
        assert "language" in away.gates
        assert away.facts["employer"] == "Bau"


def test_second_run_of_the_same_input_adds_nothing(cast, bricks):
    first, _ = night(cast)
    second, is_new = night(cast)
    assert (second, is_new) == (first, False)
    with cast.scope():
        assert Run.objects.count() == 1
        assert Proposal.objects.count() == 2
        assert Gap.objects.count() == 4


def test_next_day_keeps_the_proposals(cast, bricks):
    night(cast)
    second, is_new = night(cast, date(2026, 11, 23))
    assert is_new
    assert (second.counts["kept"], second.counts["new"], second.counts["lapsed"]) == (2, 0, 0)
    with cast.scope():
        assert Proposal.objects.count() == 2
        assert set(Proposal.objects.values_list("last_run_id", flat=True)) == {second.pk}


def test_proposal_lapses_when_its_demand_ends(cast, bricks):
    *_, abroad = bricks
    night(cast)
    with cast.scope():
        type(abroad).objects.filter(pk=abroad.pk).update(state="expired")
    found, _ = night(cast)
    assert found.counts["lapsed"] == 1
    with cast.scope():
        assert Proposal.objects.get(track="away").state == "lapsed"
        assert Unmatched.objects.get(enrolment__isnull=False).reason == "no_opening_in_occupation"


def test_home_floor_limits_those_who_leave(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=Decimal("0.750"))
        for _ in range(4):
            a.enrolment(a.person(cast.centre), cast.cohort, "away")
        a.demand(cast.employer, cast.partnership, openings=4)
    found, _ = night(cast)
    assert found.counts["away"] == 1
    with cast.scope():
        reasons = Unmatched.objects.filter(enrolment__isnull=False).values_list("reason", flat=True)
        assert list(reasons) == ["track_cap"] * 3


def test_away_trainee_without_the_language_is_told_so(cast):
    with cast.scope():
        a.enrolment(a.person(cast.centre), cast.cohort, "away", language=("de", "A2"))
        a.demand(cast.employer, cast.partnership, language=("de", "B1"))
    night(cast)
    with cast.scope():
        assert not Proposal.objects.exists()
        trainee = Unmatched.objects.get(enrolment__isnull=False)
        assert trainee.reason == "gate:language"
        assert trainee.nearest[0]["shortfalls"] == [
            {"gate": "language", "wanted": 3, "found": 2, "subject": "de"}
        ]


def test_trainee_without_consent_is_never_proposed(cast):
    with cast.scope():
        person = a.person(cast.centre, may_be_proposed=False)
        a.enrolment(person, cast.cohort, "away")
        a.demand(cast.employer, cast.partnership)
    night(cast)
    with cast.scope():
        assert not Proposal.objects.exists()
        assert Unmatched.objects.get(enrolment__isnull=False).reason == "no_consent"


def test_accepted_trainee_and_opening_are_left_alone(cast, bricks):
    _, away, _, abroad = bricks
    night(cast)
    with cast.scope(cast.recruiter):
        proposals.accept(Proposal.objects.get(demand=abroad), by=cast.recruiter, at=NOW)
    found, _ = night(cast)
    assert found.counts["away"] == 0
    with cast.scope():
        assert Proposal.objects.get(enrolment=away).state == "accepted"


def test_acceptance_taken_back_frees_trainee_and_opening_for_others(cast, bricks):
    _, away, _, abroad = bricks
    night(cast)
    with cast.scope(cast.recruiter):
        accepted = Proposal.objects.get(demand=abroad)
        proposals.accept(accepted, by=cast.recruiter, at=NOW)
        with pytest.raises(Refused):
            proposals.decline(accepted, reason=" ", by=cast.recruiter, at=NOW)
        assert Proposal.objects.get(pk=accepted.pk).state == "accepted"
        proposals.decline(accepted, reason="Visa refused", by=cast.recruiter, at=NOW)
    with cast.scope():
        second = a.demand(cast.employer, cast.partnership, language=("de", "B1"))
    night(cast)
    with cast.scope():
        standing = Proposal.objects.filter(enrolment=away).order_by("id")
        assert list(standing.values_list("demand_id", "state", "decline_reason")) == [
            (abroad.pk, "declined", "Visa refused"),
            (second.pk, "proposed", ""),
        ]


def test_declined_pair_is_not_proposed_again(cast, bricks):
    *_, abroad = bricks
    night(cast)
    with cast.scope(cast.recruiter):
        proposals.decline(
            Proposal.objects.get(demand=abroad), reason="Too far", by=cast.recruiter, at=NOW
        )
    found, _ = night(cast)
    assert found.counts["away"] == 0
    with cast.scope():
        assert Proposal.objects.filter(demand=abroad).count() == 1


def test_second_acceptance_of_one_opening_is_refused(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        for _ in range(2):
            a.enrolment(a.person(cast.centre), cast.cohort, "away")
        demand = a.demand(cast.employer, cast.partnership, openings=2)
    night(cast)
    with cast.scope():
        type(demand).objects.update(openings=1)
    with cast.scope(cast.recruiter):
        first, second = Proposal.objects.order_by("id")
        proposals.accept(first, by=cast.recruiter, at=NOW)
        with pytest.raises(Refused) as refusal:
            proposals.accept(second, by=cast.recruiter, at=NOW)
        assert refusal.value.code == "openings_taken"
        assert list(Proposal.objects.order_by("id").values_list("state", flat=True)) == [
            "accepted",
            "proposed",
        ]


def test_gap_of_a_hand_computed_example(cast):
    with cast.scope():
        a.figure(cast.service, "XK", unemployed=100, vacancies=50, graduates=10, employed=1000)
        a.demand(a.organisation("local-bau", "employer"), cast.partnership, "XK", openings=100)
        a.enrolment(
            a.person(cast.centre),
            cast.cohort,
            "home",
            state="in_training",
            certified_on=None,
        )
    night(cast)
    with cast.scope():
        gap = Gap.objects.get(country_id="XK", term="short")
        # 100 signed posts at 0.8; 100 unemployed x 0.5 x 0.8, 40 graduates a year x 0.7;
        # one trainee at 0.8
        assert (gap.demand, gap.supply, gap.pipeline) == (
            Decimal("80.00"),
            Decimal("68.00"),
            Decimal("0.80"),
        )
        assert gap.gap == Decimal("11.20")
        assert gap.tension == Decimal("0.500")


def test_run_needs_the_permission(cast, bricks):
    with pytest.raises(NotAllowed):
        night(cast, by=cast.auditor)
    with cast.scope():
        assert not Run.objects.exists()


def test_command_prints_each_partnership_and_repeats_without_adding(cast, bricks):
    lines = []
    for _ in range(2):
        out = io.StringIO()
        call_command("run_night", as_of="2026-11-22", stdout=out)
        lines.append(out.getvalue().splitlines())
    assert lines[0][0].startswith(
        "north/builders: 4 gaps, 2 proposals (1 home, 1 away; 2 new, 0 kept, 0 lapsed), "
    )
    assert lines[0][1:] == ["  unmatched trainees: none", "  unmatched openings: none"]
    assert lines[1] == ["north/builders: nothing new, run of 2026-11-22 stands"]


def test_command_expires_demand_whose_window_has_closed(cast, bricks):
    *_, abroad = bricks
    call_command("run_night", as_of="2027-07-01", stdout=io.StringIO())
    with cast.scope():
        abroad.refresh_from_db()
        assert abroad.state == "expired"


def test_command_refuses_a_day_that_is_none(db):
    with pytest.raises(CommandError, match="YYYY-MM-DD"):
        call_command("run_night", as_of="22.11.2026")


def test_reading_takes_a_constant_number_of_queries(cast, count_queries):
    def add(count):
        for _ in range(count):
            a.enrolment(
                a.person(cast.centre),
                cast.cohort,
                "away",
                [a.skill("lay bricks")],
                language=("de", "B1"),
            )
            a.demand(cast.employer, cast.partnership, skills=[a.skill("lay bricks")])

    with cast.scope():
        add(1)
        with_one = count_queries(lambda: read_night(cast.partnership, a.TODAY))
        add(2)
        assert count_queries(lambda: read_night(cast.partnership, a.TODAY)) == with_one
