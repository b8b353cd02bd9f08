"""The pages of workforce figures."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gsp.uploads.actions.apply import apply
from gsp.uploads.models import Upload
from tests import builders as a
from tests.uploads.files import read
from tests.uploads.stages import examined
from workforce.models import Figure
from workforce.rows import FigureRow

OWN = "/desk/north/eark/workforce-figures/"
STAFF = "/desk/north/agency/workforce-figures/"
HEAD = "country,occupation,year,quarter,employed,source\n"


@pytest.fixture
def analyst(client, cast):
    client.force_login(cast.analyst.user)
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def upload(client, content, address=OWN, **fields):
    file = SimpleUploadedFile("figures.csv", content.encode())
    return client.post(f"{address}upload/", {"file": file, **fields}, follow=True)


def test_empty_list_invites_the_service(analyst):
    assert "Upload figures" in text(analyst.get(OWN))


def test_list_shows_and_filters(analyst, cast):
    with cast.scope():
        a.figure(cast.service, employed=12345, is_demonstration=True)
        a.figure(cast.service, code="DE", year=2025, employed=777)
    page = text(analyst.get(OWN))
    assert "12,345" in page
    assert "777" in page
    assert "Demonstration" in page
    assert "777" not in text(analyst.get(f"{OWN}?country=XK"))
    assert "12,345" not in text(analyst.get(f"{OWN}?year=2025"))
    assert "No figures fit these filters" in text(analyst.get(f"{OWN}?occupation=99"))


def sent(cast):
    """The one list that was sent, examined as the worker does."""
    with cast.scope(cast.analyst):
        return examined(Upload.objects.get())


def test_file_is_previewed_confirmed_and_applied(analyst, cast):
    page = text(upload(analyst, f"{HEAD}XK,7112,2026,1,900,LFS\nXK,7112,2026,2,901,LFS\n"))
    assert "The file is with us and will be read in a moment." in page
    record = sent(cast)
    address = f"/desk/north/eark/uploads/{record.uid}/"
    page = text(analyst.get(address))
    assert "Apply all 2 rows" in page
    answer = analyst.post(f"{address}move/", {"move": "confirm"}, follow=True)
    assert "The rows are being applied." in text(answer)
    with cast.scope(cast.analyst):
        assert Figure.objects.count() == 0
        apply(upload=record.pk)
        assert Figure.objects.count() == 2
    assert "Apply" not in text(analyst.get(f"{address}?show=new")).replace("Applied", "")


def test_errors_are_listed_with_remedies(analyst, cast):
    upload(analyst, f"{HEAD}XK,7112,2026,1,900,LFS\nXK,9999,2026,1,1,LFS\n")
    record = sent(cast)
    page = text(analyst.get(f"/desk/north/eark/uploads/{record.uid}/"))
    assert "Apply the 1 valid rows and hold the 1 others" in page
    assert "Give a code of four digits, such as 7112." in page
    marked = analyst.get(f"/desk/north/eark/uploads/{record.uid}/marked/")
    assert b"".join(marked.streaming_content)[:2] == b"PK"
    with cast.scope():
        assert Figure.objects.count() == 0


def test_discarded_list_is_forgotten(analyst, cast):
    upload(analyst, f"{HEAD}XK,7112,2026,1,900,LFS\n")
    record = sent(cast)
    address = f"/desk/north/eark/uploads/{record.uid}/"
    assert "nothing was written" in text(
        analyst.post(f"{address}move/", {"move": "discard"}, follow=True)
    )
    with cast.scope():
        record.refresh_from_db()
        assert (record.state, record.stored, record.chunks.count()) == ("discarded", "", 0)
        assert Figure.objects.count() == 0


def test_staff_say_whose_figures(client, cast):
    client.force_login(cast.officer.user)
    rows = f"{HEAD}XK,7112,2026,1,900,LFS\n"
    assert "This field is required" in text(upload(client, rows, STAFF))
    assert "Select a valid choice" in text(upload(client, rows, STAFF, service="bau"))
    upload(client, rows, STAFF, service="eark")
    with cast.scope():
        assert Upload.objects.get().organisation == cast.service


def test_template_has_every_column(analyst):
    response = analyst.get(f"{OWN}template/")
    assert response["Content-Disposition"] == 'attachment; filename="workforce-figures.xlsx"'
    with pytest.raises(Exception, match="no row below the headings"):
        read("template.xlsx", response.content)
    assert len(FigureRow.model_fields) == 18


def test_others_meet_404(client, cast):
    for member, desk in ((cast.recruiter, "bau"), (cast.coordinator, "skenderaj")):
        client.force_login(member.user)
        page = f"/desk/north/{desk}/workforce-figures/"
        for address in (page, f"{page}upload/", f"{page}template/", OWN):
            assert client.get(address).status_code == 404
    client.force_login(cast.outsider.user)
    assert client.get(STAFF).status_code == 404
    client.force_login(cast.auditor.user)
    assert client.get(STAFF).status_code == 200
    assert client.get(f"{STAFF}upload/").status_code == 403


def test_list_costs_the_same_for_one_and_for_three(analyst, cast, count_queries):
    with cast.scope():
        a.figure(cast.service)
    one = count_queries(lambda: analyst.get(OWN))
    with cast.scope():
        a.figure(cast.service, quarter=1)
        a.figure(cast.service, quarter=2)
    assert count_queries(lambda: analyst.get(OWN)) == one
