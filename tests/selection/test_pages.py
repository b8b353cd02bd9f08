import io

import openpyxl
import pytest

from gsp.audit.models import Look
from selection.actions import decisions
from selection.models import Application, Call, Criterion, EligibilityRule, Score
from tests.selection.calling import AT, BY, SEED, a_call, apply, score, states, to_screening


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.coordinator.user)

    def ask(path, data=None):
        address = f"/desk/north/skenderaj/{path}"
        return client.get(address) if data is None else client.post(address, data)

    return ask


def test_call_is_planned_ruled_and_opened_on_its_pages(desk, cast):
    answer = desk(
        "calls/new/",
        {
            "cohort": cast.cohort.pk,
            "title": "Learn bricklaying",
            "text": "Two years.",
            "language": "en",
            "code": "bricks-27",
            "opens_at": "2026-11-01T08:00",
            "closes_at": "2099-01-01T08:00",
            "places": "12",
            "scorers": "1",
            "offer_days": "7",
        },
    )
    with cast.scope():
        call = Call.objects.get()
    page = f"calls/{call.uid}/"
    assert answer["Location"] == f"/desk/north/skenderaj/{page}"
    desk(f"{page}rules/new/", {"kind": "language", "language": "de", "level": "A2"})
    desk(f"{page}rules/new/", {"kind": "age", "minimum": "18", "maximum": "35"})
    desk(
        f"{page}criteria/new/",
        {"code": "letter", "title": "Letter", "weight": "2", "scale": "10", "scored_by": "anybody"},
    )
    desk(f"{page}questions/new/", {"language": "en", "label": "Why you?", "longest": "500"})
    french = {"language": "fr", "label": "Pourquoi ?", "key": "why-you", "longest": "500"}
    desk(f"{page}questions/new/", french)
    desk(f"{page}text/", {"language": "fr", "title": "Maçonnerie", "text": "Deux ans."})
    desk(f"{page}move/", {"target": "open"})
    with cast.scope():
        call.refresh_from_db()
        assert (call.state, call.titles["fr"]) == ("open", "Maçonnerie")
        assert call.questions == [
            {"key": "why-you", "labels": {"en": "Why you?", "fr": "Pourquoi ?"}, "longest": 500}
        ]
        assert [rule.reason for rule in EligibilityRule.objects.order_by("id")] == [
            "language:de",
            "age",
        ]
        assert Criterion.objects.get().position == 1
    shown = desk(page).content.decode()
    assert "German from A2" in shown
    assert "18 to 35" in shown


def test_list_is_filtered_sorted_and_looks_are_noted(desk, cast):
    with cast.scope():
        call = a_call(cast, rules=[("education", {"minimum": 3})])
        apply(call, 1, education=4, region="Pejë")
        apply(call, 2, education=1, sex="male")
    listed = f"calls/{call.uid}/applications/"
    both = desk(listed).content.decode()
    assert "Arta1" in both
    assert "Arta2" in both
    assert "Arta1" not in desk(f"{listed}?failed=education").content.decode()
    assert "Arta2" not in desk(f"{listed}?sex=female").content.decode()
    assert "Arta2" not in desk(f"{listed}?region=pej").content.decode()
    with cast.scope():
        assert Look.objects.filter(kind="look").count() == 5


def test_list_costs_the_same_at_one_three_and_many(desk, cast, count_queries):
    costs = []
    for code, size in (("one", 1), ("three", 3), ("many", 40)):
        with cast.scope():
            call = a_call(cast, code=code)
            for number in range(size):
                score(apply(call, number), number % 10)
        for path in (f"calls/{call.uid}/applications/", f"calls/{call.uid}/"):
            desk(path)
            costs.append(count_queries(lambda path=path: desk(path)))
    assert costs[:2] == costs[2:4] == costs[4:]


