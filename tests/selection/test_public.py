import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from selection import codes
from selection.actions import calls, decisions
from selection.models import Application, Draft, Offer
from tests.selection.calling import BY, SEED, a_call, score
from trainees.models import Consent, Enrolment, Person

CODE = re.compile(r"<code[^>]*>([0-9A-Z-]{34})</code>")


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    cache.clear()


@pytest.fixture
def call(cast):
    now = timezone.now()
    with cast.scope():
        made = a_call(
            cast,
            rules=[("education", {"minimum": 3}), ("language", {"values": ["de", "A2"]})],
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=1),
            places=1,
        )
        return calls.ask(
            made, "why", labels={"en": "Why?", "ar": "لماذا؟"}, longest=200, by=BY, at=now
        )


def page(name=""):
    return f"/public/north/calls/bricks-27/{name}"


FORM = {
    "given_name": "Arta",
    "family_name": "Krasniqi",
    "birth_date": "2000-05-17",
    "sex": "female",
    "country": "XK",
    "phone": "+383 44 123 456",
    "education": "4",
    "language_de": "B1",
    "question_why": "I like walls.",
    "has_read": "on",
    "agrees_proposal": "on",
}


def send(client, **changes):
    return client.post(page("apply/"), {**FORM, "send": "1", **changes})


def code_of(client) -> str:
    return CODE.search(client.get(page("code/")).content.decode()).group(1)


def test_applicant_applies_and_keeps_the_code(client, cast, call):
    answer = send(client)
    assert (answer.status_code, answer["Location"]) == (302, page("code/"))
    code = code_of(client)
    with cast.scope():
        one = Application.objects.get()
        assert (one.state, one.source, one.education, one.languages) == (
            "eligible",
            "form",
            4,
            {"de": "B1"},
        )
        assert one.code_sha256 == codes.hashed(code)
        assert one.agreed == [
            {"text": "selection", "version": 1, "language": "en"},
            {"text": "proposal", "version": 1, "language": "en"},
        ]
        assert Consent.objects.get().purpose == "proposal"
        assert Person.objects.get().may_be_proposed is True


def test_code_opens_the_status_from_another_device(client, cast, call):
    send(client)
    code = code_of(client)
    client.cookies.clear()
    assert client.get(page("status/"))["Location"] == page("code/")
    typed = code.lower().replace("-", " ")
    assert client.post(page("code/"), {"code": typed})["Location"] == page("status/")
    assert "Your application has arrived" in client.get(page("status/")).content.decode()
    client.post(page("code/"), {"forget": "1"})
    assert client.get(page("status/"))["Location"] == page("code/")


def test_wrong_code_opens_nothing(client, cast, call):
    send(client)
    client.cookies.clear()
    answer = client.post(page("code/"), {"code": codes.draw()})
    assert "No application has this code" in answer.content.decode()
    assert client.get(page("status/"))["Location"] == page("code/")


def test_cookie_of_somebody_else_cannot_be_forged(client, cast, call):
    send(client)
    client.cookies["application"] = code_of(client)
    assert client.get(page("status/"))["Location"] == page("code/")


def test_incomplete_form_is_saved_and_finished_later(client, cast, call):
    client.post(page("apply/"), {"given_name": "Arta", "question_why": "Be", "save": "1"})
    code = code_of(client)
    client.cookies.clear()
    client.post(page("code/"), {"code": code})
    shown = client.get(page("apply/")).content.decode()
    assert 'value="Arta"' in shown
    assert ">\nBe</textarea>" in shown
    with cast.scope():
        assert "Arta" in Draft.objects.get().answers
        assert not Application.objects.exists()
    send(client)
    with cast.scope():
        assert not Draft.objects.exists()
        assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"phone": ""}, "Give a telephone number or an e-mail address."),
        ({"phone": "12"}, "Write the number with its country code"),
        ({"email": "arta@"}, "Enter a valid email address."),
        ({"birth_date": "1890-01-01"}, "Check the year of your birth."),
        ({"question_why": "x" * 201}, "at most 200 characters"),
        ({"has_read": ""}, "This field is required."),
        ({"country": "ZZ"}, "ZZ is not one of the available choices"),
    ],
)
def test_wrong_answers_are_said_and_nothing_is_kept(client, cast, call, changes, message):
    answer = send(client, **changes)
    assert message in answer.content.decode()
    with cast.scope():
        assert not Application.objects.exists()
        assert not Person.objects.exists()


def test_robot_believes_it_applied(client, cast, call):
    answer = send(client, website="http://spam.example")
    assert answer["Location"] == page("code/")
    assert CODE.search(client.get(page("code/")).content.decode())
    with cast.scope():
        assert not Application.objects.exists()


def test_second_submission_looks_like_the_first_to_whoever_sends_it(client, cast, call):
    first = send(client)
    first_page = client.get(page("code/")).content.decode()
    client.cookies.clear()
    second = send(client)
    second_page = client.get(page("code/")).content.decode()
    assert second["Location"] == first["Location"]
    assert CODE.sub("", _without_token(first_page)) == CODE.sub("", _without_token(second_page))
    with cast.scope():
        one, two = Application.objects.order_by("id")
        assert (two.double_of_id, two.failed) == (one.pk, ["submitted_twice"])


def _without_token(html):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_decision_is_unknown_until_it_is_sent_then_the_offer_is_accepted_here(client, cast, call):
    send(client)
    with cast.scope():
        at = timezone.now()
        score(Application.objects.select_related("call").get(), 8, at=at)
        made = calls.close(call, seed=SEED, by=BY, at=at)
        made = calls.move(made, "screening", by=BY, at=at)
        made = decisions.decide(made, by=BY, at=at)
    assert "The decision is not made yet" in client.get(page("status/")).content.decode()
    client.post(page("status/"), {"answer": "accept"})
    with cast.scope():
        assert not Enrolment.objects.exists()
        decisions.send(made, by=BY, at=timezone.now())
    assert "A place is offered to you" in client.get(page("status/")).content.decode()
    client.post(page("status/"), {"answer": "accept"})
    assert "You have a place" in client.get(page("status/")).content.decode()
    with cast.scope():
        assert Enrolment.objects.get().person_id == Application.objects.get().person_id
        assert Offer.objects.get().answer == "accepted"


def test_closed_call_takes_nothing(client, cast, call):
    with cast.scope():
        calls.close(call, seed=SEED, by=BY, at=timezone.now())
    assert "takes no applications any more" in client.get(page()).content.decode()
    send(client)
    with cast.scope():
        assert not Application.objects.exists()


def test_draft_call_and_unknown_call_do_not_exist(client, cast, call):
    with cast.scope():
        a_call(cast, code="hidden", open_now=False)
    assert client.get("/public/north/calls/hidden/").status_code == 404
    assert client.get("/public/north/calls/nothing/").status_code == 404
    assert client.get("/public/south/calls/bricks-27/").status_code == 404


def test_pages_speak_the_language_asked_for_and_its_direction(client, cast, call):
    shown = client.get(page("apply/"), {"language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in shown
    assert "لماذا؟" in shown


def test_pages_are_light_and_need_no_script(client, cast, call):
    for name in ("", "apply/", "code/"):
        html = client.get(page(name)).content
        assert b"<script" not in html
        assert len(html) < 45_000
        assert client.get(page(name))["Cache-Control"] == "no-store"


def test_writing_is_limited(client, cast, call):
    answers = [client.post(page("code/"), {"code": "x"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
