"""The certificates of a whole cohort: one order, slices in the background, progress."""

from datetime import date

import pytest

from credentials.actions import issuings
from credentials.models import Credential, Issuing
from gsp.background.models import Job
from gsp.workflow import NotAllowed, Refused
from tests import builders as a
from tests.credentials.certified import AT, certified, issued


@pytest.fixture
def slices(monkeypatch):
    monkeypatch.setattr(issuings, "SLICE", 2)


def run_slices(order) -> list[int]:
    """Run the jobs of an order one after another; return how many were issued after each."""
    seen = []
    while job := Job.objects.filter(done_at=None).first():
        assert job.action == "credentials.actions.issuings.issue_slice"
        issuings.issue_slice(**job.arguments)
        Job.objects.filter(pk=job.pk).update(done_at=AT)
        order.refresh_from_db()
        seen.append(order.issued)
    return seen


@pytest.mark.parametrize("who", ["coordinator", "officer"])
def test_a_cohort_is_issued_slice_by_slice(cast, slices, who):
    by = getattr(cast, who)
    with cast.scope(by):
        for number in range(5):
            certified(cast, f"A{number}")
        until = date(2031, 1, 1)
        order = issuings.issue_cohort(cast.cohort, by=by, at=AT, valid_until=until)
        assert (order.total, order.issued, order.finished_at) == (5, 0, None)
        assert run_slices(order) == [2, 4, 5]
        assert order.finished_at is not None
        assert order.refused == []
        assert list(Credential.objects.values_list("valid_until", flat=True)) == [until] * 5
        assert Credential.objects.filter(issuing=order).count() == 5


def test_who_has_one_or_is_not_certified_is_left_out(cast):
    with cast.scope():
        issued(cast)
        a.enrolment(a.person(cast.centre), cast.cohort, state="in_training", certified_on=None)
        certified(cast, "A2")
        order = issuings.issue_cohort(cast.cohort, by=cast.officer, at=AT)
        assert (order.total, run_slices(order)) == (1, [1])
        assert Credential.objects.count() == 2


def test_who_cannot_be_served_is_named_and_the_others_are_served(cast):
    with cast.scope():
        certified(cast, "A1", given_name="প্রিয়া")
        certified(cast, "A2")
        order = issuings.issue_cohort(cast.cohort, by=cast.officer, at=AT)
        assert run_slices(order) == [1]
        assert [one["reference"] for one in order.refused] == ["A1"]
        assert "cannot print" in order.refused[0]["message"]
        assert order.finished_at is not None


def test_a_slice_that_runs_twice_issues_nothing_twice(cast, slices):
    with cast.scope():
        for number in range(3):
            certified(cast, f"A{number}")
        order = issuings.issue_cohort(cast.cohort, by=cast.officer, at=AT)
        for _again in range(4):
            issuings.issue_slice(issuing=order.pk)
        order.refresh_from_db()
        assert (order.issued, Credential.objects.count()) == (3, 3)


def test_one_order_at_a_time(cast):
    with cast.scope():
        certified(cast)
        issuings.issue_cohort(cast.cohort, by=cast.officer, at=AT)
        with pytest.raises(Refused) as caught:
            issuings.issue_cohort(cast.cohort, by=cast.officer, at=AT)
        assert caught.value.code == "issuing_already"
        assert Issuing.objects.count() == 1


def test_an_order_for_nobody_is_refused(cast):
    with cast.scope():
        with pytest.raises(Refused) as caught:
            issuings.issue_cohort(cast.cohort, by=cast.officer, at=AT)
        assert caught.value.code == "nobody_waits"
        assert (Issuing.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["auditor", "rival_coordinator"])
def test_others_may_not_order(cast, who):
    with cast.scope():
        certified(cast)
        with pytest.raises(NotAllowed):
            issuings.issue_cohort(cast.cohort, by=getattr(cast, who), at=AT)
        assert Issuing.objects.count() == 0
