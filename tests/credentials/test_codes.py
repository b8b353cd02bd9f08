"""The public code: random enough, forgiving to whoever types it."""

import hashlib

import pytest

from credentials import codes

CODE = "0123456789ABCDEFGHJKMNPQRSTV"


def test_a_code_holds_140_random_bits():
    drawn = {codes.draw() for _ in range(200)}
    assert len(drawn) == 200
    assert {len(code) for code in drawn} == {28}
    assert len(codes.LETTERS) == 32
    assert set("".join(drawn)) == set(codes.LETTERS)


def test_a_code_is_printed_in_groups():
    assert codes.grouped(CODE) == "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV"


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        codes.grouped(CODE),
        "  o123 4567 89ab cdef ghjk mnpq rstv\n",
        "OI23-4567-89AB-CDEF-GHJK-MNPQ-RSTV",
        "0L23-4567-89ab-cdef-ghjk-mnpq-rstv",
    ],
)
def test_slips_of_typing_are_forgiven(typed):
    assert codes.tidy(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], CODE + "0", CODE[:-1] + "U", "x" * 10_000, "٠" * 28]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert codes.tidy(typed) == ""


def test_the_database_finds_a_code_by_its_digest():
    assert codes.digest(CODE) == hashlib.sha256(CODE.encode()).hexdigest()
