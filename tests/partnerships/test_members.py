"""Members: invited, given roles, let go; never the last director."""

import re

import pytest
from django.utils import timezone

from accounts.models import User
from gsp.workflow import NotAllowed, Refused
from partnerships.actions import members as actions
from partnerships.models import Membership
from partnerships.roles import PERMISSIONS, Permission, Role
from tests import builders as a

BASE = "/desk/north/agency/members/"
NEW = {"name": "Lena Vogt", "email": "Lena.Vogt@example.org", "role": "programme_officer"}


def invite(cast, by=None, **changes):
    facts = {"organisation": None, **NEW, **changes}
    return actions.invite(**facts, by=by or cast.director, at=timezone.now())


def test_invited_member_sets_a_password_and_signs_in(
    cast, client, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(cast.director.user)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{BASE}new/", NEW)
    assert answer.headers["Location"] == BASE
    user = User.objects.get(email="lena.vogt@example.org")
    assert not user.has_usable_password()
    assert [letter.to for letter in mailoutbox] == [["lena.vogt@example.org"]]
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mailoutbox[0].body)[1]
    client.logout()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "a-long-new-password", "password2": "a-long-new-password"})
    assert client.login(username="lena.vogt@example.org", password="a-long-new-password")
    assert client.get("/desk/north/agency/").status_code == 200


