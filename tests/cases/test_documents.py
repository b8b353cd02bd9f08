"""Documents: kept in the vault, scanned where a scanner is set up, opened by permission alone."""

import socketserver
import threading
from datetime import UTC, date, datetime

import pytest
from django.conf import settings as configured

from cases.actions import documents
from cases.actions.requirements import require
from cases.models import Document
from cases.rules import checklist
from gsp import antivirus, vault
from gsp.audit.models import Look
from gsp.tenancy.scope import Because, scope
from gsp.workflow import NotAllowed, Refused, Stale
from tests import builders as a
from tests.cases import files
from trainees.models import CaseEvent

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = AT.date()
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"
    return settings.VAULT_DIR


@pytest.fixture
def person(cast):
    with cast.scope():
        return a.person(cast.centre, "D-1")


def receive(person, by, content=None, kind="passport", **facts):
    content = files.pdf() if content is None else content
    name = facts.pop("file_name", "C:\\scans\\pass\u202eport.pdf")
    return documents.receive(person, kind, content=content, file_name=name, by=by, at=AT, **facts)


def lying(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_document_lies_encrypted_under_a_random_name(cast, person, own_vault):
    sent = files.pdf()
    with cast.scope(cast.coordinator):
        row = receive(person, cast.coordinator, sent, number="P 77", expires_on=date(2031, 1, 1))
        assert vault.content_of(row.file) == sent
    (path,) = lying(own_vault)
    assert path.name == row.file
    assert b"%PDF" not in path.read_bytes()
    assert (row.original_name, row.media_type, row.size) == (
        "passport.pdf",
        "application/pdf",
        len(sent),
    )
    assert (row.state, row.scan, row.is_open) == ("received", "not_used", True)
    with cast.scope():
        assert CaseEvent.objects.get().text == "Received: Passport"


def test_a_refused_file_leaves_nothing(cast, person, own_vault):
    with cast.scope(), pytest.raises(Refused):
        receive(person, cast.officer, b"MZ")
    with cast.scope(), pytest.raises(Refused) as refusal:
        receive(person, cast.officer, issued_on=date(2026, 2, 1), expires_on=date(2026, 1, 1))
    assert refusal.value.message == "It expires before it was issued."
    with cast.scope():
        assert Document.objects.count() == 0
    assert lying(own_vault) == []


def test_the_same_file_is_not_taken_twice(cast, person, own_vault):
    with cast.scope():
        receive(person, cast.officer)
        with pytest.raises(Refused) as refusal:
            receive(person, cast.officer)
        assert refusal.value.code == "handed_in_already"
        receive(person, cast.officer, kind="diploma")
    assert len(lying(own_vault)) == 2


@pytest.mark.parametrize("who", ["rival_coordinator", "auditor"])
def test_others_hand_nothing_in(cast, person, who, own_vault):
    with cast.scope(), pytest.raises(NotAllowed):
        receive(person, getattr(cast, who))
    assert lying(own_vault) == []


def test_a_document_is_accepted_rejected_and_replaced(cast, person):
    by = cast.coordinator
    with cast.scope():
        first = receive(person, by)
        first = documents.accept(first, by=by, at=AT, expires_on=date(2030, 5, 1))
        assert (first.state, first.verified_by) == ("accepted", by.user.name)
        with pytest.raises(Refused) as refusal:
            documents.reject(first, because=" ", by=by, at=AT)
        assert refusal.value.field == "rejected_because"
        first = documents.reject(first, because="The second page is missing.", by=by, at=AT)
        second = receive(person, by, files.pdf(pages=2), replaces=first)
        first.refresh_from_db()
        assert (first.state, second.replaces_id) == ("replaced", first.pk)
        assert list(Document.objects.current()) == [second]
        with pytest.raises((Refused, Stale)):
            documents.accept(first, by=by, at=AT)


def test_taking_a_file_out_is_noted_for_document_and_person(cast, person):
    with cast.scope():
        row = receive(person, cast.coordinator)
    me = cast.coordinator
    because = Because(actor=me.user_id, actor_name=me.user.name)
    with scope(cast.north, cast.centre, because=because):
        assert documents.open_file(row, by=me, at=AT) == files.pdf()
    with cast.scope():
        noted = Look.objects.order_by("id").values_list("kind", "subject")
        assert list(noted) == [("export", row.uid), ("export", person.uid)]
        with pytest.raises(NotAllowed):
            documents.open_file(row, by=cast.rival_coordinator, at=AT)


class Clam(socketserver.BaseRequestHandler):
    """Speaks ClamAV's INSTREAM as its manual says; finds the test file of EICAR."""

    def handle(self):
        command = self.request.recv(10)
        assert command == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self._exactly(4)):
            content += self._exactly(size)
        self.server.scanned.append(len(content))
        verdict = self.server.says or (b"Eicar-Signature FOUND" if EICAR in content else b"OK")
        self.request.sendall(b"stream: " + verdict + b"\0")

    def _exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            got += self.request.recv(size - len(got))
        return got


