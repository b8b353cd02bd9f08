"""What row security costs a page: 25 trainees of one agency out of 1,000,000 in a hundred."""

import time
from statistics import median

import psycopg
from django.core.management import call_command
from django.db import connection

from gsp.tenancy.scope import scope
from partnerships.models import Agency, Organisation
from trainees.models import Person

AGENCIES, EACH, ROUNDS = 100, 10_000, 300
COLUMNS = (
    "tenant_id, uid, centre_id, reference, given_name, family_name, birth_date, "
    "document_number, email, phone, birth_year, sex, country_id, region, may_be_proposed, "
    "is_demonstration"
)


def run(owner_url: str) -> None:
    """Print the time of the page under row security, of the plain query, and their ratio.

    The plain query is the same one, filtered by agency, on a copy of the table without row
    security. ``owner_url`` logs in as the owner, who alone may make that copy.
    """
    call_command("load_starter_catalogue", verbosity=0)
    centres = [_agency(number) for number in range(AGENCIES)]
    with psycopg.connect(owner_url, autocommit=True) as owner:
        _fill(owner, centres)
    middle = centres[AGENCIES // 2]
    guarded, plain = [], []
    for _ in range(ROUNDS):
        guarded.append(_guarded(middle, None))
        plain.append(_plain(middle))
    desk = [_guarded(middle, middle.pk) for _ in range(ROUNDS)]
    print(f"page.rls_ms {median(guarded) * 1000:.2f} ms")
    print(f"page.plain_ms {median(plain) * 1000:.2f} ms")
    print(f"page.rls_vs_plain {median(guarded) / median(plain):.2f} times")
    print(f"page.centre_vs_plain {median(desk) / median(plain):.2f} times")


def _agency(number: int) -> Organisation:
    agency = Agency.objects.create(name=f"A{number}", slug=f"page-{number}", country_id="DE")
    with scope(agency):
        return Organisation.objects.create(
            name="Centre", slug="centre", kind="training_centre", country_id="XK"
        )


def _fill(owner, centres) -> None:
    """Write the trainees; audit is switched off, since only reading is measured."""
    owner.execute("ALTER TABLE trainees_person DISABLE TRIGGER USER")
    for centre in centres:
        with owner.transaction():
            owner.execute("SELECT set_config('gsp.tenant', %s, true)", [str(centre.tenant_id)])
            owner.execute(
                f"INSERT INTO trainees_person ({COLUMNS}) SELECT %s, gen_random_uuid(), %s, "  # noqa: S608
                "'P' || i, repeat('x', 100), repeat('x', 100), '', '', '', '', 2000, 'unknown', "
                "'XK', '', true, true FROM generate_series(1, %s) AS i",
                [centre.tenant_id, centre.pk, EACH],
            )
    owner.execute("CREATE TABLE plain_person (LIKE trainees_person INCLUDING INDEXES)")
    for centre in centres:
        with owner.transaction():
            owner.execute("SELECT set_config('gsp.tenant', %s, true)", [str(centre.tenant_id)])
            owner.execute("INSERT INTO plain_person SELECT * FROM trainees_person")
    owner.execute("GRANT SELECT ON plain_person TO gsp_app")
    owner.execute("VACUUM ANALYZE trainees_person")
    owner.execute("VACUUM ANALYZE plain_person")


def _guarded(centre, organisation) -> float:
    with scope(centre.tenant_id, organisation):
        sql, params = Person.objects.order_by("id")[:25].query.sql_with_params()
        return _timed(sql, params)


def _plain(centre) -> float:
    with scope(centre.tenant_id):
        sql, params = Person.objects.order_by("id")[:25].query.sql_with_params()
        return _timed(sql.replace('"trainees_person"', '"plain_person"'), params)


def _timed(sql, params) -> float:
    with connection.cursor() as cursor:
        started = time.perf_counter()
        cursor.execute(sql, params)
        rows = cursor.fetchall()
        seconds = time.perf_counter() - started
    if len(rows) != 25:
        raise RuntimeError(f"a page of {len(rows)} rows")
    return seconds
