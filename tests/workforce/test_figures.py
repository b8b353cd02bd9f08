"""Workforce figures: sent as a whole or not at all, by API and by file."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalogue.models import Currency
from gsp.uploads.models import Upload
from gsp.uploads.reader import read
from gsp.uploads.rows import check
from tests import builders as a
from workforce.models import Figure
from workforce.rows import FigureRow, template

OWN = "/api/v1/north/eark/workforce-figures"
STAFF = "/api/v1/north/agency/workforce-figures"
HEAD = "country,region,occupation,year,quarter,employed,unemployed,vacancies,source\n"


def figure(**changes):
    return {
        "country": "XK",
        "occupation": "7112",
        "year": 2026,
        "quarter": 2,
        "employed": 900,
        "source": "Labour force survey",
        **changes,
    }


def send(client, content, address=OWN):
    return client.post(address, content, content_type="application/json")


def upload(client, text, name="figures.csv", address=OWN):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post(f"{address}/uploads", {"file": file})


@pytest.fixture
def analyst(client, cast):
    client.force_login(cast.analyst.user)
    Currency.objects.get_or_create(code="EUR", defaults={"name": "Euro", "minor_units": 2})
    return client


def kept(cast):
    with cast.scope():
        return list(
            Figure.objects.order_by("id").values_list(
                "service__slug", "country_id", "occupation__isco_code", "quarter", "employed"
            )
        )


def test_one_figure_is_written_and_listed(analyst, cast):
    response = send(analyst, figure(wage="612.50", currency="EUR", region="Prizren"))
    assert response.status_code == 200
    assert response.json() == {"created": 1, "updated": 0, "unchanged": 0}
    (row,) = analyst.get(OWN).json()["results"]
    assert row.pop("uid")
    assert row.pop("updated_at")
    assert row == {
        "service": "eark",
        "country": "XK",
        "region": "Prizren",
        "occupation": "7112",
        "year": 2026,
        "quarter": 2,
        "employed": 900,
        "unemployed": None,
        "vacancies": None,
        "graduates": None,
        "wage": "612.50",
        "currency": "EUR",
        "source": "Labour force survey",
        "is_demonstration": False,
    }


def test_sending_again_corrects_and_adds_no_row(analyst, cast):
    send(analyst, [figure(), figure(quarter=1)])
    response = send(analyst, [figure(employed=950), figure(quarter=1), figure(quarter=3)])
    assert response.json() == {"created": 1, "updated": 1, "unchanged": 1}
    assert kept(cast) == [
        ("eark", "XK", "7112", 2, 950),
        ("eark", "XK", "7112", 1, 900),
        ("eark", "XK", "7112", 3, 900),
    ]


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"occupation": "9999"}, 422, "#/1/occupation"),
        ({"country": "QQ"}, 422, "#/1/country"),
        ({"quarter": 5}, 400, "#/1/quarter"),
        ({"employed": -1}, 400, "#/1/employed"),
        ({"year": 2099}, 422, "#/1/year"),
        ({"wage": "500.00"}, 422, "#/1/currency"),
        ({"currency": "EUR"}, 422, "#/1/wage"),
        ({"wage": "5.00", "currency": "QQQ"}, 422, "#/1/currency"),
        ({"employed": None}, 422, "#/1/employed"),
        ({"quarter": 2}, 422, "#/1/occupation"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_one_bad_figure_refuses_all(analyst, cast, changes, status, pointer):
    response = send(analyst, [figure(), figure(quarter=1) | changes])
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert [one["pointer"] for one in response.json()["errors"]] == [pointer]
    assert kept(cast) == []


def test_single_figure_is_pointed_at_without_a_number(analyst):
    problem = send(analyst, figure(occupation="9999")).json()
    assert problem["status"] == 422
    assert problem["errors"] == [
        {
            "pointer": "#/occupation",
            "code": "refused",
            "detail": "There is no ISCO-08 unit group “9999”. "
            "Give a code of four digits, such as 7112.",
        }
    ]


def test_too_many_and_none_are_refused(analyst, cast):
    assert send(analyst, [figure()] * 1001).status_code == 400
    assert send(analyst, []).status_code == 400
    assert kept(cast) == []


def test_only_the_service_and_staff_send(client, cast):
    client.force_login(cast.officer.user)
    assert send(client, figure(), STAFF).json()["errors"][0]["pointer"] == "#/service"
    assert send(client, figure(), f"{STAFF}?service=bau").json()["code"] == "unknown_service"
    assert kept(cast) == []
    assert send(client, figure(), f"{STAFF}?service=eark").status_code == 200
    for member, desk in ((cast.recruiter, "bau"), (cast.coordinator, "skenderaj")):
        client.force_login(member.user)
        address = f"/api/v1/north/{desk}/workforce-figures"
        assert client.get(address).status_code == 404
        assert send(client, figure(quarter=1), address).status_code == 404
        assert send(client, figure(quarter=1)).status_code == 404
    client.force_login(cast.outsider.user)
    assert client.get(OWN).status_code == 404
    client.force_login(cast.auditor.user)
    assert client.get(STAFF).status_code == 200
    assert send(client, figure(quarter=1), f"{STAFF}?service=eark").status_code == 403
    assert kept(cast) == [("eark", "XK", "7112", 2, 900)]


def test_service_does_not_see_anothers_figures(analyst, cast):
    with cast.scope():
        other = a.organisation("afpa", "employment_service")
        a.figure(other)
    assert analyst.get(OWN).json()["results"] == []
    assert send(analyst, figure(), f"{OWN}?service=afpa").json()["code"] == "unknown_service"


def test_filters_narrow_the_list(analyst):
    send(analyst, [figure(), figure(quarter=1, country="DE"), figure(year=2025)])

    def found(query):
        rows = analyst.get(f"{OWN}?{query}").json()["results"]
        return [(row["country"], row["year"], row["quarter"]) for row in rows]

    assert found("") == [("XK", 2025, 2), ("DE", 2026, 1), ("XK", 2026, 2)]
    assert found("country=DE") == [("DE", 2026, 1)]
    assert found("year=2026&quarter=2") == [("XK", 2026, 2)]
    assert found("occupation=72") == []


def test_file_is_applied_and_recorded(analyst, cast):
    rows = "XK,,7112,2026,1,800,40,60,LFS\nXK,Prizren,7112,2026,1,100,,5,LFS\n"
    response = upload(analyst, HEAD + rows)
    assert response.status_code == 201
    record = response.json()
    assert (record["rows"], record["created"], record["state"]) == (2, 2, "applied")
    assert [row[3:] for row in kept(cast)] == [(1, 800), (1, 100)]
    with cast.scope():
        upload_row = Upload.objects.get()
        assert (upload_row.kind, upload_row.organisation) == ("workforce", cast.service)


def test_file_with_wrong_cells_names_them_and_writes_nothing(analyst, cast):
    rows = "XK,,7112,2026,1,800,40,60,LFS\nXK,,9999,2026,1,-5,,,LFS\nXK,,9998,2026,1,5,,,LFS\n"
    response = upload(analyst, HEAD + rows)
    assert response.status_code == 422
    cells = [(one["row"], one["column"]) for one in response.json()["errors"]]
    assert cells == [(3, "employed")]
    response = upload(analyst, HEAD + rows.replace("-5", "5"))
    cells = [(one["row"], one["column"]) for one in response.json()["errors"]]
    assert cells == [(3, "occupation"), (4, "occupation")]
    assert response.json()["errors"][0]["remedy"] == "Give a code of four digits, such as 7112."
    assert kept(cast) == []
    with cast.scope():
        assert list(Upload.objects.values_list("state")) == [("refused",), ("refused",)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("figures.csv", b""), ("figures.csv", HEAD.encode()), ("figures.xlsx", b"\x89PNG\r\n")],
    ids=["empty", "no rows", "wrong type"],
)
def test_useless_file_is_refused(analyst, cast, name, content):
    response = upload(analyst, content, name)
    assert response.status_code == 422
    assert response.json()["state"] == "refused"
    assert response.json()["errors"][0]["remedy"] != ""
    assert kept(cast) == []


def test_template_filled_in_is_accepted(db, tmp_path):
    sheet_columns = list(FigureRow.model_fields)
    book = template()
    assert book[:2] == b"PK"
    line = "XK,,7112,2026,1,800,,,,2600.50,EUR,LFS"
    sheet = read("filled.csv", (",".join(sheet_columns) + "\n" + line).encode())
    ((number, row),) = check(sheet, FigureRow)
    assert (number, row.employed, row.wage, row.currency) == (2, 800, Decimal("2600.50"), "EUR")
    assert io.BytesIO(book).getbuffer().nbytes > 1000


def test_list_costs_the_same_for_one_row_and_for_three(analyst, count_queries):
    send(analyst, figure())
    one = count_queries(lambda: analyst.get(OWN))
    send(analyst, [figure(quarter=1), figure(quarter=3)])
    assert count_queries(lambda: analyst.get(OWN)) == one


def test_sending_costs_the_same_for_one_row_and_for_three(analyst, count_queries):
    one = count_queries(lambda: send(analyst, [figure(year=2024)]))
    rows = [figure(quarter=quarter, year=2025) for quarter in (1, 2, 3)]
    assert count_queries(lambda: send(analyst, rows)) == one
