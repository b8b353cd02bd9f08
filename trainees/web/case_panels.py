"""What trainees itself puts onto a person's page."""

from django.utils import timezone

from partnerships.roles import Permission
from trainees.actions.certificates import RESULT_OPEN
from trainees.models import LanguageResult, SkillClaim, TrackDecision
from trainees.rules import OVER
from trainees.states import LEFT, EnrolmentState, Track
from trainees.web.panels import Panel, Tab, register
from trainees.web.shown import shown

State = EnrolmentState
BY_BUTTON = (State.ENROLLED, State.IN_TRAINING, State.ASSESSMENT, State.NOT_YET_COMPETENT)
BY_FORM = (State.DEFERRED, State.UNREACHABLE, State.WITHDRAWN, State.DISMISSED)


def standing(person, view) -> dict:
    """Return track and standing of the enrolment that counts: the newest that is not over."""
    open_ones = [one for one in view.enrolments if one.state not in OVER]
    return {"enrolment": next(iter(open_ones or view.enrolments), None)}


def enrolments(person, view) -> dict:
    """Return each enrolment with what this member may do with it."""
    return {"rows": [_with_buttons(one, view) for one in view.enrolments]}


def identity(person, view) -> dict:
    """Return which fields of the person stand openly, and what may be changed."""
    return {
        "shown": shown(view, view.enrolments, revealed=view.revealed),
        "records": view.records,
        "may_change": view.may(Permission.UPLOAD_TRAINEES),
    }


def decisions(person, view) -> dict:
    """Return the decisions about tracks, the latest first."""
    rows = TrackDecision.objects.filter(enrolment__person__in=view.records)
    return {"decisions": list(rows.select_related("enrolment__cohort").order_by("-id"))}


def skills(person, view) -> dict:
    """Return skills, those with evidence first."""
    rows = SkillClaim.objects.filter(person__in=view.records).select_related("skill")
    return {"skills": list(rows.order_by("-evidence", "skill__title", "id"))}


def languages(person, view) -> dict:
    """Return language results, of each language the newest first."""
    rows = LanguageResult.objects.filter(person__in=view.records).select_related("language")
    newest = rows.order_by("language", "-tested_on", "skill", "id")
    return {"languages": list(newest), "today": timezone.localdate()}


def _with_buttons(enrolment, view) -> dict:
    moves = [move.target for move in enrolment.lifecycle.open_to(enrolment, view.desk.member)]
    decides = view.may(Permission.DECIDE_TRACK) and enrolment.state not in OVER
    may_edit = view.may(Permission.UPLOAD_TRAINEES)
    was_gone = enrolment.state in (*LEFT, EnrolmentState.UNREACHABLE)
    return {
        "row": enrolment,
        "certifies": may_edit and enrolment.state in RESULT_OPEN,
        "moves": [] if was_gone else _labelled(moves, BY_BUTTON),
        "leaves": _labelled(moves, BY_FORM),
        "returns": was_gone and any(target in moves for target in BY_BUTTON[:2]),
        "transfers": EnrolmentState.TRANSFERRED in moves,
        "decides": decides,
        "undoes": decides and enrolment.track != Track.UNDECIDED,
    }


def _labelled(moves: list, targets) -> list[dict]:
    return [
        {"target": target.value, "label": target.label} for target in targets if target in moves
    ]


SEES = Permission.VIEW_TRAINEES
register(
    Panel(10, "trainees/_standing.html", standing, SEES, tab=Tab.HEAD),
    Panel(20, "trainees/_enrolment_cards.html", enrolments, SEES),
    Panel(10, "trainees/_identity.html", identity, SEES, aside=True),
    Panel(30, "trainees/_decisions.html", decisions, SEES, tab=Tab.JOURNEY),
    Panel(40, "trainees/_skills.html", skills, SEES, tab=Tab.TRAINING),
    Panel(50, "trainees/_languages.html", languages, SEES, tab=Tab.TRAINING),
)