@pytest.fixture
def clam(settings):
    """A scanner on a real socket of this machine."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clam) as server:
        server.scanned, server.says, server.daemon_threads = [], b"", True
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def away(settings, unused_port=1):
    """A scanner that is set up and not there."""
    settings.CLAMAV_ADDRESS = f"127.0.0.1:{unused_port}"


def infected(writer):
    writer.add_metadata({"/Title": EICAR.decode()})


def test_a_clean_file_is_scanned_whole(cast, person, clam):
    sent = files.pdf()
    with cast.scope():
        row = receive(person, cast.officer, sent)
    assert (row.scan, clam.scanned) == ("clean", [len(sent)])


def test_a_file_with_a_virus_is_refused(cast, person, clam, own_vault):
    clam.says = b"Eicar-Signature FOUND"
    with cast.scope(), pytest.raises(Refused) as refusal:
        receive(person, cast.officer)
    assert refusal.value.code == "infected"
    assert lying(own_vault) == []


def test_the_scanner_names_the_virus(clam):
    assert antivirus.scan(EICAR).virus == "Eicar-Signature"
    assert antivirus.scan(b"x" * 300_000).is_clean
    assert clam.scanned == [len(EICAR), 300_000]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"hello"])
def test_an_answer_that_is_no_verdict_is_none(clam, answer):
    clam.says = answer
    with pytest.raises(antivirus.ScannerAwayError):
        antivirus.scan(b"content")


def test_while_the_scanner_is_away_the_file_stays_closed(cast, person, away, own_vault):
    with cast.scope():
        row = receive(person, cast.officer)
        assert (row.scan, row.is_open) == ("waiting", False)
        for act in (
            lambda: documents.open_file(row, by=cast.officer, at=AT),
            lambda: documents.accept(row, by=cast.officer, at=AT),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == "not_scanned"
        assert documents.scan_again(row) == "waiting"
        assert Look.objects.count() == 0
    assert len(lying(own_vault)) == 1


def test_what_waited_opens_once_it_was_scanned(cast, person, away, request):
    with cast.scope():
        row = receive(person, cast.officer)
    request.getfixturevalue("clam")
    with cast.scope():
        documents.scan_later(document=row.pk)
        row.refresh_from_db()
        assert (row.scan, row.is_open) == ("clean", True)


@pytest.mark.django_db(transaction=False)
def test_what_waited_and_has_a_virus_is_removed(
    cast, person, away, request, own_vault, django_capture_on_commit_callbacks
):
    with cast.scope():
        row = receive(person, cast.officer)
    request.getfixturevalue("clam").says = b"Eicar-Signature FOUND"
    with django_capture_on_commit_callbacks(execute=True), cast.scope():
        documents.scan_later(document=row.pk)
    with cast.scope():
        row.refresh_from_db()
        assert (row.scan, row.state, row.file, row.is_open) == ("infected", "rejected", "", False)
    assert lying(own_vault) == []


def test_the_limit_is_15_megabytes():
    assert configured.DOCUMENT_MAX_BYTES == 15 * 1024 * 1024


def lines(cast, person, **facts):
    rows = list(cast.partnership.document_requirements.order_by("id"))
    held = list(Document.objects.current().filter(person=person))
    facts = {"track": "away", "reached": "in_training", "departs_on": None, **facts}
    found = checklist(rows, held, today=TODAY, **facts)
    return [(one.requirement.kind, one.standing, one.is_due) for one in found]


def test_the_checklist_says_what_is_there_and_what_is_not(cast, person):
    by = cast.officer
    with cast.scope():
        for kind, stage, track, months in (
            ("passport", "in_training", "any", 6),
            ("police_record", "departure", "away", None),
            ("contract", "matched", "home", None),
        ):
            require(
                cast.partnership, kind, stage=stage, track=track, months_valid=months, by=by, at=AT
            )
        assert lines(cast, person) == [
            ("passport", "missing", True),
            ("police_record", "missing", False),
        ]
        assert [kind for kind, *_ in lines(cast, person, track="home")] == ["passport", "contract"]
        row = receive(person, by, expires_on=date(2027, 6, 1))
        assert lines(cast, person)[0] == ("passport", "received", True)
        documents.accept(row, by=by, at=AT)
        assert lines(cast, person)[0] == ("passport", "accepted", True)
        late = {"departs_on": date(2027, 1, 1)}  # needed until 1 July
        assert lines(cast, person, **late)[0] == ("passport", "too_short", True)
        Document.objects.update(expires_on=date(2026, 12, 24))
        assert lines(cast, person)[0] == ("passport", "expiring", True)
        Document.objects.update(expires_on=date(2026, 11, 21))
        assert lines(cast, person)[0] == ("passport", "expired", True)
        row.refresh_from_db()
        documents.reject(row, because="It has expired.", by=by, at=AT)
        assert lines(cast, person)[0] == ("passport", "rejected", True)


def test_staff_alone_keep_the_list(cast, person):
    with cast.scope(), pytest.raises(NotAllowed):
        require(cast.partnership, "passport", stage="departure", by=cast.coordinator, at=AT)
    with cast.scope():
        require(cast.partnership, "passport", stage="departure", by=cast.officer, at=AT)
        with pytest.raises(Refused) as refusal:
            require(cast.partnership, "passport", stage="matched", by=cast.officer, at=AT)
    assert refusal.value.message == "This document is on the list already."


def test_a_file_that_was_erased_is_gone_and_says_so(cast, person):
    with cast.scope():
        row = receive(person, cast.officer)
        vault.remove(row.file)
        for file in (row.file, ""):
            row.file = file
            with pytest.raises(Refused) as refusal:
                documents.open_file(row, by=cast.officer, at=AT)
            assert refusal.value.code == "file_gone"
        assert Look.objects.count() == 0
