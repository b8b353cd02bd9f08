"""Follow-ups after 3, 6 and 12 months of work: planned for both tracks by the same clock."""

from datetime import date

from django.db import transaction

from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from trainees import rules
from trainees.actions.story import tell
from trainees.journey_states import FOLLOW_UP_MONTHS
from trainees.models import FollowUp
from trainees.models.story import CaseEvent

State = FollowUp.State


def plan(journey) -> None:
    """Plan the follow-ups of a journey from the day its work started; earlier ones lapse."""
    started = journey.work_started_on
    earlier = journey.follow_ups.filter(status=State.PLANNED).exclude(started_on=started)
    earlier.update(status=State.DROPPED)
    FollowUp.objects.bulk_create(
        [
            FollowUp(
                journey=journey,
                person_id=journey.person_id,
                centre_id=journey.centre_id,
                months=months,
                started_on=started,
                due_on=months_later(started, months),
            )
            for months in FOLLOW_UP_MONTHS
        ],
        ignore_conflicts=True,
    )


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


@transaction.atomic
def record(follow_up, status, *, by, at, on=None, note="") -> FollowUp:
    """Record that the person was contacted, answered or could not be reached on day ``on``.

    Raises:
        Refused: no such status, or the day lies in the future or before the work.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(follow_up.centre_id, Permission.EDIT_CASES, by)
    on = on or at.date()
    rules.on_is_sound(on, after=follow_up.started_on, today=at.date())
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    follow_up.status = status
    if status in (State.CONTACTED, State.ANSWERED):
        follow_up.contacted_on = follow_up.contacted_on or on
    follow_up.answered_on = on if status == State.ANSWERED else None
    follow_up.note = note.strip() or follow_up.note
    is_valid(follow_up)
    follow_up.save()
    text = f"{follow_up.months}: {follow_up.get_status_display()}"
    tell(follow_up.person, CaseEvent.Kind.JOURNEY, by=by, at=at, text=text, about=follow_up)
    return follow_up
