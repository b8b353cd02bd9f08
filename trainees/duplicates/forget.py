"""Leaves nothing by which somebody could still be found."""

from django.db.models import Q

from trainees.models import Fingerprint, Person, PersonToken, PossibleDuplicate


def forget(persons: list[Person]) -> int:
    """Delete tokens, fingerprints and unmerged pairs of these persons; return how many tokens.

    Erasure calls it: a token left behind would still answer whether a number is known here.
    """
    ids = [person.pk for person in persons]
    pairs = PossibleDuplicate.objects.filter(Q(first__in=ids) | Q(second__in=ids))
    pairs.filter(merges=None).delete()
    pairs.update(reason="")
    Fingerprint.objects.filter(person__in=ids).delete()
    return PersonToken.objects.filter(person__in=ids).delete()[0]
