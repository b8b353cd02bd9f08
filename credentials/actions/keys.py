"""Signing keys: made when first needed, rotated without breaking what older keys signed."""

from django.db import connection, transaction

from credentials.models import SigningKey
from credentials.signing.keys import Pair, generate, thumbprint
from gsp.tenancy.scope import as_agency, current_tenant
from partnerships.roles import Permission
from partnerships.rules import may

LOCK = 4_201_517  # any number, for the advisory lock of an agency's keys and status bits


def locked() -> None:
    """Let one transaction of the agency at a time give out bits or change keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, current_tenant() % 2**31])


@transaction.atomic
def rotate(*, by, at) -> SigningKey:
    """Retire the key in force, destroy its private half, and return the new one.

    Whatever the old key signed verifies as before: its public half stays published.

    Raises:
        NotAllowed: ``by`` may not manage keys.

    """
    may(by, Permission.MANAGE_KEYS)
    locked()
    SigningKey.objects.in_force().update(retired_at=at, private_key="")
    return _make(made_by=by.user.name if hasattr(by, "user") else by.name, at=at)


def key_in_force(*, at) -> SigningKey:
    """Return the key that signs now; the agency's first one is made here.

    Centres may not read keys: this reads as the agency, and the caller signs with it at once.
    Take ``locked()`` before.
    """
    with as_agency():
        return SigningKey.objects.in_force().first() or _make(made_by="", at=at)


def pair_of(key: SigningKey) -> Pair:
    """Return both halves of a key in force."""
    return Pair(key.public_key, key.private_key)


def _make(*, made_by: str, at) -> SigningKey:
    pair = generate()
    return SigningKey.objects.create(
        name=thumbprint(pair.public),
        public_key=pair.public,
        private_key=pair.private,
        valid_from=at,
        made_by=made_by,
    )
