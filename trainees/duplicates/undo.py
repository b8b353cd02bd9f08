"""Takes a merge back whole."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.rules import may_act_for
from trainees.actions import enrolments
from trainees.duplicate_states import DuplicateState
from trainees.duplicates.decide import REVIEW, name_of
from trainees.duplicates.merge import tell_both, write
from trainees.duplicates.sweep import compare
from trainees.models import Enrolment, Merge, Person


@transaction.atomic
def undo(made: Merge, *, by, at) -> Merge:
    """Take a merge back whole: pointers, values and enrolments; return it.

    A value that somebody changed since the merge stays as they left it.

    Raises:
        Refused: it is undone already, or the survivor was merged since (undo that first).
        NotAllowed, Stale: as ``merge``.

    """
    may_act_for(made.centre_id, REVIEW, by)
    made = Merge.objects.select_for_update().get(pk=made.pk)
    survivor = Person.objects.select_for_update().get(pk=made.survivor_id)
    _can_undo(made, survivor)
    Person.objects.filter(pk=made.merged_id).update(merged_into=None)
    Person.objects.filter(pk__in=made.repointed, merged_into=survivor).update(
        merged_into=made.merged_id
    )
    if made.kept:
        kept = json.loads(made.kept)
        untouched = {
            name: kept["before"][name]
            for name, value in kept["after"].items()
            if getattr(survivor, name) == value
        }
        write(survivor, untouched)
    for enrolment in Enrolment.objects.filter(pk__in=made.ended).order_by("id"):
        enrolments.undo_duplicate(enrolment, by=by, at=at)
    made.undone_at, made.undone_by = at, name_of(by)
    made.save(update_fields=["undone_at", "undone_by"])
    workflow.move(made.pair, DuplicateState.OPEN, by=by, at=at, reason="", decided_by="")
    tell_both(made, _("No longer merged with record %(reference)s"), by=by, at=at)
    compare.after_commit(persons=[made.survivor_id, made.merged_id])
    return made


def _can_undo(made: Merge, survivor) -> None:
    if made.undone_at is not None:
        raise Refused(_("This merge is taken back already."), field="state", code="undone_already")
    if survivor.merged_into_id is not None:
        raise Refused(
            _("The surviving record was merged itself since. Take that merge back first."),
            field="state",
            code="survivor_merged",
        )
