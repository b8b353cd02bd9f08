"""Two advisers decide for the last seat at the same moment: one wins, the other is told why."""

from gsp.workflow import Refused
from partnerships.models import Partnership
from tests import builders as a
from tests.faults.test_two_runs_at_once import at_once
from trainees.actions import tracks
from trainees.models import Enrolment, TrackDecision
from training.models import Cohort

NOW = a.datetime(2026, 11, 22, 8, 0, tzinfo=a.UTC)


def test_the_last_seat_is_given_once(stage):
    with stage.scope():
        Partnership.objects.update(home_floor=0)
        Cohort.objects.update(away_seats=1)
        both = [
            a.enrolment(a.person(stage.centre, f"S{number}"), stage.cohort, "undecided")
            for number in range(2)
        ]
        TrackDecision.objects.all().delete()

    def deciding(enrolment):
        def decide():
            with stage.scope(stage.coordinator):
                facts = {"by": stage.coordinator, "at": NOW, "adviser": "Lena"}
                return tracks.decide(enrolment, "away", **facts)

        return decide

    results = at_once(stage, *map(deciding, both))
    refused = [one for one in results if isinstance(one, Refused)]
    assert [one.code for one in refused] == ["no_seat"]
    with stage.scope():
        assert Enrolment.objects.filter(track="away").count() == 1
        assert TrackDecision.objects.count() == 1
