"""Tokens: equal within an agency, without meaning between agencies and without the key."""

import pytest

from gsp import blind_index
from gsp.tenancy.scope import ScopeError, scope

OLD = "b2xkLWluZGV4LWtleS1vZi10aGlydHktdHdvLWJ5dGU="


def test_equal_facts_of_one_agency_have_equal_tokens(cast):
    with scope(cast.north):
        assert blind_index.token("phone", "+38344111") == blind_index.token("phone", "+38344111")
        assert blind_index.token("phone", "+38344111") != blind_index.token("email", "+38344111")


def test_equal_facts_of_two_agencies_have_nothing_in_common(cast):
    with scope(cast.north):
        ours = blind_index.token("document", "P1234567")
    with scope(cast.south):
        theirs = blind_index.token("document", "P1234567")
    assert ours != theirs


def test_another_key_gives_another_token_and_both_find(cast, settings):
    new = settings.BLIND_INDEX_KEYS[0]
    settings.BLIND_INDEX_KEYS = [new, OLD]
    with scope(cast.north):
        by_new, by_old = blind_index.tokens("email", "arta@example.org")
        assert by_new == blind_index.token("email", "arta@example.org")
        assert by_old == blind_index.token("email", "arta@example.org", key=OLD)
    assert by_new != by_old
    assert blind_index.mark_of(new) == blind_index.current_mark() != blind_index.mark_of(OLD)


def test_a_token_needs_a_scope(db):
    with pytest.raises(ScopeError):
        blind_index.token("phone", "+38344111")


def test_a_token_is_a_number_the_database_can_hold(cast):
    with scope(cast.north):
        numbers = [blind_index.token("phone", str(n)) for n in range(200)]
    assert len(set(numbers)) == 200
    assert all(-(2**63) <= number < 2**63 for number in numbers)
