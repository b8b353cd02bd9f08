"""``manage.py demo``: exact counts, repeated, removed, and nothing else touched."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count

from accounts.models import User
from cases.models import Document, RecognitionCase, Task
from credentials.models import Credential
from demonstration.actions import build
from demonstration.actions.market import quarters_before
from demonstration.queries import counts
from gsp.tenancy.policies import guarded_models, is_event
from gsp.tenancy.scope import scope
from learning.models import Attendance
from partnerships.desks import desks_of
from partnerships.models import Agency, Membership, Organisation, Partnership
from privacy.models import DataRequest
from selection.models import Application
from tests import builders as a
from trainees.models import (
    CaseEvent,
    Consent,
    Enrolment,
    Journey,
    Merge,
    Person,
    PossibleDuplicate,
    SkillClaim,
    TrackDecision,
)
from training.models import Cohort, Course

WANTED = {
    "dfat": {
        "organisations": 12,
        "partnerships": 1,
        "members": 8,
        "courses": 14,
        "cohorts": 3,
        "trainees": 118,
        "demands": 12,
        "workforce figures": 248,
    },
    "enabel": {
        "organisations": 13,
        "partnerships": 1,
        "members": 9,
        "courses": 3,
        "cohorts": 4,
        "trainees": 140,
        "demands": 12,
        "workforce figures": 33,
    },
    "giz": {
        "organisations": 12,
        "partnerships": 1,
        "members": 10,
        "courses": 6,
        "cohorts": 2,
        "trainees": 46,
        "demands": 12,
        "workforce figures": 66,
    },
}


COUNTED = (
    Application,
    Attendance,
    CaseEvent,
    Consent,
    Credential,
    DataRequest,
    Document,
    Journey,
    Merge,
    PossibleDuplicate,
    RecognitionCase,
    Task,
)
LIVES = {
    "dfat": {
        "Application": 60,
        "Attendance": 858,
        "CaseEvent": 577,
        "Consent": 148,
        "Credential": 13,
        "DataRequest": 2,
        "Document": 20,
        "Journey": 105,
        "Merge": 0,
        "PossibleDuplicate": 1,
        "RecognitionCase": 12,
        "Task": 27,
    },
    "enabel": {
        "Application": 60,
        "Attendance": 220,
        "CaseEvent": 660,
        "Consent": 174,
        "Credential": 13,
        "DataRequest": 2,
        "Document": 10,
        "Journey": 128,
        "Merge": 0,
        "PossibleDuplicate": 1,
        "RecognitionCase": 8,
        "Task": 22,
    },
    "giz": {
        "Application": 60,
        "Attendance": 374,
        "CaseEvent": 392,
        "Consent": 65,
        "Credential": 13,
        "DataRequest": 2,
        "Document": 10,
        "Journey": 37,
        "Merge": 0,
        "PossibleDuplicate": 1,
        "RecognitionCase": 14,
        "Task": 18,
    },
}


@pytest.fixture
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


def demo(*arguments) -> str:
    output = StringIO()
    call_command("demo", *arguments, stdout=output)
    return output.getvalue()


def everything() -> dict[str, int]:
    """Count the rows of every tenant table, audit tables included, over all demo agencies."""
    found = {}
    for agency in Agency.objects.order_by("slug"):
        with scope(agency):
            for model in guarded_models():
                found[agency.slug, model.__name__] = model.objects.count()
    return found


@pytest.fixture
def frame_alone(monkeypatch):
    """Leave out what happens around the people: seconds for each agency."""
    monkeypatch.setattr(build, "build_lives", lambda site: None)


@pytest.fixture
def built(db, data_folder, frame_alone):
    demo("--as-of", "2026-11-22")


@pytest.fixture
def alive(db, data_folder):
    demo("--as-of", "2026-11-22")


def test_demo_builds_three_agencies_with_exact_counts(built):
    agencies = list(Agency.objects.order_by("slug"))
    assert {agency.slug: counts(agency) for agency in agencies} == WANTED
    assert all(agency.is_demonstration for agency in agencies)


def test_lives_around_the_people_are_told(alive):
    for slug, wanted in LIVES.items():
        with scope(Agency.objects.get(slug=slug)):
            assert {model.__name__: model.objects.count() for model in COUNTED} == wanted, slug


def test_demo_again_changes_nothing(alive):
    before, users = everything(), User.objects.count()
    output = demo("--as-of", "2026-12-24")
    assert output.count("stands already, nothing changed") == 3
    assert everything() == before
    assert User.objects.count() == users == 25


def test_palim_is_90_home_and_30_away_with_22_women(built):
    with scope(Agency.objects.get(slug="enabel")):
        palim = Enrolment.objects.filter(cohort__code__startswith="PALIM")
        assert dict(palim.order_by("track").values_list("track").annotate(Count("id"))) == {
            "home": 90,
            "away": 30,
        }
        assert palim.filter(person__sex="female").count() == 22
        assert palim.filter(state="certified").count() == 110
        names = Person.objects.values_list("given_name", "family_name")
        arabic = [pair for pair in names if all("\u0600" <= name[0] <= "\u06ff" for name in pair)]
        assert 20 < len(arabic) < 120


def test_pilot_of_40_away_has_36_women(built):
    with scope(Agency.objects.get(slug="dfat")):
        pilot = Enrolment.objects.filter(cohort__code="AGED-CARE-A")
        assert pilot.filter(track="away").count() == pilot.count() == 40
        assert pilot.filter(person__sex="female").count() == 36
        fee = Course.objects.get(centre__slug="aptc-pg", code="SIT30821")
        assert (fee.fee, fee.currency_id, fee.is_demonstration) == (6500, "PGK", False)


def test_six_bricklayers_fell_back_to_home_from_15_and_15(built):
    with scope(Agency.objects.get(slug="giz")):
        decisions = TrackDecision.objects.filter(enrolment__cohort__code="MAURER-30")
        first = decisions.filter(reason="first_choice").order_by("track")
        assert dict(first.values_list("track").annotate(Count("id"))) == {"home": 15, "away": 15}
        assert decisions.filter(reason="recognition_refused", track="home").count() == 6
        now = Enrolment.objects.filter(cohort__code="MAURER-30").order_by("track")
        assert dict(now.values_list("track").annotate(Count("id"))) == {"away": 9, "home": 21}
        assert Cohort.objects.get(code="MAURER-30").home_seats == 15
        partnership = Partnership.objects.get()
        assert partnership.name == "Germany–Kosovo: construction (blueprint)"
        assert "zwh.de" in partnership.note


def test_everything_invented_is_marked(built):
    for agency in Agency.objects.all():
        with scope(agency):
            assert not Person.objects.filter(is_demonstration=False).exists()
            assert not Organisation.objects.filter(kind="employer", is_demonstration=False).exists()
            claims = SkillClaim.objects.order_by("evidence").values_list("evidence")
            assert {evidence for (evidence,) in claims.distinct()} == {
                "none",
                "course",
                "certificate",
            }


def test_logins_open_every_role_and_the_adviser_has_three_desks(built, data_folder, client):
    password = (data_folder / "demo-logins").read_text().strip()
    assert (data_folder / "demo-logins").stat().st_mode & 0o777 == 0o600
    output = demo("--logins")
    assert output.count("@") == 27
    assert f"Password of each login: {password}" in output
    assert client.login(username="officer@giz.demo.example", password=password)
    adviser = User.objects.get(email="adviser@demo.example")
    assert [desk.address for desk in desks_of(adviser)] == [
        ("enabel", "agency"),
        ("giz", "agency"),
        ("giz", "skenderaj"),
    ]


def test_lost_password_file_is_replaced_and_opens_the_logins(built, data_folder, client):
    (data_folder / "demo-logins").unlink()
    demo()
    password = (data_folder / "demo-logins").read_text().strip()
    assert client.login(username="director@enabel.demo.example", password=password)


def test_remove_takes_the_demonstration_and_nothing_else(cast, alive):
    with cast.scope():
        a.enrolment(a.person(cast.centre), cast.cohort)
    north = everything_of("north")
    others = User.objects.exclude(email__endswith="demo.example").count()
    giz = Agency.objects.get(slug="giz").pk
    audit = audit_rows(giz)

    output = demo("--remove")

    assert output.splitlines()[2].startswith("GIZ: removed with ")
    assert list(Agency.objects.order_by("slug").values_list("slug", flat=True)) == [
        "north",
        "south",
    ]
    assert User.objects.filter(email__endswith="demo.example").count() == 0
    assert User.objects.count() == others
    assert everything_of("north") == north
    with scope(giz):
        left = {m.__name__: m.objects.count() for m in guarded_models() if not is_event(m)}
    assert set(left.values()) == {0}
    assert audit_rows(giz) > audit > 0


def everything_of(slug):
    return {key: count for key, count in everything().items() if key[0] == slug}


def audit_rows(tenant: int) -> int:
    with scope(tenant):
        return sum(model.objects.count() for model in guarded_models() if is_event(model))


def test_remove_keeps_a_login_that_works_elsewhere(cast, built):
    officer = User.objects.get(email="officer@giz.demo.example")
    with cast.scope():
        Membership.objects.create(user=officer, role="auditor")
    demo("--remove")
    assert [desk.address for desk in desks_of(officer)] == [("north", "agency")]


def test_demo_after_remove_builds_the_same(built):
    demo("--remove")
    demo("--as-of", "2026-11-22")
    assert {agency.slug: counts(agency) for agency in Agency.objects.all()} == WANTED


@pytest.mark.parametrize("argument", [(), ("--remove",)])
def test_real_agency_of_the_same_address_is_not_touched(db, data_folder, argument):
    real = a.agency("giz")
    with scope(real):
        a.organisation("skenderaj", "training_centre")
    with pytest.raises(CommandError, match="“Giz” is a real agency"):
        demo(*argument)
    with scope(real):
        assert Organisation.objects.count() == 1


def test_logins_without_a_demonstration_are_refused(db, data_folder):
    with pytest.raises(CommandError, match="There are no demonstration logins"):
        demo("--logins")


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30"])
def test_day_that_does_not_exist_is_refused(db, data_folder, day):
    with pytest.raises(CommandError, match="is no date"):
        demo("--as-of", day)
    assert Agency.objects.count() == 0


def test_frame_needs_fewer_than_400_queries(db, data_folder, frame_alone, count_queries):
    assert count_queries(demo) < 400


def test_built_as_the_application_role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("gsp_app",)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2026, 11, 22), [(2026, 3), (2026, 2), (2026, 1), (2025, 4)]),
        (date(2026, 1, 1), [(2025, 4), (2025, 3), (2025, 2), (2025, 1)]),
    ],
)
def test_quarters_before_a_day(day, wanted):
    assert quarters_before(day, 4) == wanted
