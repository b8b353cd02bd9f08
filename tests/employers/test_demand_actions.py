"""Demand is stated, changed and ended by its employer or by staff, and only if it is sound."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.models import Occupation
from employers.actions import demand as demands
from employers.models import Demand, DemandLanguage, DemandSkill
from gsp.tenancy.scope import scope
from gsp.workflow import NotAllowed, Refused, Stale
from matching.actions import nights
from partnerships.models import Organisation, Participation
from partnerships.roles import System
from partnerships.states import PartnershipState
from tests import builders as a
from tests.employers.stating import BRICKLAYER, LAY_BRICKS, NOW, bricklayer, euro, facts

CLOCK = System("night run")


def state(cast, **changes):
    return demands.state(cast.employer, by=cast.recruiter, at=NOW, **facts(**changes))


def refusal(cast, **changes):
    """Refuse, leave nothing behind, and return the refusal."""
    a.skill("stack test bricks")
    with cast.scope(cast.recruiter), pytest.raises(Refused) as caught:
        state(cast, **changes)
    with cast.scope():
        assert Demand.objects.count() == 0
        assert DemandSkill.objects.count() == 0
    return caught.value


def test_state_keeps_every_fact(cast):
    euro()
    a.skill("stack test bricks"), a.skill("mix test mortar")
    with cast.scope(cast.recruiter):
        made = state(
            cast,
            reference="R-1",
            region="Bavaria",
            stage="signed",
            minimum_age=20,
            wage=Decimal("2600.00"),
            currency="EUR",
            wage_period="month",
            skills=[
                {"skill": LAY_BRICKS, "relation": "essential", "minimum_level": 3},
                {"skill": "Mix Test Mortar", "relation": "optional"},
            ],
            languages=[{"language": "de", "level": "B1"}],
        )
        kept = Demand.objects.get()
        assert kept == made
        assert (kept.partnership, kept.employer) == (cast.partnership, cast.employer)
        assert (kept.occupation.code, kept.country_id, kept.region) == ("7112", "DE", "Bavaria")
        assert (kept.openings, kept.term, kept.stage, kept.state) == (4, "short", "signed", "open")
        assert (kept.starts_from, kept.starts_until) == (date(2098, 1, 1), date(2098, 6, 30))
        assert (kept.reference, kept.minimum_age) == ("R-1", 20)
        assert (kept.wage, kept.currency_id, kept.wage_period) == (Decimal(2600), "EUR", "month")
        skills = kept.skills.order_by("id").values_list(
            "skill__title", "relation", "minimum_level", "employer_id"
        )
        assert list(skills) == [
            ("stack test bricks", "essential", 3, cast.employer.pk),
            ("mix test mortar", "optional", 1, cast.employer.pk),
        ]
        assert list(kept.languages.values_list("language_id", "level")) == [("de", "B1")]


def test_staff_states_for_an_employer(cast):
    with cast.scope():
        made = demands.state(cast.employer, by=cast.officer, at=NOW, **facts())
        assert Demand.objects.get() == made
        assert made.employer == cast.employer


def test_occupation_may_be_an_esco_uri_code_or_title(cast):
    occupation = bricklayer()
    with cast.scope(cast.recruiter):
        for name in (BRICKLAYER, "7112.99", "Test Mason"):
            assert state(cast, occupation=name).occupation == occupation


def test_country_may_be_an_origin(cast):
    with cast.scope(cast.recruiter):
        assert state(cast, country="XK").country_id == "XK"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"occupation": "9999"}, "occupation", "unknown_occupation"),
        ({"occupation": "711"}, "occupation", "occupation_too_wide"),
        ({"occupation": "http://example.org/x"}, "occupation", "unknown_occupation"),
        ({"country": "QQ"}, "country", "unknown_country"),
        ({"partnership": "nowhere"}, "partnership", "unknown_partnership"),
        ({"openings": 0}, "openings", "no_openings"),
        ({"openings": -3}, "openings", "no_openings"),
        ({"term": "someday"}, "term", "unknown_choice"),
        ({"stage": "perhaps"}, "stage", "unknown_choice"),
        ({"minimum_age": 9}, "minimum_age", "impossible_age"),
        ({"starts_until": date(2097, 12, 31)}, "starts_until", "window_reversed"),
        (
            {"starts_from": date(2026, 1, 1), "starts_until": date(2026, 11, 21)},
            "starts_until",
            "window_past",
        ),
        ({"wage": Decimal(10)}, "wage", "wage_incomplete"),
        ({"wage_period": "hour"}, "wage", "wage_incomplete"),
        ({"currency": "QQQ"}, "currency", "unknown_currency"),
        (
            {"languages": [{"language": "de", "level": "D1"}]},
            "languages/0/level",
            "unknown_choice",
        ),
        (
            {"languages": [{"language": "qq", "level": "B1"}]},
            "languages/0/language",
            "unknown_language",
        ),
        ({"skills": [{"skill": "juggle"}]}, "skills/0/skill", "unknown_skill"),
        (
            {"skills": [{"skill": "stack test bricks", "minimum_level": 7}]},
            "skills/0/minimum_level",
            "unknown_choice",
        ),
        (
            {"skills": [{"skill": "stack test bricks"}, {"skill": LAY_BRICKS}]},
            "skills/1/skill",
            "listed_twice",
        ),
        ({"skills_from_occupation": True}, "skills_from_occupation", "occupation_without_skills"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_fact_is_refused_and_nothing_is_written(cast, changes, field, code):
    caught = refusal(cast, **changes)
    assert (caught.field, caught.code) == (field, code)


def test_negative_wage_is_refused(cast):
    euro()
    caught = refusal(cast, wage=Decimal(-5), currency="EUR", wage_period="hour")
    assert (caught.field, caught.code) == ("wage", "wage_not_positive")


def test_obsolete_occupation_is_refused(cast):
    from catalogue.models import Release

    release = Release.objects.create(
        classification="ESCO", version="9", imported_at=NOW, source="test"
    )
    bricklayer()
    Occupation.objects.filter(uri=BRICKLAYER).update(obsolete_since=release)
    caught = refusal(cast, occupation=BRICKLAYER)
    assert (caught.field, caught.code) == ("occupation", "obsolete_occupation")


def test_country_outside_the_partnership_is_refused_with_the_countries_inside(cast):
    from catalogue.models import Country

    Country.objects.get_or_create(alpha2="FR", defaults={"alpha3": "FRA", "name": "France"})
    caught = refusal(cast, country="FR")
    assert caught.field == "country"
    assert caught.message == "“Builders” joins Germany (DE), Kosovo (XK). Choose one of them."


def test_employer_outside_the_partnership_is_refused(cast):
    with cast.scope(), pytest.raises(Refused) as caught:
        demands.state(cast.rival_employer, by=cast.officer, at=NOW, **facts())
    assert caught.value.code == "takes_no_part"
    with cast.scope(cast.rival_recruiter), pytest.raises(Refused) as caught:
        demands.state(cast.rival_employer, by=cast.rival_recruiter, at=NOW, **facts())
    assert caught.value.code == "unknown_partnership"
    with cast.scope():
        assert Demand.objects.count() == 0


def test_suspended_partnership_takes_no_demand(cast):
    with cast.scope():
        type(cast.partnership).objects.update(state=PartnershipState.SUSPENDED)
    assert refusal(cast).code == "partnership_at_rest"


def test_centre_states_no_demand(cast):
    with cast.scope(), pytest.raises(Refused) as caught:
        demands.state(cast.centre, by=cast.officer, at=NOW, **facts())
    assert caught.value.code == "not_an_employer"


def test_unverified_employer_stays_at_expressed(cast):
    with cast.scope():
        Organisation.objects.filter(pk=cast.employer.pk).update(verified_on=None)
        cast.employer.refresh_from_db()
    caught = refusal(cast, stage="signed")
    assert (caught.field, caught.code) == ("stage", "employer_not_verified")
    assert "not verified yet" in caught.message
    with cast.scope(cast.recruiter):
        assert state(cast).stage == "expressed"


def test_reference_is_taken_once_per_employer(cast):
    with cast.scope():
        Participation.objects.create(
            partnership=cast.partnership, organisation=cast.rival_employer, since=date(2026, 1, 1)
        )
    with cast.scope(cast.recruiter):
        state(cast, reference="R-1")
        with pytest.raises(Refused) as caught:
            state(cast, reference="R-1", openings=9)
        assert (caught.value.field, caught.value.code) == ("reference", "reference_taken")
        assert Demand.objects.get().openings == 4
    with cast.scope(cast.rival_recruiter):
        demands.state(
            cast.rival_employer, by=cast.rival_recruiter, at=NOW, **facts(reference="R-1")
        )
    with cast.scope():
        assert Demand.objects.filter(reference="R-1").count() == 2


def test_skills_of_the_occupation_are_added_to_those_named(cast):
    bricklayer(essential=["stack test bricks", "mix test mortar"], optional=["read test plans"])
    with cast.scope(cast.recruiter):
        made = state(
            cast,
            occupation=BRICKLAYER,
            skills=[{"skill": "stack test bricks", "relation": "optional", "minimum_level": 4}],
            skills_from_occupation=True,
        )
        assert set(made.skills.values_list("skill__title", "relation", "minimum_level")) == {
            ("stack test bricks", "optional", 4),
            ("mix test mortar", "essential", 1),
        }


def test_rival_and_auditor_and_outsider_may_not_state(cast):
    for member in (cast.rival_recruiter, cast.auditor, cast.coordinator):
        with cast.scope(), pytest.raises(NotAllowed):
            demands.state(cast.employer, by=member, at=NOW, **facts())
    with cast.scope():
        assert Demand.objects.count() == 0


def test_change_touches_what_is_named_and_replaces_lists(cast):
    a.skill("stack test bricks"), a.skill("mix test mortar")
    with cast.scope(cast.recruiter):
        made = state(
            cast,
            skills=[{"skill": "stack test bricks"}],
            languages=[{"language": "de", "level": "A2"}],
        )
        changed = demands.change(
            made, by=cast.recruiter, at=NOW, openings=7, skills=[{"skill": "mix test mortar"}]
        )
        assert (changed.openings, changed.term, changed.country_id) == (7, "short", "DE")
        assert list(changed.skills.values_list("skill__title")) == [("mix test mortar",)]
        assert list(DemandLanguage.objects.values_list("level")) == [("A2",)]


def test_bad_change_leaves_the_demand_as_it_was(cast):
    a.skill("stack test bricks")
    with cast.scope(cast.recruiter):
        made = state(cast, skills=[{"skill": "stack test bricks"}])
        with pytest.raises(Refused):
            demands.change(
                made, by=cast.recruiter, at=NOW, openings=9, skills=[{"skill": "juggle"}]
            )
        kept = Demand.objects.get()
        assert kept.openings == 4
        assert list(kept.skills.values_list("skill__title")) == [("stack test bricks",)]


def test_withdrawal_needs_a_reason(cast):
    with cast.scope(cast.recruiter):
        made = state(cast)
        with pytest.raises(Refused) as caught:
            demands.withdraw(made, reason="  ", by=cast.recruiter, at=NOW)
        assert (caught.value.field, caught.value.code) == ("withdrawal_reason", "required")
        assert Demand.objects.get().state == "open"
        demands.withdraw(made, reason="Order lost", by=cast.recruiter, at=NOW)
        kept = Demand.objects.get()
        assert (kept.state, kept.withdrawal_reason) == ("withdrawn", "Order lost")
        assert (kept.state_changed_at, kept.updated_at) == (NOW, NOW)


def test_ended_demand_is_not_changed(cast):
    with cast.scope(cast.recruiter):
        made = demands.fill(state(cast), by=cast.recruiter, at=NOW)
        with pytest.raises(Refused) as caught:
            demands.change(made, by=cast.recruiter, at=NOW, openings=9)
        assert caught.value.code == "demand_closed"
        with pytest.raises(Refused, match="cannot become"):
            demands.withdraw(made, reason="Too late", by=cast.recruiter, at=NOW)
        kept = Demand.objects.get()
        assert (kept.state, kept.openings) == ("filled", 4)


def test_of_two_clicks_one_wins(cast):
    with cast.scope(cast.recruiter):
        first = state(cast)
        second = Demand.objects.get()
        demands.fill(first, by=cast.recruiter, at=NOW)
        with pytest.raises(Stale):
            demands.withdraw(second, reason="Late", by=cast.recruiter, at=NOW)
        assert Demand.objects.get().state == "filled"


def test_rival_ends_nothing(cast):
    with cast.scope(cast.recruiter):
        made = state(cast)
    for verb in (demands.fill, demands.reopen):
        with cast.scope(), pytest.raises(NotAllowed):
            verb(made, by=cast.rival_recruiter, at=NOW)
    with cast.scope():
        assert Demand.objects.get().state == "open"


def test_expiry_ends_what_is_over_and_nothing_else(cast):
    with cast.scope():
        over = a.demand(cast.employer, cast.partnership, starts_until=date(2026, 12, 31))
        last_day = a.demand(cast.employer, cast.partnership, starts_until=date(2027, 1, 1))
        assert demands.expire_ended(date(2027, 1, 1), by=CLOCK, at=NOW) == 1
        assert demands.expire_ended(date(2027, 1, 1), by=CLOCK, at=NOW) == 0
        over.refresh_from_db(), last_day.refresh_from_db()
        assert (over.state, last_day.state) == ("expired", "open")


def test_night_begins_with_the_expiry(cast):
    with cast.scope():
        a.demand(cast.employer, cast.partnership, starts_until=date(2026, 12, 31))
        assert nights.order(date(2027, 1, 1)) == 1
        assert Demand.objects.get().state == "expired"


def test_expiry_stays_in_its_agency(cast):
    with cast.scope():
        a.demand(cast.employer, cast.partnership)
    with scope(cast.south):
        assert demands.expire_ended(date(2090, 1, 1), by=CLOCK, at=NOW) == 0
    with cast.scope():
        assert Demand.objects.get().state == "open"


def test_expired_demand_opens_again_with_a_new_window(cast):
    with cast.scope():
        made = a.demand(cast.employer, cast.partnership, starts_until=date(2026, 12, 1))
        demands.expire_ended(date(2026, 12, 2), by=CLOCK, at=NOW)
        made.refresh_from_db()
        later = NOW.replace(year=2027)
        with pytest.raises(Refused) as caught:
            demands.reopen(made, by=cast.recruiter, at=later)
        assert caught.value.code == "window_past"
        made = demands.change(made, by=cast.recruiter, at=later, starts_until=date(2098, 1, 1))
        assert made.state == "expired"
        assert demands.reopen(made, by=cast.recruiter, at=later).state == "open"
