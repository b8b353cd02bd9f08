"""No plain copy of a list outlives the worker that read it by much."""

import os
from datetime import UTC, datetime, timedelta

from gsp.uploads.opening import remove_left

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_copies_that_a_killed_worker_left_go_after_an_hour(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "reading"
    folder.mkdir()
    for name, age in (("left", timedelta(minutes=61)), ("being-read", timedelta(minutes=9))):
        (folder / name).write_text("Arta Krasniqi")
        moment = (NOW - age).timestamp()
        os.utime(folder / name, (moment, moment))
    assert remove_left(now=NOW) == 1
    assert [path.name for path in folder.iterdir()] == ["being-read"]


def test_nothing_to_remove_where_nothing_was_read(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert remove_left(now=NOW) == 0
