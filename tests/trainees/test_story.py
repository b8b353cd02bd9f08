"""The timeline: told once, corrected by a later event, and append-only in the database too."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from gsp.audit.append_only import erasing
from gsp.workflow import NotAllowed, Refused
from partnerships.roles import System
from tests import builders as a
from trainees.actions.story import correct, tell
from trainees.models import CaseEvent

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
CENTRE = "/desk/north/skenderaj/"


@pytest.fixture
def event(cast):
    """One event of one person of the centre."""
    with cast.scope():
        person = a.person(cast.centre, "S-1")
        return tell(person, "track", by=System("night"), at=AT, text="Chose away.")


def texts(cast):
    with cast.scope():
        return list(CaseEvent.objects.order_by("id").values_list("kind", "text", "corrects"))


@pytest.mark.parametrize(
    "change",
    [
        lambda row: CaseEvent.objects.filter(pk=row.pk).update(text="Chose home."),
        lambda row: CaseEvent.objects.filter(pk=row.pk).update(told_by="Nobody"),
        lambda row: CaseEvent.objects.filter(pk=row.pk).update(text=""),
        lambda row: CaseEvent.objects.filter(pk=row.pk).delete(),
    ],
    ids=["text", "by", "emptied without erasing", "delete"],
)
def test_database_refuses_to_change_an_event(cast, event, change):
    refused = pytest.raises(IntegrityError, match="added and never changed")
    with cast.scope(), refused, transaction.atomic():
        change(event)
    assert texts(cast) == [("track", "Chose away.", None)]


def test_erasing_empties_the_text_and_nothing_else(cast, event):
    with cast.scope(), erasing():
        CaseEvent.objects.update(text="")
        for change in ({"kind": "state"}, {"text": "Else."}, {"text": "", "told_by": "x"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                CaseEvent.objects.update(**change)
    assert texts(cast) == [("track", "", None)]


def test_after_erasing_the_table_is_closed_again(cast, event):
    with cast.scope():
        with erasing():
            pass
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseEvent.objects.update(text="")
    assert texts(cast) == [("track", "Chose away.", None)]


def test_events_of_a_demonstration_can_be_taken_away(cast, event):
    type(cast.north).objects.filter(pk=cast.north.pk).update(is_demonstration=True)
    with cast.scope():
        assert CaseEvent.objects.all()._raw_delete("default") == 1


def test_correction_points_to_what_it_corrects(cast, event):
    with cast.scope(cast.coordinator):
        later = correct(event, text=" Chose home. ", by=cast.coordinator, at=AT)
    assert (later.kind, later.text, later.corrects_id) == ("correction", "Chose home.", event.pk)


def test_event_is_corrected_once(cast, event):
    with cast.scope():
        correct(event, text="Chose home.", by=cast.officer, at=AT)
        with pytest.raises(Refused) as refusal:
            correct(event, text="Chose nothing.", by=cast.officer, at=AT)
    assert refusal.value.code == "corrected_already"
    assert len(texts(cast)) == 2


@pytest.mark.parametrize("who", ["rival_coordinator", "auditor"])
def test_others_cannot_correct(cast, event, who):
    with cast.scope(), pytest.raises(NotAllowed):
        correct(event, text="Chose home.", by=getattr(cast, who), at=AT)
    assert len(texts(cast)) == 1


def test_page_shows_both_the_earlier_one_struck_through(client, cast, event):
    client.force_login(cast.coordinator.user)
    page = client.get(f"{CENTRE}trainees/{event.person.uid}/?tab=history").text
    assert "Correct this" in page
    form = f"{CENTRE}events/{event.uid}/correct/"
    assert "Chose away." in client.get(form).text
    assert client.post(form, {"text": ""}).status_code == 200
    answer = client.post(form, {"text": "Chose home."})
    assert answer.url == f"{CENTRE}trainees/{event.person.uid}/?tab=history"
    page = client.get(answer.url).text
    assert "<del><bdi>Chose away.</bdi></del>" in page
    assert "<ins><bdi>Chose home.</bdi></ins>" in page


def test_page_is_narrowed_to_a_kind_and_paged(client, cast, event):
    with cast.scope():
        for number in range(35):
            tell(event.person, "contact", by=System("night"), at=AT, text=f"Call {number}.")
    client.force_login(cast.auditor.user)
    page = f"/desk/north/agency/trainees/{event.person.uid}/?tab=history"
    assert client.get(page).text.count("line-title") == 30
    assert client.get(f"{page}&page=2").text.count("line-title") == 6
    narrowed = client.get(f"{page}&kind=track").text
    assert narrowed.count("line-title") == 1
    assert "Chose away." in narrowed
    assert "Correct this" not in narrowed


def test_merged_records_show_one_history(client, cast, event):
    with cast.scope():
        survivor = a.person(cast.centre, "S-2")
        type(event.person).objects.filter(pk=event.person_id).update(merged_into=survivor)
        tell(survivor, "state", by=System("night"), at=AT, text="Began training.")
    client.force_login(cast.coordinator.user)
    for record in (event.person, survivor):
        page = client.get(f"{CENTRE}trainees/{record.uid}/?tab=history").text
        assert "Chose away." in page
        assert "Began training." in page
        assert "One person, several records" in page


def test_hidden_fields_are_shown_after_a_click_that_is_a_look(client, cast, event):
    from gsp.audit.models import Look

    with cast.scope():
        type(event.person).objects.update(document_number="P7788", phone="+38344123456")
    client.force_login(cast.coordinator.user)
    page = f"{CENTRE}trainees/{event.person.uid}/"
    shut = client.get(page).text
    assert "P7788" not in shut
    assert "+38344123456" not in shut  # in no cohort, so nobody calls today
    opened = client.get(f"{page}?reveal=identity").text
    assert "P7788" in opened
    assert "+38344123456" in opened
    with cast.scope():
        assert Look.objects.filter(subject=event.person.uid).count() == 3


def test_a_session_cannot_have_the_refusal_ignored(cast, event):
    with cast.scope(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_append_only%%' "
            "AND tgrelid = 'trainees_caseevent'::regclass"
        )
        (name,) = cursor.fetchone()
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{name}}}"])
            CaseEvent.objects.filter(pk=event.pk).update(text="Chose home.")
