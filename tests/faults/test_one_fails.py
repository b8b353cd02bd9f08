"""One partnership's night fails: the others have theirs, and the failed one is named."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from gsp.background.jobs import run_job
from gsp.background.models import Job
from gsp.tenancy.scope import scope
from matching.actions import nights, runs
from matching.models import Gap, Proposal, Run
from partnerships.models import Partnership
from tests import builders as a
from tests.faults.committed import add_night, proposed


@pytest.fixture
def three(cast, monkeypatch):
    """Three partnerships, of which the middle one's night breaks while it is written."""
    with cast.scope():
        others = [a.partnership(slug, participants=[cast.centre]) for slug in ("masons", "tilers")]
    made = [cast.partnership, *others]
    for each in made:
        add_night(cast, each)
    unmatched_rows = runs.unmatched_rows

    def break_second(new_run, night, result):
        if new_run.partnership_id == made[1].pk:
            raise ArithmeticError("not optimal")
        return unmatched_rows(new_run, night, result)

    monkeypatch.setattr(runs, "unmatched_rows", break_second)
    return made


EXPECTED = [("away", "DE"), ("home", "XK")]


def assert_only_second_is_missing(cast, three):
    assert [proposed(cast, each) for each in three] == [EXPECTED, [], EXPECTED]
    with cast.scope():
        runs_of = [Run.objects.filter(partnership=each).count() for each in three]
        gaps_of = [Gap.objects.filter(partnership=each).count() for each in three]
    assert (runs_of, gaps_of) == ([1, 0, 1], [4, 0, 4])


def test_command_finishes_the_others_and_names_the_failed(cast, three):
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("run_night", as_of="2026-11-22", stdout=out, stderr=err)
    assert str(failure.value) == "failed: north/masons"
    assert failure.value.returncode == 1
    assert err.getvalue() == "north/masons: not optimal\n"
    named = [line.split(":")[0] for line in out.getvalue().splitlines() if line.startswith("north")]
    assert named == ["north/builders", "north/tilers"]
    assert_only_second_is_missing(cast, three)


def test_night_of_the_clock_finishes_the_others(cast, three):
    with cast.scope():
        assert nights.order(a.TODAY) == 3
        jobs = list(Job.objects.order_by("id"))
    run_job(tenant=cast.north.pk, job=jobs[0].pk)
    with pytest.raises(ArithmeticError):
        run_job(tenant=cast.north.pk, job=jobs[1].pk)
    run_job(tenant=cast.north.pk, job=jobs[2].pk)
    assert_only_second_is_missing(cast, three)
    with cast.scope():
        assert [job.done_at is not None for job in Job.objects.order_by("id")] == [
            True,
            False,
            True,
        ]


def test_agency_whose_night_fails_stops_no_other_agency(cast, three):
    with scope(cast.south):
        southern = a.partnership("southern")
    with pytest.raises(CommandError, match=r"^failed: north/masons$"):
        call_command("run_night", as_of="2026-11-22", stdout=io.StringIO(), stderr=io.StringIO())
    with scope(cast.south):
        assert Run.objects.get(partnership=southern).as_of == date(2026, 11, 22)


def test_what_failed_is_made_up_for_by_the_next_run(cast, three, monkeypatch):
    with pytest.raises(CommandError):
        call_command("run_night", as_of="2026-11-22", stdout=io.StringIO(), stderr=io.StringIO())
    monkeypatch.undo()
    out = io.StringIO()
    call_command("run_night", as_of="2026-11-22", stdout=out)
    assert "north/builders: nothing new, run of 2026-11-22 stands" in out.getvalue()
    assert proposed(cast, three[1]) == EXPECTED
    with cast.scope():
        assert Partnership.objects.count() == 3
        assert Proposal.objects.count() == 6
