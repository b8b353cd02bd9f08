"""Workforce figures: sent as a whole or not at all, by API and by file."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalogue.models import Currency
from gsp.uploads.batch import Finding
from gsp.uploads.models import Upload
from gsp.uploads.queries import rows_of
from tests import builders as a
from tests.uploads.stages import applied, examined
from workforce.models import Figure
from workforce.rows import FigureRow, template

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
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
        "vacancy_days": None,
        "filled_vacancies": None,
        "closed_vacancies": None,
        "qualified_applicants": None,
        "suitable_applicants": None,
        "graduates": None,
        "exits": None,
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


def taken(cast, response):
    """The list that an answer tells of, examined as the worker does."""
    assert response.status_code == 202
    with cast.scope(cast.analyst):
        return examined(Upload.objects.get(uid=response.json()["uid"]))


def test_file_is_confirmed_and_applied(analyst, cast):
    rows = "XK,,7112,2026,1,800,40,60,LFS\nXK,Prizren,7112,2026,1,100,,5,LFS\n"
    response = upload(analyst, HEAD + rows)
    record = taken(cast, response)
    assert response["Location"] == f"/api/v1/north/eark/uploads/{record.uid}"
    assert (record.state, record.rows, record.created) == ("waiting", 2, 2)
    assert kept(cast) == []
    with cast.scope(cast.analyst):
        applied(record, by=cast.analyst, at=NOW)
    assert [row[3:] for row in kept(cast)] == [(1, 800), (1, 100)]
    assert (record.kind, record.organisation_id) == ("workforce", cast.service.pk)


def test_file_with_wrong_cells_names_them_and_writes_nothing(analyst, cast):
    rows = "XK,,7112,2026,1,800,40,60,LFS\nXK,,9999,2026,1,-5,,,LFS\nXK,,9998,2026,1,5,,,LFS\n"
    record = taken(cast, upload(analyst, HEAD + rows))
    cells = [(one["row"], one["column"]) for one in record.errors]
    assert cells == [(3, "occupation"), (3, "employed"), (4, "occupation")]
    assert record.errors[0]["remedy"] == "Give a code of four digits, such as 7112."
    assert (record.state, record.created, record.faulty, record.held) == ("waiting", 1, 2, 2)
    assert kept(cast) == []


def test_valid_rows_are_applied_and_the_others_held(analyst, cast):
    rows = "XK,,7112,2026,1,800,40,60,LFS\nXK,,9999,2026,1,5,,,LFS\n"
    record = taken(cast, upload(analyst, HEAD + rows))
    with cast.scope(cast.analyst):
        applied(record, by=cast.analyst, at=NOW)
    assert (record.state, record.created, record.held) == ("applied", 1, 1)
    assert [row[3:] for row in kept(cast)] == [(1, 800)]


def test_updated_figures_show_old_and_new(analyst, cast):
    send(analyst, [figure(), figure(quarter=1)])
    rows = "XK,,7112,2026,2,950,,,Labour force survey\nXK,,7112,2026,1,900,,,Labour force survey\n"
    record = taken(cast, upload(analyst, HEAD + rows))
    assert (record.created, record.updated, record.unchanged) == (0, 1, 1)
    with cast.scope(cast.analyst):
        (row,) = rows_of(record, Finding.UPDATED, 0)
        assert [(one.column, one.old, one.new) for one in row.verdict.changes] == [
            ("employed", "900", "950")
        ]
        applied(record, by=cast.analyst, at=NOW)
    assert sorted(row[3:] for row in kept(cast)) == [(1, 900), (2, 950)]


@pytest.mark.parametrize("meanwhile", [{"employed": 901}, {"quarter": 3, "employed": 950}])
def test_what_changed_after_the_preview_is_shown_again_first(analyst, cast, meanwhile):
    send(analyst, figure())
    rows = "XK,,7112,2026,2,950,,,Labour force survey\nXK,,7112,2026,3,950,,,Labour force survey\n"
    record = taken(cast, upload(analyst, HEAD + rows))
    send(analyst, figure(**meanwhile))
    before = kept(cast)
    with cast.scope(cast.analyst):
        applied(record, by=cast.analyst, at=NOW)
    assert record.state == "received"
    assert "look once more" in record.notice
    assert kept(cast) == before
    with cast.scope(cast.analyst):
        applied(examined(record), by=cast.analyst, at=NOW)
    assert record.state == "applied"
    assert sorted(row[3:] for row in kept(cast)) == [(2, 950), (3, 950)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("figures.csv", b""), ("figures.csv", HEAD.encode()), ("figures.xlsx", b"\x89PNG\r\n")],
    ids=["empty", "no rows", "wrong type"],
)
def test_useless_file_is_refused(analyst, cast, name, content):
    record = taken(cast, upload(analyst, content, name))
    assert record.state == "refused"
    assert record.errors[0]["remedy"] != ""
    assert kept(cast) == []


def test_template_filled_in_is_accepted(analyst, cast):
    assert template()[:2] == b"PK"
    assert len(FigureRow.model_fields) == 18
    line = "XK,,7112,2026,1,800,,,,,,,,,,2600.50,EUR,LFS"
    text = ",".join(FigureRow.model_fields) + f"\n{line}\n"
    record = taken(cast, upload(analyst, text))
    with cast.scope(cast.analyst):
        applied(record, by=cast.analyst, at=NOW)
        written = Figure.objects.get()
    assert (written.employed, written.wage, written.currency_id) == (800, Decimal("2600.50"), "EUR")


def test_list_costs_the_same_for_one_row_and_for_three(analyst, count_queries):
    send(analyst, figure())
    one = count_queries(lambda: analyst.get(OWN))
    send(analyst, [figure(quarter=1), figure(quarter=3)])
    assert count_queries(lambda: analyst.get(OWN)) == one


def test_sending_costs_the_same_for_one_row_and_for_three(analyst, count_queries):
    one = count_queries(lambda: send(analyst, [figure(year=2024)]))
    rows = [figure(quarter=quarter, year=2025) for quarter in (1, 2, 3)]
    assert count_queries(lambda: send(analyst, rows)) == one
