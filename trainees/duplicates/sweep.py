"""Compares new and changed persons with all others, after commit and at night."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gsp.background.jobs import background
from gsp.tenancy.scope import as_agency
from gsp.workflow import move_all
from partnerships.roles import System
from trainees.duplicate_states import DuplicateState
from trainees.duplicates.candidates import judged, meeting
from trainees.duplicates.index import index
from trainees.identity_engine.score import Band, Judgement
from trainees.models import Fingerprint, Person, PossibleDuplicate, Sweep

MOST = 10_000  # persons compared in one go
REFRESHED = ["score", "band", "signals"]
COMPARISON = System("comparison of records")


@background
def compare(*, persons: list[int]) -> None:
    """Index these persons and note whom they may be; up to 10,000 in one call.

    It looks across the centres of the agency, whoever asked: what it finds across them is shown
    to staff alone.
    """
    with as_agency():
        compare_now(persons, at=timezone.now())


def compare_changed(*, at) -> int:
    """Compare all who are new or changed since they were compared last; return how many."""
    waiting = Fingerprint.objects.filter(compared_at=None).order_by("person_id")
    ids = list(waiting.values_list("person_id", flat=True))
    for start in range(0, len(ids), MOST):
        compare_now(ids[start : start + MOST], at=at)
    return len(ids)


@transaction.atomic
def compare_now(persons: list[int], *, at) -> Sweep:
    """Compare these persons with everybody and keep the possible duplicates; return the record.

    Who was kept apart stays apart until a fact of either changes. An undecided pair that is no
    longer alike goes. The number of statements does not depend on the number of persons.
    """
    records = list(Person.objects.filter(pk__in=persons).order_by("id"))
    index(records)
    ids = _records_of(records)
    met = meeting(ids)
    verdicts = {
        pair: verdict for pair, verdict in judged(met.pairs).items() if verdict.band != Band.NO
    }
    found = _keep(verdicts, ids, at)
    Fingerprint.objects.filter(person__in=ids).update(compared_at=at)
    return Sweep.objects.create(
        persons=len(records),
        pairs=len(met.pairs),
        found=found,
        too_common=met.too_common,
        finished_at=at,
    )


def _records_of(records: list[Person]) -> list[int]:
    """Return every record of these persons: a merged one is compared for its survivor."""
    heads = {record.merged_into_id or record.pk for record in records}
    same = Person.objects.filter(Q(pk__in=heads) | Q(merged_into__in=heads))
    return list(same.order_by("id").values_list("pk", flat=True))


def _keep(verdicts: dict[tuple[int, int], Judgement], ids: list[int], at) -> int:
    """Write new pairs, refresh open ones, reopen those whose facts changed; return how many new."""
    known = {
        (pair.first_id, pair.second_id): pair
        for pair in PossibleDuplicate.objects.filter(Q(first__in=ids) | Q(second__in=ids))
    }
    _refresh(known, verdicts, ids)
    _reopen(known, verdicts, at)
    new = {pair: verdict for pair, verdict in verdicts.items() if pair not in known}
    centres = dict(
        Person.objects.filter(pk__in={pk for pair in new for pk in pair}).values_list(
            "pk", "centre_id"
        )
    )
    rows = [_pair(pair, verdict, centres, at) for pair, verdict in new.items()]
    PossibleDuplicate.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return len(rows)


def _pair(pair, verdict: Judgement, centres: dict[int, int], at) -> PossibleDuplicate:
    first, second = pair
    same = centres[first] == centres[second]
    row = PossibleDuplicate(
        first_id=first,
        second_id=second,
        centre_id=centres[first] if same else None,
        found_at=at,
    )
    return _judged(row, verdict)


def _judged(row: PossibleDuplicate, verdict: Judgement) -> PossibleDuplicate:
    row.score, row.band = verdict.score, verdict.band.value
    row.signals = [[one.fact, one.finding, one.points] for one in verdict.signals]
    return row


def _refresh(known, verdicts, ids: list[int]) -> None:
    """Bring undecided pairs up to date; those no longer alike go."""
    waiting = [row for row in known.values() if row.state == DuplicateState.OPEN]
    alike = [row for row in waiting if (row.first_id, row.second_id) in verdicts]
    changed = []
    for row in alike:
        before = (row.score, row.band, row.signals)
        _judged(row, verdicts[row.first_id, row.second_id])
        if (row.score, row.band, row.signals) != before:
            changed.append(row)
    PossibleDuplicate.objects.bulk_update(changed, REFRESHED, batch_size=500)
    gone = {row.pk for row in waiting} - {row.pk for row in alike}
    if gone:
        PossibleDuplicate.objects.waiting().filter(pk__in=gone).filter(merges=None).delete()


def _reopen(known, verdicts, at) -> None:
    """Ask again about pairs that were kept apart and of which a fact has changed since."""
    apart = {
        row.pk: row
        for row in known.values()
        if row.state == DuplicateState.SEPARATE and (row.first_id, row.second_id) in verdicts
    }
    if not apart:
        return
    rows = PossibleDuplicate.objects.filter(pk__in=apart)
    versions = dict(
        Fingerprint.objects.filter(
            person__in={pk for row in apart.values() for pk in (row.first_id, row.second_id)}
        ).values_list("person_id", "version")
    )
    changed = [
        row
        for row in apart.values()
        if (row.first_version, row.second_version)
        != (versions.get(row.first_id), versions.get(row.second_id))
    ]
    for row in changed:
        _judged(row, verdicts[row.first_id, row.second_id])
    PossibleDuplicate.objects.bulk_update(changed, REFRESHED, batch_size=500)
    move_all(
        rows.filter(pk__in=[row.pk for row in changed]),
        DuplicateState.OPEN,
        by=COMPARISON,
        at=at,
    )
