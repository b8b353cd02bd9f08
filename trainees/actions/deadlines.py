"""The nightly sweep of deadlines: what waits is noted once, and noted as met when it is over.

Nothing is decided for anybody: a window that closed, a language not shown or a floor exceeded
becomes a notice for the centre, never a change of a track.
"""

from trainees.actions.places import settle
from trainees.deadlines import Found, find
from trainees.models import Enrolment, Notice
from trainees.states import HOLDING, EnrolmentState, Track


def sweep(on, *, by, at) -> int:
    """Bring the notices up to a day and open journeys that are missing; return how many are new.

    A constant number of queries for each agency; repeated, it changes nothing.
    """
    _nobody_is_lost(by=by, at=at)
    found = {(one.kind, one.about, one.due_on): one for one in find(on)}
    known = {(notice.kind, notice.about, notice.due_on): notice for notice in Notice.objects.all()}
    over = [
        notice.pk for key, notice in known.items() if notice.met_at is None and key not in found
    ]
    again = [
        notice.pk for key, notice in known.items() if notice.met_at is not None and key in found
    ]
    Notice.objects.filter(pk__in=over).update(met_at=at)
    Notice.objects.filter(pk__in=again).update(met_at=None)
    new = [_notice(one, at) for key, one in found.items() if key not in known]
    Notice.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True)
    return len(new)


def _nobody_is_lost(*, by, at) -> None:
    """Open the journeys that lists and earlier versions left out."""
    placed = Enrolment.objects.filter(state__in=HOLDING, journeys=None)
    certified = placed.filter(state=EnrolmentState.CERTIFIED)
    settle(placed.exclude(track=Track.UNDECIDED) | certified, by=by, at=at)


def _notice(found: Found, at) -> Notice:
    return Notice(
        kind=found.kind,
        centre_id=found.centre,
        cohort_id=found.cohort,
        person_id=found.person,
        about=found.about,
        due_on=found.due_on,
        raised_at=at,
    )
