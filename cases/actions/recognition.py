"""Recognition of a qualification: filed, decided, its deficits made up, appealed, withdrawn."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import tasks
from cases.models import RecognitionCase, RecognitionDeficit
from cases.rules import has_no_open_deficit
from cases.states import RecognitionState
from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from trainees.actions import journeys
from trainees.actions.story import tell
from trainees.journey_states import BEFORE_DEPARTURE, JourneyState
from trainees.models import CaseEvent, Journey
from trainees.rules import on_is_sound
from trainees.states import Track

State = RecognitionState
TOLD = CaseEvent.Kind.RECOGNITION
APPEAL_DAYS = 30  # where the letter of refusal names no day


@transaction.atomic
def prepare(person, *, by, at, **facts) -> RecognitionCase:
    """Open a recognition case and return it.

    ``facts`` are authority, country, occupation, qualification, and if known usual_days,
    file_reference and note.

    Raises:
        Refused: a fact is missing or wrong.
        NotAllowed: ``by`` is neither the person's centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    row = RecognitionCase(person=person, centre_id=person.centre_id, **facts)
    is_valid(row)
    row.save()
    _tell(row, _("Recognition in preparation: %(what)s") % {"what": row.qualification}, by, at)
    return row


@transaction.atomic
def file(recognition, *, on, by, at, due_on=None) -> RecognitionCase:
    """Note that the papers went to the authority; its answer is usually there by ``due_on``.

    Raises:
        Refused: the day is not sound, or it is filed already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(recognition.centre_id, Permission.EDIT_CASES, by)
    on_is_sound(on, after=None, today=at.date(), field="on")
    due_on = due_on or on + timedelta(days=recognition.usual_days)
    changes = {"filed_on": on, "due_on": due_on}
    if recognition.state == State.REFUSED:
        raise Refused(_("Use the appeal to go on."), field="state", code="no_such_move")
    return _moved(recognition, State.FILED, by=by, at=at, **changes)


@transaction.atomic
def decide(recognition, outcome, *, on, by, at, deficits=(), appeal_until=None) -> RecognitionCase:
    """Note what the authority decided on day ``on``: full, partial or refused.

    Partial recognition names its ``deficits``: triples of topic, skill (or None) and bridging
    hours (or None). A refusal ends the way abroad before departure and opens the search for work
    at home; until ``appeal_until`` an appeal can be made.

    Raises:
        Refused: no deficit is named, one is still open, or there is no such move.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(recognition.centre_id, Permission.EDIT_CASES, by)
    on_is_sound(on, after=recognition.filed_on, today=at.date(), field="on")
    if outcome == State.FULL:
        has_no_open_deficit(recognition)
    if outcome == State.PARTIAL and not deficits:
        raise Refused(_("Say what is missing."), field="deficits", code="required")
    changes = {"decided_on": on}
    if outcome == State.REFUSED:
        changes["appeal_until"] = appeal_until or on + timedelta(days=APPEAL_DAYS)
    recognition = _moved(recognition, outcome, by=by, at=at, **changes)
    for topic, skill, hours in deficits:
        _add_deficit(recognition, topic, skill, hours)
    if outcome == State.REFUSED:
        _after_refusal(recognition, by=by, at=at)
    return recognition


@transaction.atomic
def close_deficit(deficit, *, on, by, at, module=None, closed_by="") -> RecognitionDeficit:
    """Note by which module or assessment a deficit was made up.

    Raises:
        Refused: it is made up already, or nothing says by what.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(deficit.centre_id, Permission.EDIT_CASES, by)
    on_is_sound(on, after=deficit.recognition.decided_on, today=at.date(), field="on")
    deficit = RecognitionDeficit.objects.select_for_update().get(pk=deficit.pk)
    if deficit.closed_on:
        raise Refused(_("This is made up already."), field="on", code="closed_already")
    if module is None and not closed_by.strip():
        raise Refused(
            _("Say by which module or assessment it was made up."),
            field="closed_by",
            code="required",
        )
    deficit.closed_on, deficit.module, deficit.closed_by = on, module, closed_by.strip()
    is_valid(deficit)
    deficit.save()
    recognition = deficit.recognition
    _tell(recognition, _("Made up: %(what)s") % {"what": deficit.topic}, by, at)
    return deficit


@transaction.atomic
def appeal(recognition, *, on, by, at) -> RecognitionCase:
    """Note that an appeal was made against the refusal; the case is before the authority again.

    Raises:
        Refused: it was not refused, or the time for an appeal is over.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(recognition.centre_id, Permission.EDIT_CASES, by)
    on_is_sound(on, after=recognition.decided_on, today=at.date(), field="on")
    if recognition.appeal_until and on > recognition.appeal_until:
        raise Refused(
            _("The time for an appeal is over. Prepare a new case."), field="on", code="too_late"
        )
    due_on = on + timedelta(days=recognition.usual_days)
    tasks.settle(f"appeal:{recognition.uid}", by=by, at=at)
    return _moved(
        recognition, State.FILED, by=by, at=at, appealed_on=on, due_on=due_on, decided_on=None
    )


@transaction.atomic
def withdraw(recognition, *, by, at) -> RecognitionCase:
    """Note that the person no longer asks for recognition.

    Raises:
        Refused: it is decided.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(recognition.centre_id, Permission.EDIT_CASES, by)
    return _moved(recognition, State.WITHDRAWN, by=by, at=at)


def _add_deficit(recognition, topic: str, skill, hours) -> None:
    row = RecognitionDeficit(
        recognition=recognition,
        centre_id=recognition.centre_id,
        topic=topic.strip(),
        skill=skill,
        hours=hours,
    )
    is_valid(row)
    row.save()


def _after_refusal(recognition, *, by, at) -> None:
    """Lead the person back home, and ask whether to appeal."""
    tasks.by_rule(
        "appeal",
        f"appeal:{recognition.uid}",
        person=recognition.person,
        due_on=recognition.appeal_until,
        facts={"on": recognition.appeal_until.isoformat()},
        at=at,
    )
    ways = Journey.objects.open().filter(
        person=recognition.person_id, track=Track.AWAY, state__in=BEFORE_DEPARTURE
    )
    for journey in ways.select_related("enrolment__cohort", "person"):
        journeys.move(journey, JourneyState.RECOGNITION_REFUSED, by=by, at=at)


def _moved(recognition, target, *, by, at, **changes) -> RecognitionCase:
    recognition = workflow.move(recognition, target, by=by, at=at, **changes)
    _tell(recognition, f"{recognition.qualification}: {recognition.get_state_display()}", by, at)
    return recognition


def _tell(recognition, text: str, by, at) -> None:
    tell(recognition.person, TOLD, by=by, at=at, text=text, about=recognition)
