"""Every table about people says how to reach them, so that export and erasure miss nothing."""

import pytest
from django.apps import apps

from gsp.tenancy.models import TenantModel
from privacy.personal import personal_models, rows_about
from trainees.models import Person

TENANT_MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]


def label(model):
    return model._meta.label


def leads_to_a_person(model, seen=()) -> bool:
    """Tell whether a key of the table, or of one it belongs to, leads to a person."""
    if model is Person:
        return True
    targets = [
        field.related_model
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.related_model not in (*seen, model)
    ]
    return any(leads_to_a_person(target, (*seen, model)) for target in targets)


@pytest.mark.parametrize("model", TENANT_MODELS, ids=label)
def test_table_that_leads_to_a_person_says_how(model):
    says = getattr(model, "of_person", None) or getattr(model, "not_personal", "")
    assert says or not leads_to_a_person(model)


@pytest.mark.parametrize("model", personal_models(), ids=label)
def test_way_to_the_person_is_one(model, cast):
    with cast.scope():
        assert list(rows_about(model, [0])) == []


@pytest.mark.parametrize("model", personal_models(), ids=label)
def test_erased_and_vault_fields_exist(model):
    names = {field.name for field in model._meta.local_concrete_fields}
    assert {*getattr(model, "erased_fields", ()), *getattr(model, "vault_fields", ())} <= names
