import io

import openpyxl
import pytest

from gsp.uploads.actions.receive import receive
from gsp.uploads.purpose import purpose_of
from selection.models import Application, Score
from tests.selection.calling import AT, a_call, apply
from tests.uploads.stages import applied, examined

HEADINGS = "Reference,Given name,Family name,Date of birth,Sex,Country,Education,Languages\n"


@pytest.fixture
def send(cast, settings, tmp_path):
    settings.VAULT_DIR = tmp_path

    def send(kind, call, text):
        content = text.encode()
        return receive(kind, call, file=content, file_name="list.csv", by=cast.coordinator, at=AT)

    return send


def test_list_of_applications_is_applied_and_again_changes_nothing(cast, send):
    with cast.scope():
        call = a_call(cast, rules=[("education", {"minimum": 3})])
        rows = "A1,Arta,Krasniqi,2000-05-17,female,XK,4,de:B1\nA2,Ben,Gashi,2001-01-01,male,XK,2,\n"
        applied(send("applications", call, HEADINGS + rows), by=cast.coordinator, at=AT)
        one, two = Application.objects.order_by("id")
        assert (one.reference, one.source, one.languages) == ("A1", "list", {"de": "B1"})
        assert [(row.state, row.failed) for row in (one, two)] == [
            ("eligible", []),
            ("ineligible", ["education"]),
        ]
        again = examined(send("applications", call, HEADINGS + rows))
        assert (again.created, again.updated, again.unchanged, again.faulty) == (0, 0, 2, 0)


def test_list_changes_what_it_names_and_holds_wrong_rows(cast, send):
    with cast.scope():
        call = a_call(cast)
        first = HEADINGS + "A1,Arta,Krasniqi,2000-05-17,female,XK,2,\n"
        applied(send("applications", call, first), by=cast.coordinator, at=AT)
        second = (
            HEADINGS
            + "A1,Arta,Krasniqi,2000-05-17,female,XK,5,\n"
            + "A1,Twice,Twice,2000-05-17,female,XK,5,\n"
            + "A3,Wrong,Country,2000-05-17,female,QQ,5,\n"
        )
        upload = applied(send("applications", call, second), by=cast.coordinator, at=AT)
        assert (upload.created, upload.updated, upload.faulty) == (0, 1, 2)
        assert Application.objects.get().education == 5


def test_list_of_scores_is_given_in_the_name_of_the_sender(cast, send):
    with cast.scope():
        call = a_call(cast)
        one = apply(call, 1, reference="A1")
        rows = "Reference,Criterion,Points\nA1,letter,7\nA9,letter,1\nA1,other,3\nA1,letter,8\n"
        upload = applied(send("scores", call, rows), by=cast.coordinator, at=AT)
        assert (upload.created, upload.faulty) == (1, 3)
        (score,) = Score.objects.all()
        assert (score.value, score.scored_by) == (7, cast.coordinator.user.name)
        one.refresh_from_db()
        assert one.state == "assessed"


def test_template_of_scores_lists_who_is_to_be_scored(cast):
    with cast.scope():
        call = a_call(cast)
        apply(call, 1, reference="A1")
        book = openpyxl.load_workbook(io.BytesIO(purpose_of("scores").template(call)))
    rows = [[cell.value for cell in row][:2] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert rows[0] == ["A1", "letter"]
