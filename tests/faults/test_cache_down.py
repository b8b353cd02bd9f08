"""The broker, which is also the cache, is away: people sign in and work all the same."""

import pytest
from django.core.cache import cache

from gsp.launch.ports import free_port
from gsp.web.cache import ForgivingRedisCache
from tests.faults.visitor import PASSWORD


@pytest.fixture
def no_cache(settings, monkeypatch):
    """A cache that is switched off."""
    away = settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}
    settings.CACHES = {"default": away}
    monkeypatch.setattr(ForgivingRedisCache, "_asked_again_at", 0.0)
    cache.clear()  # what this process remembers
    monkeypatch.setattr(ForgivingRedisCache, "_asked_again_at", 0.0)


def test_readiness_names_the_broker(client, db, no_cache):
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "missing": ["broker"]}
    assert client.get("/health/live").status_code == 200


def test_person_signs_in_and_works(client, cast, no_cache):
    login = {"login": cast.officer.user.email, "password": PASSWORD}
    answer = client.post("/account/login/", login, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, "/desk/north/agency/")
    assert client.get("/desk/north/agency/cohorts/").status_code == 200


def test_wrong_password_is_refused(client, cast, no_cache):
    login = {"login": cast.officer.user.email, "password": "another-password"}
    assert b'name="password"' in client.post("/account/login/", login, follow=True).content
    assert client.get("/desk/north/agency/cohorts/").status_code == 302


def test_attempts_are_still_counted(client, cast, no_cache):
    login = {"login": cast.officer.user.email, "password": "another-password"}
    for _ in range(10):
        client.post("/account/login/", login)
    right = login | {"password": PASSWORD}
    assert "Too many failed login attempts" in client.post("/account/login/", right).text


def test_cache_is_used_again_when_it_is_back(no_cache, settings, monkeypatch):
    cache.set("word", "kept here")
    assert cache.get("word") == "kept here"
    settings.CACHES = settings.CACHES | {
        "default": settings.CACHES["default"] | {"LOCATION": settings.REDIS_URL}
    }
    assert cache.get("word") == "kept here", "still inside the respite"
    monkeypatch.setattr(ForgivingRedisCache, "_asked_again_at", 0.0)
    assert cache.get("word") is None
