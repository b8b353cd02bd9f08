"""Consent is withdrawn and given at any time, by the centre and by staff, and is on record."""

import pytest
from django.utils import timezone

from gsp.workflow import NotAllowed
from tests import builders as a
from trainees.actions.consent import set_consent
from trainees.models import Person
from training.models import Cohort


@pytest.fixture
def person(cast):
    """A certified trainee whose cohort is closed: no list can be sent for it any more."""
    with cast.scope():
        person = a.person(cast.centre, "T-1")
        a.enrolment(person, cast.cohort)
        Cohort.objects.update(state="closed")
        return person


def agrees(cast) -> bool:
    with cast.scope():
        return Person.objects.get().may_be_proposed


@pytest.mark.parametrize(("who", "desk"), [("coordinator", "skenderaj"), ("officer", "agency")])
def test_consent_is_withdrawn_and_given_on_the_page(client, cast, person, who, desk):
    client.force_login(getattr(cast, who).user)
    page = f"/desk/north/{desk}/trainees/{person.uid}/"
    assert "Withdraw consent" in client.get(page).text
    assert client.post(f"{page}consent/").url == page
    assert not agrees(cast)
    assert "Record consent" in client.get(page).text
    client.post(f"{page}consent/", {"agrees": "1"})
    assert agrees(cast)


@pytest.mark.parametrize(
    ("who", "desk", "status"),
    [
        ("rival_coordinator", "rival-school", 404),
        ("recruiter", "bau", 404),
        ("auditor", "agency", 403),
    ],
)
def test_others_cannot_change_it(client, cast, person, who, desk, status):
    client.force_login(getattr(cast, who).user)
    answer = client.post(f"/desk/north/{desk}/trainees/{person.uid}/consent/")
    assert answer.status_code == status
    assert agrees(cast)


def test_action_itself_refuses_another_centre(cast, person):
    with cast.scope(), pytest.raises(NotAllowed):
        set_consent(person, False, by=cast.rival_coordinator, at=timezone.now())
    assert agrees(cast)


def test_auditor_sees_no_button(client, cast, person):
    client.force_login(cast.auditor.user)
    page = client.get(f"/desk/north/agency/trainees/{person.uid}/").text
    assert "Agreed to be proposed to employers" in page
    assert "Withdraw consent" not in page
