"""Keeps the tokens of persons up to date with their facts."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection, transaction

from gsp import blind_index
from gsp.tenancy.scope import current_tenant
from trainees.duplicates.tokens import facts_text, identity_of, token_rows
from trainees.models import Fingerprint, Person, PersonToken

BATCH = 10_000  # rows of one INSERT
CHUNK = 5_000  # persons held in memory at once


@transaction.atomic
def index(persons: Iterable[Person]) -> int:
    """Bring the tokens of these persons up to date and return how many had changed.

    Call it wherever a person was written. The number of statements does not depend on the number
    of persons (beyond batches of 10,000 rows); whose facts did not change costs no write.
    """
    persons = {person.pk: person for person in persons}
    known = {one.person_id: one for one in Fingerprint.objects.filter(person__in=list(persons))}
    prints, rows = [], []
    for person in persons.values():
        identity = identity_of(person)
        mark = _fingerprint(person, facts_text(identity), known.get(person.pk))
        if mark is not None:
            prints.append(mark)
            rows += token_rows(person, identity)
    _write(prints, rows)
    return len(prints)


def index_missing(*, limit: int | None = None) -> int:
    """Index every person the scope sees who never was, or under an older key; return how many.

    Raises nothing for persons it has done: it can be broken off and called again.
    """
    done = Fingerprint.objects.filter(key_mark=blind_index.current_mark()).values("person")
    return index_rows(Person.objects.exclude(pk__in=done).order_by("id")[:limit])


def index_rows(rows) -> int:
    """Index a queryset of persons chunk by chunk; return how many had changed."""
    ids = list(rows.values_list("pk", flat=True))
    return sum(
        index(Person.objects.filter(pk__in=ids[start : start + CHUNK]))
        for start in range(0, len(ids), CHUNK)
    )


def _fingerprint(person: Person, facts: str, before: Fingerprint | None) -> Fingerprint | None:
    """Return the person's new fingerprint, or None where the one before still holds."""
    mark, digest = blind_index.current_mark(), blind_index.token("facts", facts)
    if before is None:
        return Fingerprint(
            person_id=person.pk, centre_id=person.centre_id, key_mark=mark, digest=digest
        )
    if (before.key_mark, before.digest) == (mark, digest):
        return None
    if not _same_under_older_key(before, facts):
        before.version += 1
        before.compared_at = None
    before.key_mark, before.digest = mark, digest
    return before


def _same_under_older_key(before: Fingerprint, facts: str) -> bool:
    """Tell whether only the key is new: the same facts are no reason to compare again."""
    return any(
        blind_index.mark_of(key) == before.key_mark
        and blind_index.token("facts", facts, key=key) == before.digest
        for key in settings.BLIND_INDEX_KEYS[1:]
    )


def _write(prints: list[Fingerprint], rows: list[tuple]) -> None:
    changed = [one.person_id for one in prints if one.pk is not None]
    if changed:
        PersonToken.objects.filter(person__in=changed).delete()
    _insert(rows)
    Fingerprint.objects.bulk_create(
        prints,
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=["key_mark", "digest", "version", "compared_at"],
        unique_fields=["tenant", "person"],
    )


def _insert(rows: list[tuple]) -> None:
    """Insert tokens in one statement: a person has a dozen, and 10,000 persons come at once."""
    if not rows:
        return
    table = connection.ops.quote_name(PersonToken._meta.db_table)
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (tenant_id, person_id, centre_id, kind, token) "  # noqa: S608
            "SELECT %s, * FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::bigint[])",
            [current_tenant(), *columns],
        )
