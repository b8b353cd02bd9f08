"""The bit string of a status list (W3C Bitstring Status List)."""

import gzip
from collections.abc import Iterable

from credentials.signing.keys import base64url


def encoded(ended: Iterable[int], *, length: int) -> str:
    """Return the list whose bits at ``ended`` are set: compressed, as multibase base64url.

    The first bit of the list is the highest of the first byte. ``length`` is a multiple of 8.
    """
    bits = bytearray(length // 8)
    for index in ended:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))
