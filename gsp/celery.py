"""The Celery application: workers find their tasks here, beat its timetable."""

import gc

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init, worker_process_init

app = Celery("gsp")
app.set_default()  # for the threads of the web server too; Celery keeps "current" for one alone
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    "start the night": {
        "task": "matching.tasks.start_night",
        "schedule": crontab(hour=2, minute=0),
    },
    "sweep deadlines of trainees": {
        "task": "trainees.tasks.sweep_deadlines",
        "schedule": crontab(hour=1, minute=0),
    },
    "sweep offers of places": {
        "task": "selection.tasks.sweep",
        "schedule": crontab(minute=20),
    },
    "remove what is kept too long": {
        "task": "privacy.tasks.start_retention",
        "schedule": crontab(hour=4, minute=0),
    },
    "forget what lists leave behind": {
        "task": "gsp.uploads.tasks.sweep_uploads",
        "schedule": crontab(hour=3, minute=30),
    },
    "remove files that nothing names": {
        "task": "gsp.uploads.tasks.sweep_vault",
        "schedule": crontab(minute=45),
    },
    "compare people who changed": {
        "task": "trainees.tasks.compare_people",
        "schedule": crontab(hour=3, minute=0),
    },
    "watch cases": {
        "task": "cases.tasks.watch_cases",
        "schedule": crontab(hour=1, minute=30),
    },
    "remind members": {
        "task": "cases.tasks.remind_members",
        "schedule": crontab(hour=5, minute=0),
    },
    "send what is waiting": {
        "task": "gsp.background.tasks.send_unsent",
        "schedule": 30.0,
    },
}
app.autodiscover_tasks()


@worker_init.connect
def refuse_privileged_role(**kwargs):
    """Stop a worker whose database role could look past the walls."""
    from gsp.tenancy import checks

    checks.refuse_privileged_role()


@worker_process_init.connect
def leave_what_is_loaded(**kwargs):
    """Spare a worker the search for waste among what it keeps anyway: a list takes a fifth less."""
    gc.collect()
    gc.freeze()
