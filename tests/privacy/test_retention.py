"""Retention: due by the last thing that happened, previewed, off by default, once a night."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.utils import timezone

from gsp.audit.models import Look, note_looks
from gsp.tenancy.scope import Because, scope
from gsp.workflow import NotAllowed, Refused
from privacy.actions import retention
from privacy.models import Erasure, RetentionRun
from privacy.models.retention import RecordType
from privacy.retention import due
from tests import builders as a
from trainees.actions.story import tell
from trainees.models import Person

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


_next = count(1)


def old(cast, reference, days, **fields):
    """A person whose record was made so many days ago: the identifier says when."""
    made = int((AT - timedelta(days=days)).timestamp() * 1000)
    uid = UUID(int=(made << 80) | (7 << 76) | (2 << 62) | next(_next))
    return a.person(cast.centre, reference, uid=uid, **fields)


def references(kind, months) -> list[str]:
    rows = due(kind, retention.limit(months, TODAY))
    return sorted(rows.values_list("reference", flat=True))


def test_months_are_counted_on_the_calendar():
    assert retention.limit(1, date(2026, 3, 31)) == date(2026, 2, 28)
    assert retention.limit(12, date(2024, 2, 29)) == date(2023, 2, 28)
    assert retention.limit(23, date(2026, 11, 22)) == date(2024, 12, 22)


def test_who_is_due_follows_from_enrolment_and_last_event(cast):
    with cast.scope():
        old(cast, "applicant", 400)
        old(cast, "recent applicant", 300)
        told = old(cast, "told of since", 400)
        tell(told, "state", by=retention.System("a test"), at=AT - timedelta(days=20))
        graduate = old(cast, "graduate", 2000)
        a.enrolment(graduate, cast.cohort)
        left = old(cast, "left", 2000)
        a.enrolment(left, cast.cohort, state="withdrawn", certified_on=None)
        training = old(cast, "in training", 2000)
        a.enrolment(training, cast.cohort, state="in_training", certified_on=None)
        assert references(RecordType.APPLICANTS, 12) == ["applicant"]
        assert references(RecordType.LEFT, 24) == ["left"]
        assert references(RecordType.GRADUATES, 60) == ["graduate"]


def test_nothing_goes_while_the_rule_is_off(cast):
    with cast.scope():
        old(cast, "applicant", 4000)
        assert retention.sweep(as_of=TODAY, at=AT) == {}
        assert Person.objects.get().family_name == "Krasniqi"
        assert (Erasure.objects.count(), RetentionRun.objects.count()) == (0, 0)


def test_night_erases_once_a_day_and_keeps_the_receipt(cast):
    with cast.scope():
        old(cast, "applicant", 400)
        retention.set_rule("applicants", months=12, is_on=True, by=cast.director, at=AT)
        assert retention.sweep(as_of=TODAY, at=AT) == {"applicants": 1}
        assert Person.objects.get().family_name == ""
        assert Erasure.objects.get().reason == "retention"
        old(cast, "another", 400)
        assert retention.sweep(as_of=TODAY, at=AT) == {"applicants": 1}
        assert Erasure.objects.count() == 1
        assert retention.sweep(as_of=TODAY + timedelta(days=1), at=AT) == {"applicants": 1}
        assert Erasure.objects.count() == 2


def test_looks_go_after_their_time(cast):
    why = Because(actor=cast.director.user_id, actor_name="Ada")
    with scope(cast.north, because=why):
        person = a.person(cast.centre, "T-1")
        for days in (2000, 10):
            note_looks([person], at=AT - timedelta(days=days))
        retention.set_rule("looks", months=36, is_on=True, by=cast.director, at=AT)
        assert retention.sweep(as_of=TODAY, at=AT) == {"looks": 1}
        assert Look.objects.count() == 1


@pytest.mark.parametrize("months", [0, 601, -3])
def test_months_out_of_range_are_refused(cast, months):
    with cast.scope(), pytest.raises(Refused) as refusal:
        retention.set_rule("looks", months=months, is_on=True, by=cast.director, at=AT)
    assert refusal.value.field == "months"


def test_coordinator_sets_no_rule(cast):
    with cast.scope(), pytest.raises(NotAllowed):
        retention.set_rule("looks", months=6, is_on=True, by=cast.coordinator, at=AT)


def test_pages_show_what_is_due_and_save_the_rule(client, cast):
    with cast.scope():
        old(cast, "applicant", (timezone.now() - AT).days + 4000)
    client.force_login(cast.director.user)
    assert (
        "Applicants who were never enrolled"
        in client.get("/desk/north/agency/privacy/retention/").text
    )
    address = "/desk/north/agency/privacy/retention/applicants/"
    assert "applicant" in client.get(address).text
    client.post(address, {"months": "18", "is_on": "on"})
    with cast.scope():
        rule = next(r for r in retention.rules_in_force() if r.record_type == "applicants")
        assert (rule.months, rule.is_on) == (18, True)
