"""OAuth2 client credentials, from the director's page to the API and back out."""

import base64
from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.test import Client
from django.utils import timezone

from accounts.models import User
from employers.models import Demand
from gsp.workflow import NotAllowed, Refused
from partnerships.actions import clients
from partnerships.models import Membership
from tests import builders as a
from tests.employers.stating import NOW, body

TOKEN = "/identity/o/api/token"
DEMAND = "/api/v1/north/bau/demand"


@pytest.fixture
def handover(cast):
    with cast.scope():
        return clients.create(cast.employer, name="SAP", by=cast.director, at=NOW)


@pytest.fixture
def machine():
    """A caller without cookies that checks CSRF, as a foreign system is."""
    return Client(enforce_csrf_checks=True)


def ask(machine, handover, secret=None, *, method="basic"):
    client, secret = handover.client.pk, secret or handover.secret
    grant = {"grant_type": "client_credentials"}
    if method == "post":
        return machine.post(TOKEN, grant | {"client_id": client, "client_secret": secret})
    pair = base64.b64encode(f"{client}:{secret}".encode()).decode()
    return machine.post(TOKEN, grant, headers={"Authorization": f"Basic {pair}"})


def bearer(machine, handover):
    return {"Authorization": f"Bearer {ask(machine, handover).json()['access_token']}"}


def test_client_is_a_machine_with_one_membership(cast, handover):
    user = handover.member.user
    assert (user.is_machine, user.has_usable_password(), user.is_staff) == (True, False, False)
    assert user.email.endswith("@machine.invalid")
    with cast.scope():
        (member,) = Membership.objects.filter(user=user)
        assert (member.organisation, member.role) == (cast.employer, "employer_recruiter")
    client = OAuthClient.objects.get()
    assert client.owner == user
    assert client.get_grant_types() == ["client_credentials"]
    assert client.type == "confidential"
    assert handover.secret not in client.secret
    assert client.check_secret(handover.secret)


@pytest.mark.parametrize("method", ["basic", "post"])
def test_token_opens_the_employers_desk(machine, cast, handover, method):
    response = ask(machine, handover, method=method)
    assert response.status_code == 200
    granted = response.json()
    assert (granted["token_type"], granted["expires_in"]) == ("Bearer", 3600)
    assert granted["scope"] == "api"
    assert "refresh_token" not in granted
    with_token = {"Authorization": f"Bearer {granted['access_token']}"}
    posted = machine.post(DEMAND, body(), content_type="application/json", headers=with_token)
    assert posted.status_code == 201
    assert machine.get(DEMAND, headers=with_token).json()["results"] == [posted.json()]
    with cast.scope():
        event = Demand.events.rel.related_model.objects.get()
        assert (event.pgh_context["actor_name"], event.pgh_context["via"]) == ("SAP", "api")


def test_token_is_kept_as_a_hash(machine, handover):
    value = ask(machine, handover).json()["access_token"]
    assert value not in Token.objects.get().hash


@pytest.mark.parametrize("method", ["basic", "post"])
def test_wrong_secret_is_401_invalid_client(machine, handover, method):
    response = ask(machine, handover, "wrong", method=method)
    assert response.status_code == 401
    assert response.json() == {"error": "invalid_client"}
    assert Token.objects.count() == 0


def test_other_grants_are_refused(machine, handover):
    pair = {"client_id": handover.client.pk, "client_secret": handover.secret}
    for grant in ("password", "authorization_code", "refresh_token", "nonsense"):
        response = machine.post(
            TOKEN, pair | {"grant_type": grant, "username": "x", "password": "y", "code": "z"}
        )
        assert response.status_code in (400, 401)
    assert Token.objects.count() == 0


def test_expired_token_is_401_with_challenge(machine, handover):
    with_token = bearer(machine, handover)
    assert machine.get(DEMAND, headers=with_token).status_code == 200
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = machine.get(DEMAND, headers=with_token)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "authentication_failed"


def test_unknown_token_is_401_even_beside_a_session(client, cast, handover):
    client.force_login(cast.recruiter.user)
    response = client.get(DEMAND, headers={"Authorization": "Bearer nonsense"})
    assert response.status_code == 401


def test_token_reaches_no_other_desk_and_no_other_agency(machine, cast, handover):
    with_token = bearer(machine, handover)
    for address in (
        "/api/v1/north/rival-bau/demand",
        "/api/v1/north/agency/demand",
        "/api/v1/south/agency/demand",
        "/api/v1/south/bau/demand",
        "/api/v1/nowhere/bau/demand",
    ):
        assert machine.get(address, headers=with_token).status_code == 404
        posted = machine.post(address, body(), content_type="application/json", headers=with_token)
        assert posted.status_code == 404
    with cast.scope():
        assert Demand.objects.count() == 0


