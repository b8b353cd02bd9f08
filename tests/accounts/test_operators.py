"""The Django admin opens to superusers alone and shows no table of a tenant."""

import pytest
from django.contrib import admin
from django.urls import reverse

from gsp.tenancy.policies import guarded_models
from tests import builders as a

ADMIN = "/admin/"


@pytest.fixture
def operator(db):
    return a.user("Olga Operator", is_staff=True, is_superuser=True)


def test_stranger_is_sent_to_the_platforms_sign_in(client, db):
    response = client.get(ADMIN, follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/login/")
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


def test_members_and_staff_flags_do_not_open_it(client, cast):
    pages = (ADMIN, "/admin/login/", "/admin/accounts/user/")
    clerk = a.user("Carl Clerk", is_staff=True)
    for user in (cast.director.user, cast.officer.user, cast.recruiter.user, clerk):
        client.force_login(user)
        for page in pages:
            assert client.get(page, follow=True).status_code == 404


def test_operator_opens_it(client, operator):
    client.force_login(operator)
    assert client.get(ADMIN).status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 200
    assert client.get(f"/admin/accounts/user/{operator.pk}/change/").status_code == 200
    assert client.post(f"/admin/accounts/user/{operator.pk}/delete/").status_code == 403


def test_operator_needs_a_factor_where_staff_do(client, operator, settings):
    settings.MFA_REQUIRED_FOR_AGENCY_STAFF = True
    client.force_login(operator)
    response = client.get(ADMIN, follow=True)
    assert response.redirect_chain[-1] == (reverse("mfa_index"), 302)


def test_no_table_of_a_tenant_is_in_the_admin():
    assert set(guarded_models()) & set(admin.site._registry) == set()
