"""A row that may be somebody known is held until somebody says who it is; asked once only."""

from datetime import timedelta

import pytest

from gsp.uploads.actions.decide import decide_row
from tests.trainees.lists import ARTA, NOW, counts, send
from tests.uploads.stages import applied
from trainees.duplicate_states import DuplicateState
from trainees.duplicates.sweep import compare_now
from trainees.models import Person, PossibleDuplicate

AGAIN = ARTA.replace("A1", "A9")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def doubtful(cast):
    """A list with a row that is held: the same name and day of birth under another reference."""
    with cast.scope(cast.coordinator):
        send(cast, ARTA)
    with cast.scope():
        compare_now(list(Person.objects.values_list("pk", flat=True)), at=NOW)
    with cast.scope(cast.coordinator):
        return send(cast, AGAIN, at=LATER)


def decided(cast, record, decision):
    decide_row(record, 2, decision, by=cast.coordinator, at=LATER)
    record.refresh_from_db()
    return applied(record, by=cast.coordinator, at=LATER)


def test_row_is_held_until_somebody_decides(doubtful):
    assert (doubtful.state, doubtful.duplicates, doubtful.held) == ("waiting", 1, 1)


def test_another_person_is_kept_apart_for_good(cast, doubtful):
    with cast.scope(cast.coordinator):
        decided(cast, doubtful, "another")
        assert (doubtful.state, counts(doubtful)) == ("applied", (1, 0, 0))
        first, second = Person.objects.order_by("reference")
        pair = PossibleDuplicate.objects.get()
        assert (pair.first_id, pair.second_id) == (first.pk, second.pk)
        assert (pair.state, pair.decided_by) == (DuplicateState.SEPARATE, doubtful.decided_by)
    with cast.scope():
        assert compare_now([second.pk], at=LATER).found == 0
        assert PossibleDuplicate.objects.get().state == DuplicateState.SEPARATE


def test_the_same_person_is_no_pair(cast, doubtful):
    with cast.scope(cast.coordinator):
        decided(cast, doubtful, str(Person.objects.get().uid))
        assert Person.objects.count() == 1
        assert not PossibleDuplicate.objects.exists()
        assert (doubtful.state, counts(doubtful)) == ("applied", (0, 0, 1))
