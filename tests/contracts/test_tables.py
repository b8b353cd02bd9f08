"""Every table of a tenant is guarded, keyed to its own tenant and audited."""

import pytest
from django.apps import apps
from django.db import connection, models

from gsp.background.models import Job
from gsp.tenancy.models import TenantKey, TenantModel
from gsp.tenancy.policies import constraints, guarded_models, is_event, policies
from gsp.tenancy.surplus import is_tenant_implied
from partnerships.models import Organisation
from workforce.models import Figure

TENANT_MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
GUARDED = guarded_models()


def label(model):
    return model._meta.label


@pytest.fixture
def rows(db):
    def fetch(sql, params=()):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    return fetch


def test_there_are_tenant_tables():
    assert len(TENANT_MODELS) >= 24


def test_every_table_with_a_tenant_column_is_forced_under_row_security(rows):
    unguarded = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace "
        "AND a.attname = 'tenant_id' AND NOT a.attisdropped "
        "AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
    )
    assert unguarded == []


@pytest.mark.parametrize("model", GUARDED, ids=label)
def test_table_has_exactly_its_policies(rows, model):
    found = rows(
        "SELECT polname FROM pg_policy WHERE polrelid = %s::regclass ORDER BY polname",
        [model._meta.db_table],
    )
    assert [name for (name,) in found] == sorted(policies(model))
    assert len(found) == (3 if is_event(model) else 4)


@pytest.mark.parametrize("model", TENANT_MODELS, ids=label)
def test_keys_between_tenant_tables_name_the_tenant(rows, model):
    found = dict(
        rows(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = %s::regclass",
            [model._meta.db_table],
        )
    )
    assert constraints(model).keys() <= found.keys()
    for field in model._meta.local_fields:
        if isinstance(field, TenantKey):
            key = f"FOREIGN KEY (tenant_id, {field.column}) REFERENCES"
            assert any(text.startswith(key) for text in found.values()), field
        elif isinstance(field, models.ForeignKey):
            assert not issubclass(field.related_model, TenantModel), field


@pytest.mark.parametrize("model", TENANT_MODELS, ids=label)
def test_tenant_of_a_row_exists_by_a_key_of_its_own_or_by_what_the_row_must_name(rows, model):
    plain = rows(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass "
        "AND pg_get_constraintdef(oid) LIKE 'FOREIGN KEY (tenant_id) REFERENCES %%'",
        [model._meta.db_table],
    )
    assert len(plain) == (0 if is_tenant_implied(model) else 1)


def test_tables_that_must_name_no_other_keep_the_plain_key():
    assert not is_tenant_implied(Organisation)
    assert not is_tenant_implied(Job)
    assert is_tenant_implied(Figure)


@pytest.mark.parametrize("model", [m for m in GUARDED if is_event(m)], ids=label)
def test_audit_is_indexed_by_record_and_by_time_alone(rows, model):
    found = rows(
        "SELECT array_agg(a.attname ORDER BY place) FROM pg_index i "
        "CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (number, place) "
        "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number "
        "WHERE i.indrelid = %s::regclass GROUP BY i.indexrelid",
        [model._meta.db_table],
    )
    assert sorted(columns for (columns,) in found) == [
        ["pgh_id"],
        ["pgh_obj_id", "pgh_id"],
        ["tenant_id", "pgh_id"],
    ]


@pytest.mark.parametrize("model", TENANT_MODELS, ids=label)
def test_unique_constraints_include_the_tenant(model):
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert "tenant" in constraint.fields, constraint.name
    assert not [f.name for f in model._meta.local_fields if f.unique and not f.primary_key]


@pytest.mark.parametrize("model", TENANT_MODELS, ids=label)
def test_writes_are_audited_or_the_model_says_why_not(model):
    assert hasattr(model, "events") != bool(getattr(model, "audit_exempt", "")), label(model)


@pytest.mark.parametrize("model", [m for m in GUARDED if is_event(m)], ids=label)
def test_application_cannot_rewrite_audit(rows, model):
    table = model._meta.db_table
    allowed = rows(
        "SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p "
        "WHERE has_table_privilege('gsp_app', %s, p)",
        [table],
    )
    assert [right for (right,) in allowed] == ["SELECT", "INSERT"]


@pytest.mark.parametrize("model", TENANT_MODELS, ids=label)
def test_constraints_that_people_meet_have_a_message(model):
    default = models.CheckConstraint.default_violation_error_message
    unnamed = {
        c.name
        for c in model._meta.constraints
        if isinstance(c, models.CheckConstraint) and c.violation_error_message == default
    }
    internal = {name for name in unnamed if name.endswith(INTERNAL)}
    assert unnamed == internal


# Checks on values that no person types.
INTERNAL = (
    "level_1_to_4",
    "score_at_most_1000",
    "is_trainee_or_demand",
)
