"""Reads of the audit tables: the trail of one record, and the latest changes of an agency."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Min, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from gsp.audit.models import Look
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantModel
from gsp.tenancy.policies import guarded_models, is_event

HIDDEN = {"id", "tenant", "uid", "created_at", "updated_at", "state_changed_at"}
NAMES = ("name", "code", "reference", "title", "file_name", "as_of")
# Records without one are called by the row they are about.
OWNERS = ("user", "organisation", "skill", "language", "country")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record, before and after; ``is_secret`` ones are encrypted and not shown."""

    field: str
    old: object
    new: object
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One write of a record: what happened, when, by whom, how and why."""

    kind: str
    at: object
    by: str
    via: str
    reason: str
    changes: list[Change]


def event_model(label: str):
    """Return the audit table of a model such as ``training.cohort``; None where it has none."""
    for model in event_models():
        if model.pgh_tracked_model._meta.label_lower == label:
            return model
    return None


def event_models() -> list:
    """Return every audit table that belongs to a tenant."""
    return [model for model in guarded_models() if is_event(model)]


def steps(label: str, uid: UUID) -> list[Step]:
    """Return the writes of one record, newest first; none where the scope sees no such record."""
    events = list(event_model(label).objects.filter(uid=uid).order_by("pgh_id"))
    fields = shown_fields(event_model(label).pgh_tracked_model)
    names = _names_of_keys(fields, events)
    found, before = [], None
    for event in events:
        found.append(_step(event, before, fields, names))
        before = event
    return found[::-1]


def title_of(label: str, uid: UUID) -> str:
    """Return how people call the record: its name, code or reference, never a person's name."""
    model = event_model(label)
    last = model.objects.filter(uid=uid).order_by("-pgh_id").first()
    fields = {field.name: field for field in shown_fields(model.pgh_tracked_model)}
    named = [getattr(last, name) for name in NAMES if name in fields]
    owned = (_names_of_keys([fields[name]], [last]) for name in OWNERS if name in fields)
    found = next((value for value in named if value), None)
    return str(found or next((next(iter(names.values())) for names in owned if names), uid))


def shown_fields(model) -> list:
    """Return the columns of a record that say something to people."""
    return [field for field in model._meta.concrete_fields if field.name not in HIDDEN]


def changes(since=None):
    """Return the latest changes, grouped by transaction and kind of record, newest first.

    Rows are dicts: ``log_model`` (label of the model), ``pgh_label`` (insert, update, delete),
    ``pgh_created_at``, ``log_by``, ``log_via``, ``log_count``, and ``log_record``, the identifier
    of the record where it is one.
    """
    parts = [_grouped(model, since) for model in event_models()]
    return (
        parts[0]
        .union(*parts[1:], all=True)
        .order_by("-pgh_created_at", "-pgh_context_id", "log_model", "pgh_label")
    )


def _grouped(model, since):
    rows = model.objects.all()
    if since is not None:
        rows = rows.filter(pgh_created_at__gte=since)
    return (
        rows.annotate(
            log_model=Value(model.pgh_tracked_model._meta.label_lower, models.TextField()),
            log_by=KT("pgh_context__actor_name"),
            log_via=KT("pgh_context__via"),
        )
        .values("log_model", "pgh_label", "pgh_created_at", "log_by", "log_via", "pgh_context_id")
        .annotate(log_count=Count("pgh_id"), log_record=Min(Cast("uid", models.TextField())))
        .order_by()
    )


def _step(event, before, fields, names) -> Step:
    why = event.pgh_context or {}
    return Step(
        kind=event.pgh_label,
        at=event.pgh_created_at,
        by=why.get("actor_name", ""),
        via=why.get("via", ""),
        reason=why.get("reason", ""),
        changes=[
            _change(field, before, event, names)
            for field in fields
            if _differs(field, before, event)
        ],
    )


def _differs(field, before, event) -> bool:
    new = getattr(event, field.attname)
    if event.pgh_label == "delete":
        return False
    return new not in (None, "") if before is None else getattr(before, field.attname) != new


def _change(field, before, event, names) -> Change:
    if isinstance(field, EncryptedTextField):
        return Change(field.verbose_name, None, None, is_secret=True)
    old = None if before is None else _shown(field, getattr(before, field.attname), names)
    return Change(field.verbose_name, old, _shown(field, getattr(event, field.attname), names))


def _shown(field, value, names):
    if value in (None, "", []):
        return None
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        words = dict(getattr(field, "base_field", field).flatchoices)
        return ", ".join(str(words.get(each, each)) for each in value)
    if field.is_relation:
        return names.get((field.name, value), value)
    return dict(field.flatchoices).get(value, value)


def _called(row) -> str:
    """Return how a row is called where another refers to it; a person by reference alone."""
    if not isinstance(row, TenantModel):
        return str(row)
    return str(next((getattr(row, name) for name in NAMES if getattr(row, name, "")), row.uid))


def _names_of_keys(fields, events) -> dict:
    """Return the names of the rows that the records refer to: one query for each key."""
    names = {}
    for field in [field for field in fields if field.is_relation]:
        wanted = {getattr(event, field.attname) for event in events} - {None}
        if wanted:
            rows = field.related_model._base_manager.filter(pk__in=wanted)
            names |= {(field.name, row.pk): _called(row) for row in rows}
    return names


def kind_name(label: str) -> str:
    """Return the kind of record in words."""
    return str(apps.get_model(label)._meta.verbose_name)


def looks(since):
    """Return who looked at people's records since a moment, newest first."""
    return Look.objects.filter(at__gte=since).select_related("organisation").order_by("-at", "id")
