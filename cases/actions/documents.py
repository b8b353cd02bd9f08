"""Documents: received by their content, scanned, checked, replaced, and taken out of the vault."""

import hashlib
import logging

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cases.files.examine import Examined, examine
from cases.models import Document
from cases.states import DocumentState
from gsp import antivirus, vault, workflow
from gsp.audit.models import Look, note_looks
from gsp.background.jobs import background
from gsp.workflow import Refused
from partnerships.roles import Permission, System
from partnerships.rules import is_valid, may_act_for
from trainees.actions.story import tell
from trainees.models import CaseEvent

log = logging.getLogger(__name__)
TOLD = CaseEvent.Kind.DOCUMENT


@transaction.atomic
def receive(person, kind, *, content: bytes, file_name: str, by, at, **facts) -> Document:
    """Keep a file that was handed in for a person, and return its record.

    ``facts`` are number, country, issued_on, expires_on, note, recognition, and ``replaces``: an
    earlier document, which is then no longer current. A file that the scanner could not be asked
    about stays closed until it was.

    Raises:
        Refused: the file is none we take (see ``examine``), carries a virus, was handed in
            before, or a fact is wrong.
        NotAllowed: ``by`` is neither the person's centre nor staff with the permission.

    """
    may_act_for(person.centre_id, Permission.EDIT_CASES, by)
    kept = examine(content, most=settings.DOCUMENT_MAX_BYTES)
    sent = hashlib.sha256(content).hexdigest()
    _is_new(person, kind, sent)
    replaces = facts.get("replaces")
    document = Document(
        person=person,
        centre_id=person.centre_id,
        kind=kind,
        original_name=_plain_name(file_name),
        media_type=kept.media_type,
        size=len(kept.content),
        sha256=hashlib.sha256(kept.content).hexdigest(),
        sent_sha256=sent,
        scan=_scanned(kept),
        received_at=at,
        received_from=name_of(by),
        **{name: value for name, value in facts.items() if value is not None},
    )
    is_valid(document)
    if replaces is not None:
        workflow.move(replaces, DocumentState.REPLACED, by=by, at=at)
    return _kept(document, kept, by=by, at=at)


def _kept(document: Document, kept: Examined, *, by, at) -> Document:
    """Put the content into the vault and write the row; without a row no file stays."""
    stored = vault.put(kept.content)
    try:
        with transaction.atomic():
            document.file = stored.name
            document.save()
            text = _("Received: %(kind)s") % {"kind": document.get_kind_display()}
            tell(document.person, TOLD, by=by, at=at, text=text, about=document)
    except BaseException:
        vault.remove(stored.name)
        raise
    if document.scan == Document.Scan.WAITING:
        scan_later.after_commit(document=document.pk)
    return document


def accept(document, *, by, at, **facts) -> Document:
    """Note that somebody saw the document and found it good; ``facts`` are what it says.

    Raises:
        Refused: it is not waiting to be checked, its file is closed, or a fact is wrong.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(document.centre_id, Permission.EDIT_CASES, by)
    _is_open(document)
    for name, value in facts.items():
        setattr(document, name, value)
    is_valid(document)
    said = {"verified_at": at, "verified_by": name_of(by), **facts}
    return _moved(document, DocumentState.ACCEPTED, by=by, at=at, **said)


def reject(document, *, because: str, by, at) -> Document:
    """Send the document back, saying why and what would do.

    Raises:
        Refused: no reason is given, or it is rejected or replaced already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(document.centre_id, Permission.EDIT_CASES, by)
    because = because.strip()
    return _moved(document, DocumentState.REJECTED, by=by, at=at, rejected_because=because)


def open_file(document, *, by, at) -> bytes:
    """Return the file's content; taking it out is noted for the document and the person.

    Raises:
        Refused: it was not scanned yet, or the file is gone.
        NotAllowed: ``by`` may not open documents of this centre.

    """
    may_act_for(document.centre_id, Permission.VIEW_DOCUMENTS, by)
    _is_open(document)
    try:
        content = vault.content_of(document.file)
    except FileNotFoundError as error:
        raise _file_gone() from error
    note_looks([document, document.person], kind=Look.Kind.EXPORT, at=at)
    return content


@background
def scan_later(*, document: int) -> None:
    """Ask the scanner about a file that waits; where it is still away, the night asks again."""
    found = Document.objects.unscanned().filter(pk=document).first()
    if found is not None:
        scan_again(found)


def scan_again(document) -> str:
    """Ask the scanner about one waiting file and write down its answer; return the new state."""
    try:
        verdict = antivirus.scan(vault.content_of(document.file))
    except antivirus.ScannerAwayError as error:
        log.warning("document %s stays closed, the scanner is away: %s", document.uid, error)
        return document.scan
    rows = Document.objects.filter(pk=document.pk)
    if verdict.is_clean:
        document.scan = Document.Scan.CLEAN
        rows.update(scan=document.scan)
        return document.scan
    document.scan = Document.Scan.INFECTED
    name = document.file
    rows.update(
        scan=document.scan,
        file="",
        state=DocumentState.REJECTED,
        rejected_because=_("A virus was found in the file; hand it in again from a clean device."),
    )
    transaction.on_commit(lambda: vault.remove(name))
    return document.scan


def _scanned(kept: Examined) -> str:
    if not antivirus.is_set_up():
        return Document.Scan.NOT_USED
    try:
        verdict = antivirus.scan(kept.content)
    except antivirus.ScannerAwayError as error:
        log.warning("a document is kept closed, the scanner is away: %s", error)
        return Document.Scan.WAITING
    if not verdict.is_clean:
        raise Refused(
            _("A virus was found in the file. Hand it in again from a clean device."),
            field="file",
            code="infected",
        )
    return Document.Scan.CLEAN


def _is_new(person, kind, sent: str) -> None:
    same = Document.objects.current().filter(person=person, kind=kind, sent_sha256=sent)
    if same.exists():
        raise Refused(
            _("This very file was handed in already. Choose another, or leave it as it is."),
            field="file",
            code="handed_in_already",
        )


def _is_open(document) -> None:
    if document.is_open:
        return
    if document.scan != Document.Scan.WAITING:
        raise _file_gone()
    raise Refused(
        _("The file was not scanned for viruses yet. It opens as soon as that is done."),
        field="file",
        code="not_scanned",
    )


def _file_gone() -> Refused:
    message = _("The file is gone. Ask for the document again.")
    return Refused(message, field="file", code="file_gone")


@transaction.atomic
def _moved(document, target, *, by, at, **changes) -> Document:
    document = workflow.move(document, target, by=by, at=at, **changes)
    text = f"{document.get_kind_display()}: {document.get_state_display()}"
    tell(document.person, TOLD, by=by, at=at, text=text, about=document)
    return document


def _plain_name(name: str) -> str:
    """Return the last part of a file's name, without what a terminal or browser might obey."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:150]


def name_of(by) -> str:
    """Return the name of whoever acts."""
    return by.name[:150] if isinstance(by, System) else by.user.name[:150]
