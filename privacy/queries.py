"""What is held on a person, who looked, and to whom it was disclosed: for them and for export."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models

from gsp.audit.models import Look
from matching.models import Proposal
from partnerships.models import Organisation
from privacy.models import DataRequest, OwnAccess
from privacy.personal import personal_models, rows_about, same_person
from trainees.models import Consent, Person
from trainees.models.consent import Purpose

INSIDE = {"id", "tenant", "person", "enrolment", "code_sha256", "stored", "failures"}


@dataclass(frozen=True, slots=True)
class Held:
    """One column of one row: its name, what people call it, its value and how that reads.

    Identifiers and structured values are for machines alone.
    """

    name: str
    label: str
    value: object
    text: str
    for_people: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """All rows of one kind that are held on a person."""

    kind: str
    name: str
    rows: list[list[Held]]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Somebody outside the centre and the agency was shown something of the person."""

    at: datetime
    to: str
    what: str


def held_on(person, *, by=None, one_centre=False) -> list[Part]:
    """Return everything held on a person under any of their records; one query for each kind.

    ``by`` is the member who takes it out, None the person: notes are left out that either may not
    read. Whoever else is named beside the person in a row is never shown. With ``one_centre``
    what other centres keep is left out: see ``OwnPage``.
    """
    ids = [record.pk for record in same_person(person, one_centre=one_centre)]
    parts = []
    for model in personal_models():
        if getattr(model, "about_two", False):
            continue
        rows = rows_about(model, ids).select_related(*_shown_relations(model))
        if hasattr(rows, "readable_by"):
            rows = rows.readable_by(by) if by else rows.readable_by_person()
        found = [_columns(row) for row in rows]
        if found:
            meta = model._meta
            parts.append(Part(meta.label_lower, str(meta.verbose_name_plural), found))
    return parts


def _shown_relations(model) -> list[str]:
    return [field.name for field in _shown_fields(model) if field.is_relation]


def _shown_fields(model) -> list:
    """Return the columns to show; a key to a person may name somebody else."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if field.name not in INSIDE and field.related_model is not Person
    ]


def _columns(row) -> list[Held]:
    return [
        Held(field.name, str(field.verbose_name), value, text, _is_for_people(field))
        for field in _shown_fields(type(row))
        for value, text in [_value(row, field)]
        if value not in (None, "", [], {})
    ]


def _is_for_people(field) -> bool:
    machines = (models.UUIDField, models.JSONField, models.BooleanField)
    # A column that nobody named bears the name the code gives it; a key says what it leads to.
    is_named = field.is_relation or not isinstance(field.verbose_name, str)
    return is_named and not isinstance(field, machines)


def _value(row, field) -> tuple[object, str]:
    value = getattr(row, field.name)
    if field.is_relation:
        text = "" if value is None else str(value)
        return text, text
    if isinstance(field, models.BinaryField):
        return None, ""
    shown = dict(field.flatchoices).get(value, value) if field.flatchoices else value
    if isinstance(value, date | datetime | UUID):
        return value.isoformat() if not isinstance(value, UUID) else str(value), str(shown)
    return value, str(shown)


def looks_at(person, *, one_centre=False) -> models.QuerySet:
    """Return who looked at the person's records, or took them out, the latest first."""
    uids = [record.uid for record in same_person(person, one_centre=one_centre)]
    return (
        Look.objects.filter(subject__in=uids).select_related("organisation").order_by("-at", "-id")
    )


def disclosures_of(person, *, one_centre=False) -> list[Disclosure]:
    """Return what organisations other than the centre were shown, the latest first."""
    records = same_person(person, one_centre=one_centre)
    ids, centres = [one.pk for one in records], {one.centre_id for one in records}
    proposals = Proposal.objects.filter(enrolment__person__in=ids)
    employers = Organisation.objects.in_bulk(set(proposals.values_list("employer_id", flat=True)))
    shown = [
        Disclosure(at, str(employers[employer]), str(Purpose.PROPOSAL.label))
        for at, employer in proposals.values_list("created_at", "employer_id")
    ]
    looked = (
        looks_at(person, one_centre=one_centre)
        .exclude(organisation=None)
        .exclude(organisation__in=centres)
    )
    shown += [
        Disclosure(look.at, str(look.organisation), str(look.get_kind_display())) for look in looked
    ]
    return sorted(shown, key=lambda one: one.at, reverse=True)


def consents_of(person, *, one_centre=False) -> list[dict]:
    """Return every purpose with the consents in force and those of the past."""
    ids = [record.pk for record in same_person(person, one_centre=one_centre)]
    rows = Consent.objects.filter(person__in=ids).select_related("recipient", "country", "wording")
    found = list(rows.order_by("-given_at", "-id"))
    return [
        {
            "purpose": purpose.value,
            "label": purpose.label,
            "in_force": [
                one for one in found if one.purpose == purpose and one.withdrawn_at is None
            ],
            "past": [one for one in found if one.purpose == purpose and one.withdrawn_at],
        }
        for purpose in Purpose
    ]


def requests() -> models.QuerySet:
    """Return what people ask, what is due first."""
    return DataRequest.objects.select_related("person", "person__centre").order_by(
        "state_changed_at", "due_on", "id"
    )


def requests_of(person) -> models.QuerySet:
    """Return what this person asked, the latest first."""
    ids = [record.pk for record in same_person(person, one_centre=True)]
    return DataRequest.objects.filter(person__in=ids).order_by("-asked_at", "-id")


def link_of(person, at) -> OwnAccess | None:
    """Return the link to the person's own page that works now."""
    return OwnAccess.objects.usable(at).filter(person=person).first()
