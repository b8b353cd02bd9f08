"""A cohort's calendar at a secret address: shown once, ended at once."""

import re
from datetime import timedelta

from django.utils import timezone

from learning.models import CalendarFeed
from tests.learning.classroom import module, session

PAGE = "/desk/north/skenderaj/cohorts/{}/sessions/feed/"


def made(client, cast):
    shown = client.post(PAGE.format(cast.cohort.uid)).content.decode()
    return re.search(r"/public/north/calendar/[\w-]{32}\.ics", shown)[0]


def test_address_is_shown_once_and_opens_the_calendar_without_an_account(client, cast):
    with cast.scope():
        lesson = session(cast.cohort, module=module(cast.cohort.course))
        lesson.starts_at, lesson.ends_at = a_week_from_now()
        lesson.save()
    client.force_login(cast.coordinator.user)
    address = made(client, cast)
    assert address not in client.get(PAGE.format(cast.cohort.uid)).content.decode()
    with cast.scope():
        assert address.split("/")[-1] not in CalendarFeed.objects.get().code_sha256
    client.logout()
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert f"UID:{lesson.uid}" in answer.content.decode()
    assert client.get(address.replace("north", "south")).status_code == 404


def a_week_from_now():
    starts_at = timezone.now() + timedelta(days=7)
    return starts_at, starts_at + timedelta(hours=2)


def test_new_address_ends_the_old_one_and_both_can_be_ended(client, cast):
    client.force_login(cast.coordinator.user)
    first, second = made(client, cast), made(client, cast)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    client.post(PAGE.format(cast.cohort.uid), {"end": "1"})
    assert client.get(second).status_code == 404


def test_reader_makes_no_address(client, cast):
    client.force_login(cast.auditor.user)
    page = PAGE.format(cast.cohort.uid).replace("skenderaj", "agency")
    assert client.post(page).status_code == 403
    with cast.scope():
        assert not CalendarFeed.objects.exists()
