"""Counts how often a credential is looked up: the day and the number, nothing of who asks."""

from django.db.models import F

from credentials.models import Check


def count_check(credential, *, at) -> None:
    """Count one look at the public page of a credential."""
    counted, _new = Check.objects.get_or_create(
        credential=credential, day=at.date(), defaults={"centre_id": credential.centre_id}
    )
    Check.objects.filter(pk=counted.pk).update(times=F("times") + 1)
