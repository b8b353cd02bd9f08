"""Reads for the screens and the API of trainees."""

from dataclasses import dataclass

from django.db.models import Prefetch

from gsp.uploads.models import Upload
from trainees.models import (
    Enrolment,
    FollowUp,
    Journey,
    LanguageResult,
    Notice,
    Person,
    SkillClaim,
    TrackDecision,
)


def enrolments():
    """Return enrolments with person, cohort, course and centre in one query."""
    return Enrolment.objects.select_related(
        "person", "person__country", "cohort", "cohort__course", "cohort__partnership", "centre"
    )


def enrolments_with_decisions():
    """Return enrolments with their track decisions as well, the latest first."""
    decisions = TrackDecision.objects.order_by("-id")
    return enrolments().prefetch_related(Prefetch("track_decisions", decisions))


def uploads():
    """Return the lists of trainees that were sent, the latest first."""
    rows = Upload.objects.filter(kind="cohort").select_related("organisation")
    return rows.order_by("-received_at", "-id")


@dataclass(frozen=True, slots=True)
class Case:
    """All that is held about one person, for their page."""

    person: Person
    enrolments: list[Enrolment]
    decisions: list[TrackDecision]
    languages: list[LanguageResult]
    skills: list[SkillClaim]


def case_of(person: Person) -> Case:
    """Read a person's case in five queries."""
    decisions = TrackDecision.objects.filter(enrolment__person=person)
    return Case(
        person,
        list(enrolments_with_decisions().filter(person=person).order_by("-id")),
        list(decisions.select_related("enrolment__cohort").order_by("-id")),
        list(person.languages.select_related("language").order_by("language", "-tested_on", "id")),
        list(person.skills.select_related("skill").order_by("-evidence", "skill__title", "id")),
    )


def journeys():
    """Return journeys with person, cohort and centre in one query."""
    return Journey.objects.select_related(
        "person",
        "centre",
        "enrolment",
        "enrolment__cohort",
        "enrolment__cohort__course",
        "enrolment__cohort__partnership",
    )


def follow_ups():
    """Return follow-ups with person and journey, those no longer due left out."""
    rows = FollowUp.objects.exclude(status=FollowUp.State.DROPPED)
    return rows.select_related("person", "centre", "journey", "journey__enrolment__cohort")


def notices():
    """Return what waits, with cohort and person."""
    return Notice.objects.open().select_related("person", "cohort", "centre")
