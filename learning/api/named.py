"""Cohorts, modules and enrolments as callers of the API name them: by identifier."""

from django.utils.translation import gettext as _

from gsp.workflow import Refused
from trainees.models import Enrolment, Person
from training.models import Cohort, Module


def cohort_named(uid) -> Cohort:
    """Return the cohort of an identifier; raises Refused if there is none."""
    return _one(Cohort.objects.select_related("course"), uid, "cohort")


def person_named(uid) -> Person:
    """Return the person of an identifier; raises Refused if there is none."""
    return _one(Person.objects.all(), uid, "person")


def with_module(facts: dict) -> dict:
    """Return the facts with the row of the module they name, if they name one."""
    if facts.get("module") is None:
        return facts
    return facts | {"module": _one(Module.objects.all(), facts["module"], "module")}


def enrolments_named(uids, *, field: str, **which) -> dict:
    """Return the enrolments of identifiers, by identifier; raises Refused if one is missing."""
    rows = Enrolment.objects.filter(uid__in=list(uids), **which)
    found = {one.uid: one for one in rows.select_related("person", "cohort__course")}
    for uid in uids:
        if uid not in found:
            raise _unknown(uid, field)
    return found


def _one(rows, uid, field: str):
    found = rows.filter(uid=uid).first()
    if found is None:
        raise _unknown(uid, field)
    return found


def _unknown(uid, field: str) -> Refused:
    message = _("There is none with the identifier “%(uid)s” here.") % {"uid": uid}
    return Refused(message, field=field, code=f"unknown_{field}")
