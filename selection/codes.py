"""Codes by which an applicant comes back: drawn once, shown once, kept as a hash."""

import hashlib
import secrets

# Crockford's 32 signs: no I, L, O or U, so that nobody misreads a code written down by hand.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
LENGTH, GROUP = 28, 4  # 140 bits


def draw() -> str:
    """Return a new code in groups of four."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def hashed(code: str) -> str:
    """Return what is kept of a code, however it is typed; “” for what cannot be one."""
    plain = "".join(sign for sign in code.upper().translate(READ_AS) if sign in SIGNS)
    return hashlib.sha256(plain.encode()).hexdigest() if len(plain) == LENGTH else ""
