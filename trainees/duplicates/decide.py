"""Two people after all: pairs kept apart, and asked about again."""

from django.db import transaction
from django.utils.translation import gettext as _

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.duplicate_states import DuplicateState, SureBand
from trainees.models import Fingerprint, Person, PossibleDuplicate

REVIEW = Permission.REVIEW_DUPLICATES


@transaction.atomic
def separate(pair, *, reason: str, by, at) -> PossibleDuplicate:
    """Record that these are two people, and return the pair.

    It does not come back unless a fact of either record changes.

    Raises:
        Refused: no reason is given, or the pair is decided already.
        NotAllowed: ``by`` is neither staff nor, for its own records, the centre.
        Stale: somebody else decided first.

    """
    may_act_for(pair.centre_id, REVIEW, by)
    return workflow.move(
        pair,
        DuplicateState.SEPARATE,
        by=by,
        at=at,
        reason=reason.strip(),
        decided_by=name_of(by),
        **_versions(pair),
    )


@transaction.atomic
def reconsider(pair, *, by, at) -> PossibleDuplicate:
    """Take back that these are two people; the pair waits for a decision again.

    Raises:
        Refused: it was not kept apart. NotAllowed, Stale: as ``separate``.

    """
    may_act_for(pair.centre_id, REVIEW, by)
    if pair.state != DuplicateState.SEPARATE:
        raise Refused(_("Nothing was decided here."), field="state", code="no_such_move")
    return workflow.move(pair, DuplicateState.OPEN, by=by, at=at, reason="", decided_by="")


@transaction.atomic
def keep_apart(person, other, *, by, at, reason: str = "") -> PossibleDuplicate:
    """Record that two persons are not one, also before anything compared them.

    Raises as ``separate``.
    """
    first, second = sorted((person, other), key=lambda one: one.pk)
    same_centre = first.centre_id == second.centre_id
    pair, _made = PossibleDuplicate.objects.get_or_create(
        first=first,
        second=second,
        defaults={
            "centre_id": first.centre_id if same_centre else None,
            "score": 0,
            "band": SureBand.POSSIBLE,
            "found_at": at,
        },
    )
    if pair.state == DuplicateState.SEPARATE:
        return pair
    why = reason or _("Entered as another person")
    return separate(pair, reason=why, by=by, at=at)


def pair_of(one: Person, other: Person):
    """Return the pair of two persons, None where nothing ever compared them alike."""
    first, second = sorted((one.pk, other.pk))
    return PossibleDuplicate.objects.filter(first=first, second=second).first()


def name_of(by) -> str:
    """Return who decides, in words."""
    return (by.user.name if hasattr(by, "user") else by.name)[:150]


def _versions(pair) -> dict[str, int]:
    """Return in which version of their facts the two were told apart."""
    rows = Fingerprint.objects.filter(person__in=(pair.first_id, pair.second_id))
    known = dict(rows.values_list("person_id", "version"))
    return {
        "first_version": known.get(pair.first_id, 0),
        "second_version": known.get(pair.second_id, 0),
    }
