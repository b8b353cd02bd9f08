"""Recognition with its fallback, warnings of the night, notes by reader, reminders by e-mail."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from cases.actions import contacts, digests, documents, notes, recognition, tasks, warnings
from cases.models import Note, Task
from cases.rules import clock, later
from cases.tasks import remind_members, watch_cases
from gsp.background.models import Job
from gsp.workflow import NotAllowed, Refused
from partnerships.roles import System
from tests import builders as a
from tests.cases import files
from trainees.actions import journeys
from trainees.models import Enrolment, Journey, LanguageResult
from trainees.validity import Validity

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = AT.date()
NIGHT = System("night watch")


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"


@pytest.fixture
def person(cast):
    """A certified trainee on the away track."""
    with cast.scope():
        type(cast.partnership).objects.update(home_floor=0)
        person = a.person(cast.centre, "R-1", phone="+38344111222")
        a.enrolment(person, cast.cohort, "away")
        return person


def filed(person, by):
    row = recognition.prepare(
        person,
        authority="Chamber",
        country=a.country(),
        occupation=a.occupation(),
        qualification="Bricklayer",
        by=by,
        at=AT,
    )
    assert row.state == "preparing"
    return recognition.file(row, on=date(2026, 8, 1), by=by, at=AT)


def test_filing_sets_the_day_of_the_answer(cast, person):
    with cast.scope():
        row = filed(person, cast.coordinator)
    assert (row.state, row.due_on) == ("filed", date(2026, 10, 30))


def test_refusal_leads_home_and_asks_about_an_appeal(cast, person):
    by = cast.coordinator
    with cast.scope():
        journeys.settle(Enrolment.objects.all(), by=by, at=AT)
        assert Journey.objects.open().get().track == "away"
        row = recognition.decide(filed(person, by), "refused", on=date(2026, 11, 1), by=by, at=AT)
        assert row.appeal_until == date(2026, 12, 1)
        home = Journey.objects.open().get()
        assert (home.track, home.state) == ("home", "job_search")
        assert Enrolment.objects.get().track == "home"
        assert Task.objects.open().get().words == (
            "Decide whether to appeal against the refused recognition, until 1 Dec 2026"
        )
        row = recognition.appeal(row, on=TODAY, by=by, at=AT)
        assert (row.state, row.due_on) == ("filed", TODAY + timedelta(days=90))
        assert Task.objects.get().state == "done"


def test_an_appeal_too_late_is_refused(cast, person):
    by = cast.coordinator
    with cast.scope():
        row = recognition.decide(
            filed(person, by),
            "refused",
            on=date(2026, 9, 1),
            appeal_until=date(2026, 10, 1),
            by=by,
            at=AT,
        )
        with pytest.raises(Refused) as refusal:
            recognition.appeal(row, on=TODAY, by=by, at=AT)
        row.refresh_from_db()
    assert (refusal.value.code, row.state) == ("too_late", "refused")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 3, 5), 0, date(2026, 3, 5)),
    ],
)
def test_months_end_where_the_month_ends(start, months, end):
    assert later(start, months) == end


@pytest.mark.parametrize(
    ("valid_until", "departs_on", "tone"),
    [
        (date(2026, 11, 21), None, "bad"),
        (date(2026, 11, 22), None, "wait"),
        (date(2027, 2, 20), None, "wait"),
        (date(2027, 2, 21), None, "good"),
        (date(2027, 6, 30), date(2027, 1, 1), "bad"),  # needed until 1 July
        (date(2027, 7, 1), date(2027, 1, 1), "wait"),
        (date(2027, 9, 30), date(2027, 1, 1), "good"),
    ],
)
def test_clock_of_a_passport(valid_until, departs_on, tone):
    passport = Validity(1, 1, "passport", "x", "Passport", valid_until)
    found = clock(passport, departs_on=departs_on, requirements=(), today=TODAY)
    assert found.tone == tone


def lapses(cast, person, days: int) -> LanguageResult:
    return LanguageResult.objects.create(
        person=person,
        centre=cast.centre,
        language_id="de",
        level="B1",
        tested_on=date(2025, 1, 1),
        expires_on=TODAY + timedelta(days=days),
    )


def keys() -> list[tuple[str, str]]:
    rows = Task.objects.order_by("id").values_list("rule_key", "state")
    return [(key.rpartition(":")[2], state) for key, state in rows]


def test_night_warns_at_90_60_and_30_days_and_never_twice(cast, person):
    with cast.scope():
        lapses(cast, person, 91)
        assert warnings.warn(TODAY, by=NIGHT, at=AT).made == 0
        for days, expected in (
            (1, [("90", "open")]),
            (1, [("90", "open")]),
            (31, [("90", "dropped"), ("60", "open")]),
            (61, [("90", "dropped"), ("60", "dropped"), ("30", "open")]),
            (90, [("90", "dropped"), ("60", "dropped"), ("30", "open")]),
        ):
            warnings.warn(TODAY + timedelta(days=days), by=NIGHT, at=AT)
            assert keys() == expected, days
        task = Task.objects.open().get()
        assert task.words == "German B1 ends on 21 Feb 2027: renew it"
        assert (task.due_on, task.role) == (date(2027, 2, 21), "centre_coordinator")


def test_a_warning_done_stays_done_and_a_renewal_drops_it(cast, person):
    with cast.scope():
        result = lapses(cast, person, 20)
        warnings.warn(TODAY, by=NIGHT, at=AT)
        tasks.done(Task.objects.get(), by=cast.coordinator, at=AT)
        warnings.warn(TODAY, by=NIGHT, at=AT)
        assert keys() == [("30", "done")]
        tasks.reopen(Task.objects.get(), by=cast.coordinator, at=AT)
        result.expires_on = TODAY + timedelta(days=900)
        result.save()
        assert warnings.warn(TODAY, by=NIGHT, at=AT) == warnings.Warned(made=0, dropped=1)
        assert keys() == [("30", "dropped")]


def test_night_costs_the_same_for_one_and_for_five(cast, person, count_queries):
    with cast.scope():
        lapses(cast, person, 20)

        def night():
            warnings.warn(TODAY, by=NIGHT, at=AT)

        night()
        Task.objects.all()._raw_delete("default")
        one = count_queries(night)
        for number in range(4):
            other = a.person(cast.centre, f"N-{number}")
            a.enrolment(other, cast.cohort, "away")
            lapses(cast, other, 20)
        Task.objects.all()._raw_delete("default")
        assert count_queries(night) == one
        assert Task.objects.count() == 5


def test_departure_warns_long_before_the_end(cast, person):
    from cases.actions.plans import plan_departure

    by = cast.coordinator
    with cast.scope():
        documents.receive(
            person,
            "passport",
            content=files.pdf(),
            file_name="p.pdf",
            expires_on=TODAY + timedelta(days=300),
            by=by,
            at=AT,
        )
        warnings.warn(TODAY, by=NIGHT, at=AT)
        assert keys() == []
        plan_departure(person, TODAY + timedelta(days=150), by=by, at=AT)
        warnings.warn(TODAY, by=NIGHT, at=AT)
        assert keys() == [("early", "open")]


def test_those_who_left_are_not_warned_of(cast, person):
    with cast.scope():
        lapses(cast, person, 20)
        Enrolment.objects.update(state="withdrawn")
        warnings.warn(TODAY, by=NIGHT, at=AT)
        assert keys() == []


def test_the_clock_watches_every_agency(cast, person):
    with cast.scope():
        lapses(cast, person, 20)
    assert watch_cases(TODAY.isoformat()) == 1
    assert watch_cases(TODAY.isoformat()) == 0


def test_an_overdue_answer_becomes_a_task(cast, person):
    with cast.scope():
        filed(person, cast.coordinator)
        warnings.warn(TODAY, by=NIGHT, at=AT)
        assert Task.objects.open().get().rule == "recognition_due"


READS = {
    ("coordinator", "mine", False): {"coordinator"},
    ("coordinator", "both", False): {"coordinator", "colleague", "officer", "director"},
    ("officer", "mine", False): {"officer", "director"},
    ("officer", "both", False): {"officer", "director"},
    ("coordinator", "mine", True): {"coordinator"},
    ("coordinator", "both", True): {"coordinator"},
    ("officer", "both", True): {"officer"},
}


@pytest.mark.parametrize("case", READS, ids=str)
def test_a_note_is_read_by_whom_it_is_meant_for(cast, person, case):
    author, readers, confidential = case
    with cast.scope():
        colleague = a.membership("centre_coordinator", cast.centre)
    by = getattr(cast, author)
    with cast.scope(by):
        notes.write(person, "Quiet.", readers=readers, is_confidential=confidential, by=by, at=AT)
    members = {"colleague": colleague} | {
        name: getattr(cast, name) for name in ("coordinator", "officer", "director")
    }
    found = set()
    for name, member in members.items():
        with cast.scope(member):
            if Note.objects.readable_by(member).exists():
                found.add(name)
    wanted = set(READS[case])
    if case == ("coordinator", "mine", False):
        wanted.add("colleague")
    if case == ("officer", "both", False):
        wanted |= {"coordinator", "colleague"}
    assert found == wanted


def test_only_its_author_puts_a_note_right(cast, person):
    with cast.scope():
        note = notes.write(person, "One.", readers="both", by=cast.officer, at=AT)
        with pytest.raises(NotAllowed):
            notes.write(person, "Two.", readers="both", by=cast.director, at=AT, replaces=note)
        notes.write(person, "Two.", readers="both", by=cast.officer, at=AT, replaces=note)
        with pytest.raises(Refused) as refusal:
            notes.write(person, "Three.", readers="both", by=cast.officer, at=AT, replaces=note)
    assert refusal.value.code == "replaced_already"


def test_reaching_the_person_ends_the_count_of_failures(cast, person):
    with cast.scope():
        for kind, outcome in (
            ("phone", "no_answer"),
            ("email", "no_answer"),
            ("phone", "reached"),
            ("phone", "wrong"),
            ("phone", "no_answer"),
            ("phone", "no_answer"),
        ):
            contacts.attempt(person, kind, outcome, by=cast.coordinator, at=AT)
        assert Task.objects.count() == 0  # three in a row, but on one channel
        contacts.attempt(person, "email", "no_answer", by=cast.coordinator, at=AT)
        contacts.attempt(person, "email", "no_answer", by=cast.coordinator, at=AT)
        assert Task.objects.get().rule == "unreachable"


def test_reminder_names_nobody_and_comes_once_a_day(cast, person):
    me = cast.coordinator
    with cast.scope():
        digests.choose(me, True, at=AT)
        tasks.add("Call Arta", due_on=TODAY, person=person, by=me, at=AT)
    assert remind_members(TODAY.isoformat()) == 1
    with cast.scope():
        job = Job.objects.get(action="cases.actions.digests.send")
        assert digests.send(**job.arguments) is True
        assert digests.send(**job.arguments) is False
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([me.user.email], "1 task waits")
    assert "/desk/north/skenderaj/tasks/" in sent.body
    assert "Arta" not in sent.body
    assert remind_members(TODAY.isoformat()) == 0


def test_nothing_due_sends_nothing(cast, person):
    me = cast.coordinator
    with cast.scope():
        digests.choose(me, True, at=AT)
        tasks.add("Later", due_on=TODAY + timedelta(days=1), by=me, at=AT)
        digests.order(TODAY)
        assert digests.send(**Job.objects.get().arguments) is False
        digests.choose(me, False, at=AT)
        assert digests.order(TODAY + timedelta(days=1)) == 0
    assert mail.outbox == []
