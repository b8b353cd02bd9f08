"""One person after all: a record points to the one that survives, and can be taken back."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.rules import is_valid, may_act_for
from trainees.actions import enrolments
from trainees.actions.story import tell
from trainees.duplicate_states import DuplicateState
from trainees.duplicates.decide import REVIEW, name_of
from trainees.duplicates.index import index
from trainees.duplicates.sweep import compare
from trainees.models import CaseEvent, Enrolment, Merge, Person, PossibleDuplicate
from trainees.states import LEFT, EnrolmentState

# Fields of which one value survives; what follows from another goes with it.
FIELDS = (
    "given_name",
    "family_name",
    "birth_date",
    "document_number",
    "email",
    "phone",
    "sex",
    "country_id",
    "region",
)
FOLLOWS = {"birth_date": ("birth_year",)}


@transaction.atomic
def merge(pair, survivor, *, chosen=(), reason: str, by, at) -> Merge:
    """Let one record of a pair point to the other, and return what ``undo`` needs.

    ``chosen`` names the fields (of ``FIELDS``) whose value is taken from the record that goes.
    All other rows stay where they are; what pointed to that record points to the survivor. A
    second open enrolment in one cohort ends as a duplicate.

    Raises:
        Refused: no reason, a record was merged meanwhile, values would go from centre to centre,
            or both records hold a certificate of one cohort.
        NotAllowed: ``by`` is neither staff nor, for its own records, the centre.
        Stale: somebody else decided first.

    """
    may_act_for(pair.centre_id, REVIEW, by)
    pair = PossibleDuplicate.objects.select_for_update().get(pk=pair.pk)
    survivor, merged = _locked(pair, survivor)
    _may_take(pair, chosen)
    before, after = _values(survivor, merged, chosen)
    ended = _end_second(survivor, merged, by=by, at=at)
    repointed = list(merged.merged.order_by("id").values_list("pk", flat=True))
    Person.objects.filter(pk__in=[merged.pk, *repointed]).update(merged_into=survivor)
    write(survivor, after)
    pair = workflow.move(
        pair,
        DuplicateState.MERGED,
        by=by,
        at=at,
        reason=reason.strip(),
        decided_by=name_of(by),
    )
    made = Merge.objects.create(
        pair=pair,
        survivor=survivor,
        merged=merged,
        centre_id=pair.centre_id,
        kept=json.dumps({"before": before, "after": after}) if after else "",
        repointed=repointed,
        ended=ended,
        merged_at=at,
        merged_by=name_of(by),
    )
    tell_both(made, _("Merged with record %(reference)s: one person"), by=by, at=at)
    compare.after_commit(persons=[survivor.pk])
    return made


def merges_of(person) -> list[Merge]:
    """Return the merges in force into this person, the latest first."""
    rows = Merge.objects.filter(survivor=person, undone_at=None).select_related("merged", "pair")
    return list(rows.order_by("-merged_at", "-id"))


def _locked(pair, survivor) -> tuple[Person, Person]:
    """Return survivor and merged record, locked and each still standing for itself."""
    ids = (pair.first_id, pair.second_id)
    if survivor.pk not in ids:
        raise Refused(
            _("Choose which of the two records survives."), field="survivor", code="not_of_pair"
        )
    rows = Person.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("id")
    found = {person.pk: person for person in rows}
    if any(person.merged_into_id for person in found.values()):
        raise Refused(
            _("One of these records was merged meanwhile. Review the surviving one."),
            field="state",
            code="merged_already",
        )
    survivor = found.pop(survivor.pk)
    return survivor, next(iter(found.values()))


def _may_take(pair, chosen) -> None:
    if not set(chosen) <= set(FIELDS):
        raise Refused(_("There is no such field."), field="chosen", code="unknown_field")
    if chosen and pair.centre_id is None:
        raise Refused(
            _(
                "The records belong to two centres, and neither learns what the other knows: "
                "keep the survivor's values."
            ),
            field="chosen",
            code="two_centres",
        )


def _values(survivor, merged, chosen) -> tuple[dict, dict]:
    """Return the survivor's values before and after, of fields that really change."""
    names = [each for name in chosen for each in (name, *FOLLOWS.get(name, ()))]
    differ = [name for name in names if getattr(survivor, name) != getattr(merged, name)]
    return (
        {name: getattr(survivor, name) for name in differ},
        {name: getattr(merged, name) for name in differ},
    )


def write(survivor, values: dict) -> None:
    """Write the values and bring the survivor's tokens up to date."""
    if not values:
        return
    for name, value in values.items():
        setattr(survivor, name, value)
    is_valid(survivor)
    survivor.save(update_fields=list(values))
    index([survivor])


def _end_second(survivor, merged, *, by, at) -> list[int]:
    """End one of two open enrolments in the same cohort; a certified one is never the one."""
    rows = Enrolment.objects.filter(person__in=(survivor, merged)).exclude(state__in=LEFT)
    by_cohort: dict[int, dict[int, Enrolment]] = {}
    for row in rows.select_related("person", "cohort").order_by("id"):
        by_cohort.setdefault(row.cohort_id, {})[row.person_id] = row
    ended = []
    for held in by_cohort.values():
        if len(held) == 2:
            goes = _goes(held[survivor.pk], held[merged.pk])
            enrolments.end_as_duplicate(goes, by=by, at=at)
            ended.append(goes.pk)
    return ended


def _goes(stays: Enrolment, goes: Enrolment) -> Enrolment:
    if goes.state != EnrolmentState.CERTIFIED:
        return goes
    if stays.state != EnrolmentState.CERTIFIED:
        return stays
    raise Refused(
        _("Both records are certified in cohort %(cohort)s. Correct one of the results first.")
        % {"cohort": stays.cohort.code},
        field="survivor",
        code="certified_twice",
    )


def tell_both(made: Merge, text: str, *, by, at) -> None:
    """Tell both timelines, but never one centre of another centre's record."""
    if made.centre_id is None:
        return
    kind = CaseEvent.Kind.MERGED
    for person, other in ((made.survivor, made.merged), (made.merged, made.survivor)):
        tell(person, kind, by=by, at=at, text=text % {"reference": other.reference}, about=made)
