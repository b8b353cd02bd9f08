"""Sign-in: by e-mail, slowed down, closed to newcomers; staff with a second factor."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core.cache import cache
from django.urls import reverse

from accounts.models import User
from gsp.settings import base
from tests import builders as a

LOGIN = "/account/login/"
STAFF = "/desk/north/agency/"
FACTOR = "/account/authenticate/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def sign_in(client, user, password="a-long-password"):
    return client.post(LOGIN, {"login": user.email, "password": password})


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def code():
    return format_hotp_value(hotp_value(SECRET, next(counters())))


def test_member_signs_in_by_e_mail_whatever_the_capitals(client, db):
    user = a.user("Ada Officer")
    response = client.post(LOGIN, {"login": user.email.upper(), "password": "a-long-password"})
    assert response.status_code == 302
    assert signed_in_as(client) == str(user.pk)


def test_wrong_password_and_unknown_address_read_alike(client, db):
    user = a.user("Ada Officer")
    wrong = sign_in(client, user, "not-the-password")
    unknown = client.post(LOGIN, {"login": "nobody@example.org", "password": "x"})
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert signed_in_as(client) is None


def test_sixth_wrong_password_locks_the_address_for_a_while(client, db):
    user = a.user("Ada Officer")
    for _ in range(5):
        sign_in(client, user, "not-the-password")
    response = sign_in(client, user)
    assert signed_in_as(client) is None
    assert "Too many failed login attempts" in str(response.context["form"].errors)


def test_switched_off_user_is_out(client, db):
    user = a.user("Ada Officer", is_active=False)
    sign_in(client, user)
    assert signed_in_as(client) is None


def test_nobody_registers_alone(client, db):
    before = User.objects.count()
    facts = {"email": "new@example.org", "password1": "a-long-pass", "password2": "a-long-pass"}
    response = client.post("/account/signup/", facts)
    assert response.status_code == 200
    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert User.objects.count() == before


def test_passwords_are_kept_with_argon2():
    assert base.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_factor_is_asked_for_and_kept_encrypted(client, db):
    user = a.user("Ada Officer")
    TOTP.activate(user, SECRET)
    kept = Authenticator.objects.get().data["secret"]
    assert SECRET not in kept
    response = sign_in(client, user)
    assert response["Location"].startswith(FACTOR)
    assert signed_in_as(client) is None
    client.post(FACTOR, {"code": "000000"})
    assert signed_in_as(client) is None
    client.post(FACTOR, {"code": code()})
    assert signed_in_as(client) == str(user.pk)


def test_recovery_code_works_once(client, db):
    user = a.user("Ada Officer")
    TOTP.activate(user, SECRET)
    spare = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (str(user.pk), None):
        cache.clear()
        client.logout()
        sign_in(client, user)
        client.post(FACTOR, {"code": spare})
        assert signed_in_as(client) == expected


def test_pages_of_factors_and_passkeys_open(client, db):
    user = a.user("Ada Officer")
    sign_in(client, user)
    assert client.get(reverse("mfa_index")).status_code == 200
    asked_again = client.get(reverse("mfa_activate_totp"))
    assert asked_again["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": "a-long-password"})
    for page in ("mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"):
        assert client.get(reverse(page)).status_code == 200
    client.logout()
    assert (
        "challenge"
        in client.get(
            reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}
        ).content.decode()
    )


def test_staff_without_a_factor_are_sent_to_set_one_up(client, cast, settings):
    settings.MFA_REQUIRED_FOR_AGENCY_STAFF = True
    client.force_login(cast.officer.user)
    response = client.get(STAFF)
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))
    assert "Set up a second factor" in client.get(reverse("mfa_index")).content.decode()
    answer = client.get("/api/v1/north/agency/demand")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "second_factor_required"
    for header, status in (("Basic x", 403), ("Bearer x", 401)):
        answer = client.get("/api/v1/north/agency/demand", headers={"Authorization": header})
        assert answer.status_code == status
    TOTP.activate(cast.officer.user, SECRET)
    assert client.get("/api/v1/north/agency/demand").status_code == 200


def test_stranger_learns_nothing_from_the_missing_factor(client, cast, settings):
    settings.MFA_REQUIRED_FOR_AGENCY_STAFF = True
    client.force_login(cast.recruiter.user)
    known, unknown = client.get(STAFF), client.get("/desk/nowhere/agency/")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_organisations_need_no_factor(client, cast, settings):
    settings.MFA_REQUIRED_FOR_AGENCY_STAFF = True
    client.force_login(cast.recruiter.user)
    assert client.get("/api/v1/north/bau/demand").status_code == 200


def test_factor_is_required_of_staff_where_nothing_else_is_said():
    assert base.MFA_REQUIRED_FOR_AGENCY_STAFF is True
