"""What a case brings onto the person's page."""

from django.utils import timezone

from cases import queries
from cases.actions.contacts import ON_PERSON, seems_unreachable
from cases.models import ContactAttempt, ContactChannel, Note, TrustedContact
from cases.models.contact import ChannelKind
from cases.states import RecognitionState
from gsp.audit.models import note_looks
from gsp.tenancy.scope import current
from partnerships.roles import Permission
from trainees.web.panels import Panel, Tab, register
from trainees.web.shown import shown

SHOWN_ATTEMPTS = 5
SHOWN_TASKS = 10


def outlook(person, view) -> queries.Outlook:
    """Return the person's outlook, read once for a page."""
    if not hasattr(view, "case_outlook"):
        today = timezone.localdate()
        view.case_outlook = queries.outlook(view.records, view.enrolments, today=today)
    return view.case_outlook


def open_tasks(person, view) -> list:
    """Return the person's open tasks, read once for a page, the first due first."""
    if not hasattr(view, "case_tasks"):
        rows = queries.tasks().open().filter(person__in=view.records)
        view.case_tasks = list(rows[:SHOWN_TASKS])
    return view.case_tasks


def head(person, view) -> dict:
    """Return what is due next, and what ends first."""
    today = timezone.localdate()
    found = outlook(person, view)
    return {
        "task": next(iter(open_tasks(person, view)), None),
        "wanting": found.wanting,
        "clock": found.worst,
        "next_end": next(iter(found.clocks), None),
        "today": today,
        "documents_url": f"{view.desk.url('trainee', uid=person.uid)}?tab={Tab.DOCUMENTS}",
    }


def waiting(person, view) -> dict:
    """Return the person's tasks."""
    return {
        "tasks": open_tasks(person, view),
        "today": timezone.localdate(),
        "may_edit": view.may(Permission.EDIT_CASES),
        "back": view.desk.url("trainee", uid=person.uid),
    }


def clocks(person, view) -> dict:
    """Return how long what the person holds lasts, against the planned departure."""
    found = outlook(person, view)
    return {
        "clocks": found.clocks,
        "departs_on": found.departs_on,
        "may_edit": view.may(Permission.EDIT_CASES),
    }


def documents(person, view) -> dict:
    """Return checklist and documents; numbers only after the click that is noted."""
    rows = list(queries.documents().filter(person__in=view.records))
    revealed = view.revealed and view.may(Permission.VIEW_DOCUMENTS)
    if revealed:
        note_looks(rows, at=timezone.now())
    return {
        "checklist": outlook(person, view).checklist,
        "documents": rows,
        "revealed": revealed,
        "may_open": view.may(Permission.VIEW_DOCUMENTS),
        "may_edit": view.may(Permission.EDIT_CASES),
        "today": timezone.localdate(),
    }


def recognition(person, view) -> dict:
    """Return recognition cases with the next steps of each."""
    rows = queries.recognitions().filter(person__in=view.records)
    return {
        "recognitions": list(rows),
        "states": RecognitionState,
        "may_edit": view.may(Permission.EDIT_CASES),
        "today": timezone.localdate(),
    }


def notes(person, view) -> dict:
    """Return the notes this member may read, the newest first."""
    rows = Note.objects.readable_by(view.desk.member).filter(person__in=view.records)
    found = list(rows.order_by("-at", "-id"))
    later = {note.replaces_id: note for note in found if note.replaces_id}
    lines = [
        {"note": note, "is_replaced": note.pk in later, "is_mine": _is_mine(note, view)}
        for note in found
    ]
    return {"lines": lines}


def _is_mine(note, view) -> bool:
    return note.author_id == view.desk.member.pk


def contacts(person, view) -> dict:
    """Return channels, the trusted contact and the last attempts."""
    rows = list(ContactChannel.objects.filter(person=person).order_by("id"))
    about = {row.kind: row for row in rows if row.on_person}
    own = [
        {"id": kind, "label": ChannelKind(kind).label, "value": getattr(person, name),
         "row": about.get(kind)}
        for kind, name in ON_PERSON.items()
        if getattr(person, name)
    ]  # fmt: skip
    further = [
        {"id": row.uid, "label": row.get_kind_display(), "value": row.value, "row": row}
        for row in rows
        if not row.on_person
    ]
    attempts = ContactAttempt.objects.filter(person__in=view.records).order_by("-at", "-id")
    return {
        "shown": shown(view, view.enrolments, revealed=view.revealed),
        "channels": own + further,
        "trusted": TrustedContact.objects.filter(person=person).first(),
        "attempts": list(attempts[:SHOWN_ATTEMPTS]),
        "is_unreachable": bool(seems_unreachable(person)),
        "may_edit": view.may(Permission.EDIT_CASES),
    }


def waiting_count(desk) -> int | None:
    """Return how many tasks wait for the member now; nothing where none does.

    Error pages show the navigation too, when the desk's scope is closed already: nothing then.
    """
    if current() is None:
        return None
    today = timezone.localdate()
    return queries.waiting_for(desk.member, today).filter(due_on__lte=today).count() or None


SEES = Permission.VIEW_TRAINEES
register(
    Panel(30, "cases/_head.html", head, SEES, tab=Tab.HEAD),
    Panel(10, "cases/_waiting.html", waiting, SEES),
    Panel(15, "cases/_clocks.html", clocks, SEES),
    Panel(20, "cases/_contacts.html", contacts, SEES, aside=True),
    Panel(10, "cases/_documents.html", documents, SEES, tab=Tab.DOCUMENTS),
    Panel(40, "cases/_recognition.html", recognition, SEES, tab=Tab.JOURNEY),
    Panel(10, "cases/_notes.html", notes, Permission.WRITE_NOTES, tab=Tab.NOTES),
)
