"""Status lists: drawn up and signed whenever somebody asks, so that a revocation holds at once."""

from credentials import addresses, queries
from credentials.actions.keys import key_in_force, pair_of
from credentials.models.credential import LIST_LENGTH
from credentials.open_badge import status_list
from credentials.signing.bits import encoded
from credentials.signing.proofs import with_proof


def signed_list(agency, number: int, *, at) -> dict:
    """Return status list ``number`` of an agency as a signed credential."""
    key = key_in_force(at=at)
    bits = encoded(queries.ended_bits(number), length=LIST_LENGTH)
    unsigned = status_list(agency.slug, number=number, bits=bits, at=at)
    method = addresses.key(agency.slug, key.name)
    return with_proof(unsigned, pair=pair_of(key), method=method, at=at)
