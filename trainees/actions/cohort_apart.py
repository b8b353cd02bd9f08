"""What a list says of two people being two."""

from uuid import UUID

from trainees.duplicates.decide import keep_apart
from trainees.duplicates.index import index
from trainees.models import Person


def tell_apart(told: dict[Person, list[UUID]], *, by, at) -> None:
    """Record of new persons that they are not these others, so that nobody is asked again.

    A handful, each decided by hand. All are indexed first: a pair holds in which version of their
    facts the two were told apart.
    """
    others = {uid for uids in told.values() for uid in uids}
    known = {one.uid: one for one in Person.objects.filter(uid__in=others)}
    index([*told, *known.values()])
    for person, uids in told.items():
        for uid in uids:
            keep_apart(person, known[uid], by=by, at=at)
