from datetime import date

import pytest

from gsp.workflow import NotAllowed, Refused
from selection.actions import eligibility, schemes
from selection.engine.eligibility import Condition, Facts, age_on, failed
from selection.models import Application
from tests.selection.calling import AT, BY, a_call, applicant, apply
from trainees.models import CaseEvent, Person

ON = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("born_on", "age"),
    [(date(2008, 1, 1), 18), (date(2008, 1, 2), 17), (date(2008, 2, 29), 17)],
)
def test_age_counts_completed_years(born_on, age):
    assert age_on(born_on, ON) == age


@pytest.mark.parametrize(
    ("condition", "facts", "is_met"),
    [
        (("age", 18, 35), {"born_on": date(1990, 1, 2)}, True),
        (("age", 18, 35), {"born_on": date(1990, 1, 1)}, False),
        (("age", 18), {}, False),
        (("country", None, None, ("XK", "AL")), {"country": "AL"}, True),
        (("country", None, None, ("XK",)), {"country": "DE"}, False),
        (("region", None, None, ("Pejë ",)), {"region": "pejë"}, True),
        (("education", 3), {"education": 3}, True),
        (("education", 3), {"education": 2}, False),
        (("education", 3), {}, False),
        (("experience", None, 5), {"experience": 6}, False),
        (("language", None, None, ("de", "B1")), {"languages": {"de": "B2"}}, True),
        (("language", None, None, ("de", "B1")), {"languages": {"de": "A2"}}, False),
        (("language", None, None, ("de", "A1")), {"languages": {"fr": "C2"}}, False),
        (("employment", None, None, ("unemployed",)), {"employment": "unemployed"}, True),
    ],
)
def test_condition(condition, facts, is_met):
    kind, *asked = condition
    rule = Condition(kind, "reason", *asked)
    assert failed([rule], Facts(**facts), on=ON) == ([] if is_met else ["reason"])


RULES = [
    ("age", {"minimum": 18, "maximum": 35}),
    ("language", {"values": ["de", "A2"]}),
    ("education", {"minimum": 3}),
]


def test_application_is_judged_when_it_comes(cast):
    with cast.scope():
        call = a_call(cast, rules=RULES)
        good = apply(call, 1, education=4, languages={"de": "B1"})
        bad = apply(call, 2, education=2, birth_date=date(2010, 1, 1))
        assert (good.state, good.failed) == ("eligible", [])
        assert (bad.state, bad.failed) == ("ineligible", ["age", "language:de", "education"])


def test_all_are_judged_again_when_a_rule_comes_or_goes(cast):
    with cast.scope():
        call = a_call(cast)
        one, two = apply(call, 1, education=4), apply(call, 2, education=2)
        rule = schemes.add_rule(call, "education", minimum=3, by=BY, at=AT)
        one.refresh_from_db(), two.refresh_from_db()
        assert [(one.state, one.failed), (two.state, two.failed)] == [
            ("eligible", []),
            ("ineligible", ["education"]),
        ]
        schemes.drop_rule(rule, by=BY, at=AT)
        two.refresh_from_db()
        assert (two.state, two.failed) == ("eligible", [])


def test_named_person_decides_otherwise_and_takes_it_back(cast):
    with cast.scope():
        call = a_call(cast, rules=[("education", {"minimum": 3})])
        bad = apply(call, 1, education=2)
        eligibility.override(bad, True, reason="Ten years on site", by=cast.officer, at=AT)
        assert (bad.state, bad.failed) == ("eligible", ["education"])
        assert (bad.overridden_by, bad.override_reason) == (
            cast.officer.user.name,
            "Ten years on site",
        )
        eligibility.evaluate(call, by=BY, at=AT)
        bad.refresh_from_db()
        assert bad.state == "eligible"
        eligibility.override(bad, None, reason="Was a mistake", by=cast.officer, at=AT)
        assert bad.state == "ineligible"


@pytest.mark.parametrize(
    ("who", "reason", "error"),
    [
        ("officer", " ", Refused),
        ("auditor", "x", NotAllowed),
        ("rival_coordinator", "x", NotAllowed),
    ],
)
def test_override_needs_reason_and_right(cast, who, reason, error):
    with cast.scope():
        one = apply(a_call(cast), 1)
        with pytest.raises(error):
            eligibility.override(one, False, reason=reason, by=getattr(cast, who), at=AT)
        one.refresh_from_db()
        assert (one.state, one.overridden_to) == ("eligible", None)


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("age", {}, "bound_missing"),
        ("country", {}, "values_missing"),
        ("country", {"values": ["XX"]}, "unknown_value"),
        ("language", {"values": ["de", "B7"]}, "unknown_value"),
        ("age", {"minimum": 9, "maximum": 8}, "invalid"),
    ],
)
def test_unsound_rule_is_refused(cast, kind, given, code):
    with cast.scope():
        call = a_call(cast)
        with pytest.raises(Refused) as refusal:
            schemes.add_rule(call, kind, by=BY, at=AT, **given)
        assert refusal.value.code == code
        assert not call.rules.exists()


def test_same_document_or_same_contact_and_birthday_is_a_double(cast):
    with cast.scope():
        call = a_call(cast)
        first = apply(call, 1, document_number="P 123-456", phone="+383 44 123 456", email="")
        by_document = apply(call, 2, document_number="p123456", birth_date=date(1999, 1, 1))
        sister = apply(call, 3, phone="044123456", email="", birth_date=date(2002, 2, 2))
        by_phone = apply(call, 4, phone="044123456", email="")
        assert by_document.double_of_id == by_phone.double_of_id == first.pk
        assert sister.double_of_id is None
        assert [one.state for one in (first, sister)] == ["eligible", "eligible"]
        assert (by_phone.state, by_phone.failed) == ("ineligible", ["submitted_twice"])


def test_person_known_by_the_reference_applies_without_a_second_record(cast):
    with cast.scope():
        call = a_call(cast)
        one = apply(call, 1, reference="OWN-7")
        assert (one.reference, one.person.reference) == ("OWN-7", "OWN-7")
        with pytest.raises(Refused):
            apply(call, 2, reference="OWN-7")
        assert Person.objects.count() == Application.objects.count() == 1


def test_timeline_tells_the_application_once(cast):
    with cast.scope():
        one = apply(a_call(cast), 1)
        (event,) = CaseEvent.objects.filter(person=one.person)
        assert (event.kind, event.text, event.subject) == (
            "selection",
            "Applied: bricks-27",
            one.uid,
        )
        assert one.reference == "bricks-27-00001"


def test_applicant_is_a_person_in_no_cohort(cast):
    with cast.scope():
        one = apply(a_call(cast), 1)
        assert one.person.birth_year == applicant().birth_date.year
        assert not one.person.enrolments.exists()