def test_token_opens_no_page(machine, cast, handover):
    response = machine.get("/desk/north/bau/", headers=bearer(machine, handover))
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_rotation_ends_the_old_secret_and_its_tokens(machine, cast, handover):
    with_token = bearer(machine, handover)
    with cast.scope():
        renewed = clients.rotate_secret(handover.member, by=cast.director, at=NOW)
    assert renewed.secret != handover.secret
    assert machine.get(DEMAND, headers=with_token).status_code == 401
    assert ask(machine, handover).status_code == 401
    assert machine.get(DEMAND, headers=bearer(machine, renewed)).status_code == 200


def test_revoked_client_is_out_for_good(machine, cast, handover):
    with_token = bearer(machine, handover)
    with cast.scope():
        clients.revoke(handover.member, by=cast.director, at=NOW)
        member = Membership.objects.get(pk=handover.member.pk)
        assert (member.is_active, member.user.is_active) == (False, False)
        with pytest.raises(Refused) as caught:
            clients.rotate_secret(member, by=cast.director, at=NOW)
        assert caught.value.code == "client_revoked"
    assert machine.get(DEMAND, headers=with_token).status_code == 401
    assert ask(machine, handover).status_code == 401
    assert OAuthClient.objects.count() == 0


def test_only_the_director_manages_clients(cast):
    for member in (cast.officer, cast.auditor, cast.recruiter):
        with cast.scope(), pytest.raises(NotAllowed):
            clients.create(cast.employer, name="SAP", by=member, at=NOW)
    assert (OAuthClient.objects.count(), User.objects.filter(is_machine=True).count()) == (0, 0)


def test_agency_client_reads_and_federation_gets_none(machine, cast):
    with cast.scope():
        made = clients.create(None, name="Ministry", by=cast.director, at=NOW)
        federation = a.organisation("chamber", "federation")
        with pytest.raises(Refused) as caught:
            clients.create(federation, name="Chamber", by=cast.director, at=NOW)
        assert (caught.value.field, caught.value.code) == ("organisation", "kind_without_role")
    with_token = bearer(machine, made)
    assert machine.get("/api/v1/north/agency/demand", headers=with_token).status_code == 200
    posted = machine.post(
        "/api/v1/north/agency/demand",
        body(employer="bau"),
        content_type="application/json",
        headers=with_token,
    )
    assert posted.status_code == 403


def test_machine_user_is_no_human_account(cast, handover):
    member = handover.member
    with cast.scope():
        human = cast.recruiter
        with pytest.raises(Refused):
            clients.revoke(human, by=cast.director, at=NOW)
        assert Membership.objects.get(pk=human.pk).is_active
    assert not Client().login(username=member.user.email, password="")


def test_pages_create_show_once_rotate_and_revoke(client, cast):
    client.force_login(cast.director.user)
    page = "/desk/north/agency/clients/"
    assert "No system calls the API yet" in client.get(page).content.decode()
    made = client.post(f"{page}new/", {"name": "SAP", "organisation": "bau", "role": "auditor"})
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    handover = made.context["handover"]
    assert handover.secret in made.content.decode()
    listed = client.get(page).content.decode()
    assert handover.client.pk in listed
    assert handover.secret not in listed
    shown = client.get(f"{page}{handover.member.uid}/").content.decode()
    assert handover.client.pk in shown
    assert "Revoke client" in shown
    assert handover.secret not in shown
    rotated = client.post(f"{page}{handover.member.uid}/rotate/")
    assert rotated.context["handover"].secret in rotated.content.decode()
    assert rotated.context["handover"].secret != handover.secret
    assert client.post(f"{page}{handover.member.uid}/revoke/").status_code == 302
    assert "Revoked" in client.get(page).content.decode()
    assert "Revoke client" not in client.get(f"{page}{handover.member.uid}/").content.decode()
    assert client.post(f"{page}{handover.member.uid}/rotate/").status_code == 404


def test_pages_are_the_directors_alone(client, cast, handover):
    page = "/desk/north/agency/clients/"
    for member, status in ((cast.officer, 403), (cast.auditor, 403), (cast.recruiter, 404)):
        client.force_login(member.user)
        assert client.get(page).status_code == status
        assert client.post(f"{page}{handover.member.uid}/revoke/").status_code == status
    client.force_login(cast.recruiter.user)
    assert client.get("/desk/north/bau/clients/").status_code == 404
    client.force_login(cast.outsider.user)
    assert (
        client.post(f"/desk/south/agency/clients/{handover.member.uid}/revoke/").status_code == 404
    )
    assert OAuthClient.objects.count() == 1


def test_list_of_clients_costs_the_same_for_one_and_for_three(
    client, cast, handover, count_queries
):
    client.force_login(cast.director.user)
    page = "/desk/north/agency/clients/"
    one = count_queries(lambda: client.get(page))
    with cast.scope():
        for name in ("DATEV", "Odoo"):
            clients.create(cast.employer, name=name, by=cast.director, at=NOW)
    assert count_queries(lambda: client.get(page)) == one
