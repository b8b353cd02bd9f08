"""The data folder: secrets made once, and the count of those who use the servers."""

import base64
import stat

from gsp.launch.folder import DataFolder


def made(path):
    folder = DataFolder(path / "data")
    folder.make()
    return folder


def test_secrets_are_made_once_and_private(tmp_path):
    folder = made(tmp_path)
    first = folder.secrets()
    assert sorted(first) == [
        "BLIND_INDEX_KEYS",
        "ENCRYPTION_KEYS",
        "POSTGRES_PASSWORD",
        "SECRET_KEY",
        "VALKEY_PASSWORD",
    ]
    assert len(base64.urlsafe_b64decode(first["ENCRYPTION_KEYS"])) == 32
    assert len(first["SECRET_KEY"]) == 67
    assert stat.S_IMODE((folder.path / "secrets.env").stat().st_mode) == 0o600
    assert DataFolder(folder.path).secrets() == first


def test_a_folder_of_an_older_release_gets_the_secrets_it_lacks(tmp_path):
    folder = made(tmp_path)
    (folder.path / "secrets.env").write_text("SECRET_KEY=kept\nENCRYPTION_KEYS=kept too\n")
    completed = folder.secrets()
    assert (completed["SECRET_KEY"], completed["ENCRYPTION_KEYS"]) == ("kept", "kept too")
    assert len(base64.urlsafe_b64decode(completed["BLIND_INDEX_KEYS"])) == 32
    assert DataFolder(folder.path).secrets() == completed


def test_two_folders_share_no_secret(tmp_path):
    one, other = made(tmp_path / "one"), made(tmp_path / "other")
    assert not set(one.secrets().values()) & set(other.secrets().values())


def test_the_last_one_out_is_told(tmp_path):
    one, other = made(tmp_path), made(tmp_path)
    assert one.in_use() is False
    one.enter()
    other.enter()
    assert one.in_use() is True
    assert one.leave() is False
    assert other.leave() is True
    assert one.in_use() is False


def test_what_is_published_is_seen_while_somebody_is_in(tmp_path):
    one, other = made(tmp_path), made(tmp_path)
    one.enter()
    one.publish({"REDIS_URL": "redis://:a=b@127.0.0.1:1/0"})
    assert other.published() == {"REDIS_URL": "redis://:a=b@127.0.0.1:1/0"}
    assert stat.S_IMODE((one.path / "run.env").stat().st_mode) == 0o600
    one.leave()
    assert other.published() == {}
    one.withdraw()
    assert not (one.path / "run.env").exists()


def test_only_one_group_per_folder(tmp_path):
    one, other = made(tmp_path), made(tmp_path)
    claim = one.claim_group()
    assert other.claim_group() is None
    claim.close()
    again = other.claim_group()
    assert again is not None
    again.close()
