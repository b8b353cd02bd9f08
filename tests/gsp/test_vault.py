"""Files in the vault: what goes in comes out, encrypted, whole, and only under its name."""

import io
from pathlib import Path

import pytest

from gsp import vault
from gsp.encryption import UnsealError


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAULT_DIR = tmp_path
    return tmp_path


def file_of(folder: Path, stored) -> Path:
    return folder / stored.name[:2] / stored.name


def test_content_comes_back_and_lies_encrypted(folder):
    stored = vault.put("Ardita Krasniqi, паспорт".encode())
    assert vault.content_of(stored.name) == "Ardita Krasniqi, паспорт".encode()
    assert stored.size == 31
    assert b"Ardita" not in file_of(folder, stored).read_bytes()
    assert file_of(folder, stored).stat().st_mode & 0o777 == 0o600


def test_large_file_goes_through_in_pieces():
    content = bytes(range(256)) * 10_000
    stored = vault.put(io.BytesIO(content))
    assert [len(piece) for piece in vault.pieces(stored.name)] == [1_048_576, 1_048_576, 462_848]
    assert vault.content_of(stored.name) == content


def test_empty_file_is_a_file():
    stored = vault.put(b"")
    assert (stored.size, vault.content_of(stored.name)) == (0, b"")


def test_file_cut_short_is_refused(folder):
    stored = vault.put(b"x" * 2_000_000)
    path = file_of(folder, stored)
    path.write_bytes(path.read_bytes()[: 1_048_576 + 36])
    with pytest.raises(UnsealError):
        vault.content_of(stored.name)


def test_file_under_another_name_is_refused(folder):
    first, second = vault.put(b"first"), vault.put(b"second")
    file_of(folder, first).write_bytes(file_of(folder, second).read_bytes())
    with pytest.raises(UnsealError):
        vault.content_of(first.name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 31, "G" * 32])
def test_strange_name_is_not_there(name):
    with pytest.raises(FileNotFoundError):
        vault.content_of(name)


def test_removed_file_is_gone_and_may_be_removed_again():
    stored = vault.put(b"passport")
    vault.remove(stored.name)
    vault.remove(stored.name)
    with pytest.raises(FileNotFoundError):
        vault.content_of(stored.name)
