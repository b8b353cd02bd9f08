"""``@audited``: a table whose every insert, update and delete PostgreSQL writes down."""

import pghistory
import pghistory.models
import pgtrigger
from django.db import models

from gsp.tenancy.models import TenantManager


class Event(pghistory.models.Event):
    """Base of the audit tables: a copy of the row, and the who and why of its transaction."""

    audience = ()
    writers = ()

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


def audited(model):
    """Give ``model`` an audit table ``<Model>Event``, filled by statement-level triggers."""
    level = pgtrigger.Statement
    return pghistory.track(
        pghistory.InsertEvent(level=level),
        pghistory.UpdateEvent(level=level),
        pghistory.DeleteEvent(level=level),
        base_model=Event,
        append_only=True,
        model_name=f"{model.__name__}Event",
        obj_field=pghistory.ObjForeignKey(
            related_name="events", db_constraint=False, on_delete=models.DO_NOTHING
        ),
        context_field=pghistory.ContextJSONField(),
        context_id_field=pghistory.ContextUUIDField(),
        meta={
            "indexes": [models.Index(fields=["pgh_obj", "pgh_id"], name=_index(model))],
        },
    )(model)


def _index(model) -> str:
    return f"{model._meta.app_label[:10]}_{model.__name__.lower()[:14]}_ev"
