"""The public code of a credential: 140 random bits, easy to read aloud and to type."""

import hashlib
import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH, GROUP = 28, 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def draw() -> str:
    """Return a new code of 28 letters."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """Return the code somebody typed, or "" if it cannot be one.

    Small letters, spaces, hyphens, and O, I, L for 0 and 1 are forgiven.
    """
    if len(typed) > 100:
        return ""
    code = "".join(typed.split()).replace("-", "").upper().translate(MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def grouped(code: str) -> str:
    """Return the code as it is printed: ``ABCD-EFGH-…``."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def digest(code: str) -> str:
    """Return what the database finds the code by: SHA-256 in hexadecimal."""
    return hashlib.sha256(code.encode()).hexdigest()
