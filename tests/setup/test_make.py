"""The Makefile's targets and the timetable."""

import subprocess

from celery.schedules import crontab
from django.conf import settings

from gsp.celery import app


def make(*arguments):
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


def test_help_is_the_default_and_lists_the_targets():
    done = make()
    assert done.returncode == 0
    assert [line.split()[1] for line in done.stdout.splitlines()] == [
        "help", "setup", "run", "demo", "test", "test-slow", "fuzz", "test-setup", "lint",
        "bench", "bench-import", "lock", "clean",
    ]  # fmt: skip


def test_an_old_python_is_refused_in_one_line(tmp_path):
    done = make(f"PY={tmp_path}/python", "PYTHON=false", f"{tmp_path}/python")
    assert done.returncode == 2
    assert done.stdout == (
        "Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python3.\n"
    )


def test_beat_knows_the_night_its_sweeps_and_the_sender():
    entries = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
    assert entries == {
        "matching.tasks.start_night": crontab(hour=2, minute=0),
        "trainees.tasks.sweep_deadlines": crontab(hour=1, minute=0),
        "cases.tasks.watch_cases": crontab(hour=1, minute=30),
        "trainees.tasks.compare_people": crontab(hour=3, minute=0),
        "privacy.tasks.start_retention": crontab(hour=4, minute=0),
        "cases.tasks.remind_members": crontab(hour=5, minute=0),
        "selection.tasks.sweep": crontab(minute=20),
        "gsp.uploads.tasks.sweep_uploads": crontab(hour=3, minute=30),
        "gsp.uploads.tasks.sweep_vault": crontab(minute=45),
        "gsp.background.tasks.send_unsent": 30.0,
    }
    app.loader.import_default_modules()
    assert set(entries) <= set(app.tasks)