def test_export_holds_the_rows_shown_as_text_and_is_noted(desk, cast):
    with cast.scope():
        call = a_call(cast)
        apply(call, 1, given_name="=1+1")
        apply(call, 2, sex="male")
    export = f"calls/{call.uid}/export/?sex=female&sort=reference"
    lines = desk(f"{export}&format=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("bricks-27-00001,'=1+1,Krasniqi,2000-05-17,Female,XK")
    book = openpyxl.load_workbook(io.BytesIO(desk(export).content))
    cell = book.active["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    with cast.scope():
        assert Look.objects.filter(kind="export").count() == 2


def test_scoring_goes_from_one_to_the_next_without_names(desk, cast):
    with cast.scope():
        call = a_call(cast)
        first, second = apply(call, 1, answers={"why": "Walls"}), apply(call, 2)
    page = f"calls/{call.uid}/score/"
    shown = desk(page).content.decode()
    assert str(first.uid) in shown
    assert "Walls" in shown
    assert "Arta1" not in shown
    assert "Krasniqi" not in shown
    desk(page, {"application": first.uid, "points_letter": "7", "comment_letter": "Clear"})
    shown = desk(page).content.decode()
    assert str(second.uid) in shown
    desk(page, {"application": second.uid, "points_letter": "11"})
    with cast.scope():
        (given,) = Score.objects.all()
        assert (given.value, given.comment, given.scorer) == (
            7,
            "Clear",
            cast.coordinator.user_id,
        )
    desk(page, {"application": second.uid, "points_letter": "3"})
    assert "Nothing is left to score" in desk(page).content.decode()


def test_whole_call_is_decided_and_taken_back_by_buttons(desk, cast, monkeypatch):
    with cast.scope():
        call = a_call(cast, places=1)
        for number in (1, 2):
            score(apply(call, number), number)
        call = to_screening(call)
    orders = []
    monkeypatch.setattr(decisions.decide_later, "after_commit", lambda **ids: orders.append(ids))
    move = f"calls/{call.uid}/move/"
    desk(move, {"target": "decide"})
    assert "The decision is being made" in desk(f"calls/{call.uid}/").content.decode()
    with cast.scope():
        decisions.decide_later(**orders[0])
        decisions.decide_later(**orders[0])
        assert states(call) == {"00001": "waitlisted", "00002": "shortlisted"}
    desk(move, {"target": "undo"})
    with cast.scope():
        assert states(call) == {"00001": "assessed", "00002": "assessed"}


def test_background_says_why_it_did_not_decide(desk, cast):
    with cast.scope():
        call = a_call(cast)
        apply(call, 1)
        call = to_screening(call)
        at = AT.isoformat()
        decisions.decide_later(call=call.pk, by="Ada", at=at, leave_unscored=False)
        assert states(call) == {"00001": "eligible"}
    assert (
        "1 eligible application is not fully scored" in desk(f"calls/{call.uid}/").content.decode()
    )


def test_application_page_explains_rank_and_story(desk, cast):
    with cast.scope():
        call = a_call(cast, criteria=[("letter", 1, 10), ("talk", 1, 10)])
        ahead = score(apply(call, 1), 6, 4)
        score(apply(call, 2), 4, 6)
        decisions.decide(to_screening(call), by=BY, at=AT)
        person = ahead.person.uid
    shown = desk(f"applications/{ahead.uid}/").content.decode()
    assert "Same score as" in shown
    assert "ahead by “<bdi>Letter</bdi>”" in shown
    assert "50" in shown
    panel = desk(f"trainees/{person}/?tab=training").content.decode()
    assert f"applications/{ahead.uid}/" in panel


def test_finance_officer_sees_shares_but_no_small_number(client, cast):
    from tests import builders as a

    with cast.scope():
        finance = a.membership("finance_officer")
        call = a_call(cast)
        for number in range(6):
            apply(call, number, sex="female")
        for number in range(6, 9):
            apply(call, number, sex="male")
    client.force_login(finance.user)
    shown = client.get(f"/desk/north/agency/calls/{call.uid}/").content.decode()
    assert "Numbers below five are hidden" in shown
    assert "&lt; 5" in shown
    assert client.get(f"/desk/north/agency/calls/{call.uid}/applications/").status_code == 403


def test_rival_centre_meets_nothing(client, cast):
    with cast.scope():
        call = a_call(cast)
        one = apply(call)
    client.force_login(cast.rival_coordinator.user)
    for path in (
        f"calls/{call.uid}/",
        f"calls/{call.uid}/applications/",
        f"applications/{one.uid}/",
    ):
        assert client.get(f"/desk/north/rival-school/{path}").status_code == 404
    with cast.scope(cast.rival_coordinator):
        assert not Application.objects.exists()
        assert not Call.objects.exists()


def test_lot_is_drawn_once_when_the_call_closes(desk, cast):
    with cast.scope():
        call = a_call(cast, seed=SEED)
    desk(f"calls/{call.uid}/move/", {"target": "closed"})
    with cast.scope():
        call.refresh_from_db()
        assert (call.state, call.seed) == ("closed", SEED)