def test_known_user_gets_a_desk_but_no_mail(
    cast, client, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(cast.director.user)
    known = cast.outsider.user
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{BASE}new/", {**NEW, "email": known.email.upper(), "role": "auditor"})
    with cast.scope():
        assert Membership.objects.get(user=known).role == "auditor"
    known.refresh_from_db()
    assert (mailoutbox, known.name) == ([], "agency_director staff")


@pytest.mark.parametrize(
    ("role", "organisation", "field", "words"),
    [
        ("centre_coordinator", None, "organisation", "is a role in an organisation"),
        ("programme_officer", "centre", "role", "the role is “Centre coordinator”"),
        ("service_analyst", "employer", "role", "the role is “Employer recruiter”"),
    ],
)
def test_role_that_does_not_fit_the_desk_is_refused(cast, role, organisation, field, words):
    with cast.scope():
        desk = organisation and getattr(cast, organisation)
        with pytest.raises(Refused, match=words) as refusal:
            invite(cast, role=role, organisation=desk)
        assert refusal.value.field == field
        assert Membership.objects.count() == 8
    assert not User.objects.filter(name="Lena Vogt").exists()


def test_authorities_have_no_desk(cast):
    with cast.scope():
        authority = a.organisation("avetae", "authority")
        with pytest.raises(Refused, match="Authority has no role"):
            invite(cast, role="centre_coordinator", organisation=authority)


def test_second_role_at_the_same_desk_is_refused(cast, client):
    client.force_login(cast.director.user)
    answer = client.post(f"{BASE}new/", {**NEW, "email": cast.officer.user.email})
    assert "This person already has a role here; change that one." in answer.text
    with cast.scope():
        assert Membership.objects.count() == 8


def test_machine_is_not_invited(cast):
    a.user("Machine", email="machine@example.org", is_machine=True)
    with cast.scope(), pytest.raises(Refused, match="belongs to a machine"):
        invite(cast, email="machine@example.org")


@pytest.mark.parametrize("who", ["officer", "auditor", "coordinator"])
def test_only_directors_change_members(cast, who):
    member, at = getattr(cast, who), timezone.now()
    with cast.scope():
        for attempt in (
            lambda: invite(cast, by=member),
            lambda: actions.change_role(cast.auditor, "agency_director", by=member, at=at),
            lambda: actions.deactivate(cast.auditor, by=member, at=at),
            lambda: actions.reactivate(cast.auditor, by=member, at=at),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert Membership.objects.get(pk=cast.auditor.pk).role == "auditor"
        assert Membership.objects.count() == 8


def test_role_is_changed_on_the_page(cast, client):
    client.force_login(cast.director.user)
    answer = client.post(f"{BASE}{cast.auditor.uid}/edit/", {"role": "finance_officer"})
    assert answer.headers["Location"] == BASE
    with cast.scope():
        assert Membership.objects.get(pk=cast.auditor.pk).role == "finance_officer"


def test_last_director_stays(cast, client):
    client.force_login(cast.director.user)
    words = "This is the last director. Make somebody else director first."
    answer = client.post(f"{BASE}{cast.director.uid}/standing/", follow=True)
    assert words in answer.text
    answer = client.post(f"{BASE}{cast.director.uid}/edit/", {"role": "auditor"})
    assert words in answer.text
    with cast.scope():
        director = Membership.objects.get(pk=cast.director.pk)
        assert (director.role, director.is_active) == ("agency_director", True)


def test_one_of_two_directors_may_go_but_an_inactive_second_does_not_count(cast):
    at = timezone.now()
    with cast.scope():
        second = a.membership("agency_director")
        actions.deactivate(second, by=cast.director, at=at)
        with pytest.raises(Refused, match="last director"):
            actions.deactivate(cast.director, by=cast.director, at=at)
        actions.reactivate(second, by=cast.director, at=at)
        actions.deactivate(cast.director, by=second, at=at)
        assert not Membership.objects.get(pk=cast.director.pk).is_active


def test_deactivated_member_meets_404_until_let_in_again(cast, client):
    client.force_login(cast.director.user)
    address = f"{BASE}{cast.officer.uid}/standing/"
    client.post(address)
    client.force_login(cast.officer.user)
    assert client.get("/desk/north/agency/").status_code == 404
    client.force_login(cast.director.user)
    client.post(address, {"reactivate": "1"})
    client.force_login(cast.officer.user)
    assert client.get("/desk/north/agency/").status_code == 200


def test_member_of_another_agency_cannot_be_touched(cast, client):
    client.force_login(cast.director.user)
    for end in ("edit/", "standing/"):
        answer = client.post(f"{BASE}{cast.outsider.uid}/{end}", {"role": "auditor"})
        assert answer.status_code == 404


def test_auditor_reads_members_without_buttons_and_officer_too(cast, client):
    client.force_login(cast.auditor.user)
    shown = client.get(BASE).text
    assert cast.recruiter.user.email in shown
    assert "Deactivate" not in shown
    assert client.get(f"{BASE}new/").status_code == 403


def test_list_costs_the_same_for_more_rows(cast, client, count_queries):
    client.force_login(cast.director.user)
    few = count_queries(lambda: client.get(BASE))
    with cast.scope():
        for _number in range(3):
            a.membership("auditor")
    assert count_queries(lambda: client.get(BASE)) == few


def test_roles_page_is_the_table(cast, client):
    client.force_login(cast.auditor.user)
    shown = client.get("/desk/north/agency/roles/").text
    table = shown[shown.index("<tbody>") : shown.index("</tbody>")]
    granted = sum(len(permissions) for permissions in PERMISSIONS.values())
    assert table.count('aria-label="yes"') == granted
    assert (
        table.count('<span class="visually-hidden">no</span>')
        == len(Role) * len(Permission) - granted
    )
    assert "invite members, give and take roles" in table


def test_only_roles_that_fit_the_desk_are_offered(cast, client):
    client.force_login(cast.director.user)
    offered = client.get(f"{BASE}{cast.auditor.uid}/edit/").text
    assert offered.count("<option ") == 4
    assert '<option value="auditor" selected>' in offered
    answer = client.post(f"{BASE}{cast.auditor.uid}/edit/", {"role": "service_analyst"})
    assert "service_analyst is not one of the available choices." in answer.text
    with cast.scope():
        assert Membership.objects.get(pk=cast.auditor.pk).role == "auditor"


def test_machine_of_the_agency_never_becomes_director(cast, client):
    with cast.scope():
        machine = a.membership("auditor", who=a.user("HR system", is_machine=True))
    client.force_login(cast.director.user)
    answer = client.post(f"{BASE}{machine.uid}/edit/", {"role": "agency_director"})
    assert "A system of the agency is an auditor or a programme officer." in answer.text
    with cast.scope():
        assert Membership.objects.get(pk=machine.pk).role == "auditor"
