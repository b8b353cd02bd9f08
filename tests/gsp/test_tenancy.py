"""The two walls: nothing is read or written past them."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Exists, OuterRef

from catalogue.models import Country
from employers.models import Demand
from gsp.tenancy.scope import ScopeError, scope
from partnerships.models import Organisation, Partnership
from tests import builders as a
from trainees.models import Person

READS = {
    "list": list,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.order_by("id").first(),
    "update": lambda rows: rows.update(region="x"),
    "delete": lambda rows: rows.delete(),
    "aggregate": lambda rows: rows.aggregate(n=__import__("django").db.models.Count("id")),
    "values_list": lambda rows: list(rows.values_list("id")),
    "iterator": lambda rows: list(rows.iterator()),
    "raw_delete": lambda rows: rows._raw_delete("default"),
    "sub-query": lambda rows: list(Organisation.objects.filter(id__in=rows.values("centre_id"))),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_query_outside_a_scope_raises(cast, read):
    rows = Person.objects.all()
    with pytest.raises(ScopeError):
        read(rows)


def test_queryset_written_outside_runs_inside(cast):
    rows = Person.objects.all()
    with cast.scope():
        a.person(cast.centre)
        assert rows.count() == 1


def test_sub_query_keeps_its_own_table(cast):
    with cast.scope():
        a.person(cast.centre, code="XK")
        people = Person.objects.filter(country=OuterRef("pk"))
        rows = Country.objects.filter(Exists(people)) | Country.objects.filter(
            pk__in=Person.objects.values("country")
        )
        assert [country.pk for country in rows.distinct()] == ["XK"]
    with scope(cast.south):
        assert not Country.objects.filter(Exists(people)).exists()


def test_other_agency_sees_nothing(cast):
    with cast.scope():
        a.person(cast.centre)
    with scope(cast.south):
        assert Person.objects.count() == 0
        assert Partnership.objects.count() == 0


def test_row_security_alone_hides_the_other_agency(cast):
    with cast.scope():
        a.person(cast.centre)
    with scope(cast.south), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trainees_person")
        assert cursor.fetchone() == (0,)


def test_row_security_alone_hides_the_other_organisation(cast):
    with cast.scope():
        a.person(cast.centre)
    with cast.scope(cast.rival_coordinator), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trainees_person")
        assert cursor.fetchone() == (0,)
        assert Person.objects.count() == 0
    with cast.scope(cast.coordinator):
        assert Person.objects.count() == 1


def test_partnership_shows_itself_to_its_participants_only(cast):
    with cast.scope(cast.recruiter):
        assert Partnership.objects.get() == cast.partnership
    with cast.scope(cast.rival_recruiter):
        assert Partnership.objects.count() == 0


def test_scope_of_another_tenant_inside_one_raises(cast):
    with scope(cast.north), pytest.raises(ScopeError), scope(cast.south):
        pass
    with scope(cast.north), pytest.raises(ScopeError), scope(cast.north, cast.employer):
        pass


def test_settings_are_forgotten_when_the_scope_ends(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('gsp.tenant', true)")
        assert cursor.fetchone()[0] in (None, "")


def test_row_of_another_tenant_is_not_saved(cast):
    with cast.scope():
        person = a.person(cast.centre, region="before")
    person.region = "after"
    with scope(cast.south), pytest.raises(ScopeError):
        person.save()
    with cast.scope():
        assert Person.objects.get().region == "before"


def test_foreign_key_to_another_tenant_is_refused(cast):
    with scope(cast.south):
        theirs = a.organisation("their-centre", "training_centre")
    with cast.scope(), pytest.raises(IntegrityError), transaction.atomic():
        a.person(theirs)
        connection.check_constraints()
    with cast.scope():
        assert Person.objects.count() == 0


def test_employer_cannot_write_for_another_employer(cast):
    with (
        cast.scope(cast.rival_recruiter),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        a.demand(cast.employer, cast.partnership)
    with cast.scope():
        assert Demand.objects.count() == 0


def test_centre_cannot_change_what_it_may_only_see(cast):
    with cast.scope(cast.coordinator):
        assert Organisation.objects.filter(pk=cast.centre.pk).update(name="Mine") == 0
    with cast.scope():
        assert Organisation.objects.get(pk=cast.centre.pk).name == "Skenderaj"


def test_tests_are_logged_in_as_the_application(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, session_user, rolsuper, rolbypassrls, rolcreaterole "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("gsp_app", "gsp_app", False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'gsp_app'")
        assert cursor.fetchone() == (0,)
