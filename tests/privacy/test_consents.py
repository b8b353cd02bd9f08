"""Consent by purpose: on record, withdrawn at once, in the words of then."""

import pytest
from django.utils import timezone

from gsp.workflow import NotAllowed, Refused
from matching.actions import proposals, runs
from matching.models import Proposal
from partnerships.models import Partnership
from partnerships.roles import System
from tests import builders as a
from trainees.actions import wordings
from trainees.actions.consent import give, set_all, withdraw
from trainees.models import CaseEvent, Consent, Person
from trainees.models.consent import Purpose

NOW = timezone.now()


@pytest.fixture
def person(cast):
    with cast.scope():
        return a.person(cast.centre, "T-1", may_be_proposed=False)


def given(person, purpose=Purpose.PROPOSAL, **how):
    return give(person, purpose, by=System("a test"), at=NOW, **how)


def test_consent_is_given_once_and_kept_with_its_words(cast, person):
    with cast.scope():
        first = given(person)
        assert given(person) == first
        assert Consent.objects.count() == 1
        assert first.wording.version == 1
        assert first.wording.texts["en"].startswith("I agree that employers")
        assert Person.objects.get().may_be_proposed is True
        assert CaseEvent.objects.get().kind == "consent"


def test_withdrawal_ends_it_and_lapses_open_proposals_at_once(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        lay = a.skill("lay bricks")
        person = a.person(cast.centre, "T-1", may_be_proposed=False)
        given(person)
        a.enrolment(person, cast.cohort, "away", [lay])
        a.demand(cast.employer, cast.partnership, skills=[lay])
        runs.run(cast.partnership, as_of=a.TODAY, by=System("night"), at=NOW)
        assert Proposal.objects.get().state == "proposed"
        ended = withdraw(person, Purpose.PROPOSAL, by=cast.coordinator, at=NOW)
        assert ended == 1
        assert Proposal.objects.get().state == "lapsed"
        assert Person.objects.get().may_be_proposed is False
        assert Consent.objects.get().withdrawn_through == "desk"


def test_withdrawing_another_purpose_leaves_proposals_alone(cast, person):
    with cast.scope():
        given(person)
        given(person, Purpose.RESEARCH)
        withdraw(person, Purpose.RESEARCH, by=cast.coordinator, at=NOW)
        assert Person.objects.get().may_be_proposed is True
        assert Consent.objects.in_force().get().purpose == "proposal"


def test_consent_for_one_country_alone_is_not_consent_for_all(cast, person):
    with cast.scope():
        given(person, country=a.country("DE"))
        assert Person.objects.get().may_be_proposed is False
        assert Consent.objects.in_force().get().country_id == "DE"


def test_another_centre_may_not_withdraw(cast, person):
    with cast.scope():
        given(person)
        with pytest.raises(NotAllowed):
            withdraw(person, Purpose.PROPOSAL, by=cast.rival_coordinator, at=NOW)
        assert Consent.objects.in_force().count() == 1


def test_list_writes_only_what_changes(cast, count_queries):
    with cast.scope():
        people = [a.person(cast.centre, may_be_proposed=False) for _number in range(5)]
        answers = [(person, number > 1) for number, person in enumerate(people)]
        set_all(answers, by=System("a list"), at=NOW)
        assert Consent.objects.count() == 3
        assert Person.objects.filter(may_be_proposed=True).count() == 3
        set_all([(person, False) for person in people], by=System("a list"), at=NOW)
        assert Consent.objects.in_force().count() == 0
        assert Person.objects.filter(may_be_proposed=True).count() == 0
        again = count_queries(lambda: set_all(answers, by=System("a list"), at=NOW))
        more = [(a.person(cast.centre, may_be_proposed=False), True) for _number in range(20)]
        assert count_queries(lambda: set_all(more, by=System("a list"), at=NOW)) <= again


def test_new_words_are_a_new_version_and_change_nothing_agreed(cast, person):
    with cast.scope():
        first = given(person)
        words = {"en": "I agree.", "fr": "Je suis d’accord.", "de": " "}
        new = wordings.change(Purpose.PROPOSAL, words, by=cast.director, at=NOW)
        assert (new.version, new.texts) == (2, {"en": "I agree.", "fr": "Je suis d’accord."})
        assert (new.text("fr"), new.text("ar")) == ("Je suis d’accord.", "I agree.")
        first.refresh_from_db()
        assert first.wording.version == 1


def test_words_need_english_and_the_right_to_change_them(cast):
    with cast.scope():
        with pytest.raises(Refused) as refusal:
            wordings.change(Purpose.RESEARCH, {"fr": "Oui."}, by=cast.director, at=NOW)
        assert (refusal.value.field, refusal.value.code) == ("en", "english_missing")
        with pytest.raises(NotAllowed):
            wordings.change(Purpose.RESEARCH, {"en": "Yes."}, by=cast.coordinator, at=NOW)
        assert wordings.latest_versions() == {}


def test_night_heeds_a_consent_for_one_country(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        lay = a.skill("lay bricks")
        for reference, code in (("there", "DE"), ("elsewhere", "AU"), ("nowhere", None)):
            person = a.person(cast.centre, reference, may_be_proposed=False)
            if code:
                given(person, country=a.country(code))
            a.enrolment(person, cast.cohort, "away", [lay])
        a.demand(cast.employer, cast.partnership, skills=[lay], openings=3)
        runs.run(cast.partnership, as_of=a.TODAY, by=System("night"), at=NOW)
        proposal = Proposal.objects.get()
        assert proposal.enrolment.person.reference == "there"
    with cast.scope(cast.recruiter):
        assert proposals.accept(proposal, by=cast.recruiter, at=NOW).state == "accepted"


def test_list_that_withdraws_lapses_proposals_too(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=0)
        lay = a.skill("lay bricks")
        person = a.person(cast.centre, "T-1", may_be_proposed=False)
        given(person)
        a.enrolment(person, cast.cohort, "away", [lay])
        a.demand(cast.employer, cast.partnership, skills=[lay])
        runs.run(cast.partnership, as_of=a.TODAY, by=System("night"), at=NOW)
        set_all([(person, False)], by=System("a list"), at=NOW)
        assert Proposal.objects.get().state == "lapsed"
