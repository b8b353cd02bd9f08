"""Lists over the API: announced, sent in pieces, followed, looked at, decided."""

from hashlib import sha256

import pytest

from gsp.audit.models import Look
from gsp.uploads.actions.apply import apply
from gsp.uploads.models import Upload
from tests import builders as a
from tests.trainees.lists import ARTA, BESA, HEADER
from tests.uploads.files import csv
from tests.uploads.stages import examined
from trainees.models import Person

CENTRE = "/api/v1/north/skenderaj/uploads"
CONTENT = csv(HEADER, ARTA, BESA.replace("XK", "ZZ"))
PIECE = "application/offset+octet-stream"


@pytest.fixture
def centre(client, cast):
    client.force_login(cast.coordinator.user)
    return client


def announce(client, cast, **changes):
    facts = {
        "kind": "cohort",
        "subject": str(cast.cohort.uid),
        "file_name": "list.csv",
        "size": len(CONTENT),
        "sha256": sha256(CONTENT).hexdigest(),
        **changes,
    }
    return client.post(CENTRE, facts, content_type="application/json")


def piece(client, where, content, offset):
    headers = {"Upload-Offset": str(offset)}
    return client.patch(f"{where}/content", content, content_type=PIECE, headers=headers)


def taken(cast, where):
    with cast.scope(cast.coordinator):
        return examined(Upload.objects.get(uid=where.rpartition("/")[2]))


def test_pieces_resume_after_a_break_and_the_list_goes_through_its_stages(centre, cast):
    answer = announce(centre, cast)
    where = answer["Location"]
    assert (answer.status_code, answer.json()["state"]) == (202, "receiving")
    assert piece(centre, where, CONTENT[:30], 0)["Upload-Offset"] == "30"
    refused = piece(centre, where, CONTENT[:30], 0)
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_offset")
    assert centre.head(f"{where}/content")["Upload-Offset"] == "30"
    assert piece(centre, where, CONTENT[30:], 30).status_code == 200
    assert centre.get(where).json()["state"] == "received"
    record = taken(cast, where)
    rows = centre.get(f"{where}/rows?finding=error").json()
    assert (rows["count"], rows["results"][0]["number"]) == (1, 3)
    rows = centre.get(f"{where}/rows?finding=new").json()
    assert rows["results"][0]["cells"]["given_name"] == "Arta"
    assert b"".join(centre.get(f"{where}/marked").streaming_content)[:2] == b"PK"
    assert centre.post(f"{where}/confirm").json()["state"] == "confirmed"
    with cast.scope(cast.coordinator):
        apply(upload=record.pk)
        assert Person.objects.count() == 1
    assert centre.post(f"{where}/confirm").status_code == 422


def test_damaged_file_begins_again(centre, cast):
    where = announce(centre, cast)["Location"]
    answer = piece(centre, where, CONTENT[::-1], 0)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_checksum")
    assert centre.get(f"{where}/content").json() == {"offset": 0, "size": len(CONTENT)}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"kind": "letters"}, 400),
        ({"size": 10**9}, 422),
        ({"sha256": "x"}, 400),
        ({"subject": "nonsense"}, 422),
        ({"kind": "workforce"}, 403),
    ],
)
def test_announcement_that_cannot_be_is_a_problem(centre, cast, changes, status):
    answer = announce(centre, cast, **changes)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    with cast.scope():
        assert Upload.objects.count() == 0


@pytest.mark.parametrize("headers", [{}, {"Upload-Offset": "x"}])
def test_piece_without_its_offset_is_a_problem(centre, cast, headers):
    where = announce(centre, cast)["Location"]
    answer = centre.patch(f"{where}/content", b"x", content_type=PIECE, headers=headers)
    assert answer.status_code == 400


def test_headings_are_matched(centre, cast):
    content = csv(HEADER.replace("country", "where at home"), ARTA)
    facts = {"size": len(content), "sha256": sha256(content).hexdigest()}
    where = announce(centre, cast, **facts)["Location"]
    piece(centre, where, content, 0)
    assert taken(cast, where).state == "mapping"
    columns = {name: name for name in HEADER.split(",")[:4]} | {"where at home": "country"}
    answer = centre.post(f"{where}/headings", {"columns": columns}, content_type="application/json")
    assert answer.json()["state"] == "received"
    assert taken(cast, where).created == 1


def test_rows_of_known_persons_are_looks(centre, cast):
    with cast.scope():
        known = a.person(cast.centre, "A1")
    where = announce(centre, cast)["Location"]
    piece(centre, where, CONTENT, 0)
    taken(cast, where)
    centre.get(f"{where}/rows?finding=new")
    with cast.scope():
        assert list(Look.objects.values_list("subject", flat=True)) == [known.uid]


def test_others_find_no_list(centre, client, cast):
    where = announce(centre, cast)["Location"]
    uid = where.rpartition("/")[2]
    for who, desk in (("rival_coordinator", "rival-school"), ("analyst", "eark")):
        client.force_login(getattr(cast, who).user)
        for address in (where, f"/api/v1/north/{desk}/uploads/{uid}"):
            assert client.get(address).status_code == 404
            assert client.post(f"{address}/discard").status_code == 404
