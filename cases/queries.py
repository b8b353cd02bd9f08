"""Reads for the case page, the task list and the night."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q

from cases.models import (
    CasePlan,
    Document,
    DocumentRequirement,
    RecognitionCase,
    RecognitionDeficit,
    Task,
)
from cases.rules import Clock, Item, checklist, clock, stage_reached
from cases.states import DocumentState
from trainees.models import Enrolment, Journey
from trainees.rules import OVER
from trainees.validity import Validity, register, validities

HOLDS = (DocumentState.RECEIVED, DocumentState.ACCEPTED)


@register
def documents_that_end(persons: list[int] | None, until: date | None):
    """Yield documents with a last day; of several of a kind the one that lasts longest."""
    longer = Document.objects.filter(
        person=OuterRef("person"),
        kind=OuterRef("kind"),
        state__in=HOLDS,
        expires_on__gt=OuterRef("expires_on"),
    )
    rows = Document.objects.filter(~Exists(longer), state__in=HOLDS, expires_on__isnull=False).only(
        "uid", "person_id", "centre_id", "kind", "expires_on"
    )
    if persons is not None:
        rows = rows.filter(person__in=persons)
    if until is not None:
        rows = rows.filter(expires_on__lte=until)
    for row in rows.order_by("expires_on", "id"):
        label = row.get_kind_display()
        yield Validity(row.person_id, row.centre_id, row.kind, row.uid, label, row.expires_on)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the coming weeks ask of one person: when they leave, what must be there, what ends."""

    departs_on: date | None
    checklist: list[Item]
    clocks: list[Clock]

    @property
    def worst(self) -> Clock | None:
        """Return the clock that asks for something first, if any does."""
        pressing = [one for one in self.clocks if one.tone != "good"]
        return min(pressing, key=lambda one: (one.tone != "bad", one.days), default=None)

    @property
    def wanting(self) -> list[Item]:
        """Return what of the list is due and asks for something."""
        return [one for one in self.checklist if one.is_due and one.action]


def outlook(records: list, enrolments: list[Enrolment], *, today: date) -> Outlook:
    """Return the outlook of a person, in a constant number of queries."""
    enrolment = current_enrolment(enrolments)
    journey = Journey.objects.open().filter(person__in=records).order_by("-id").first()
    plan = CasePlan.objects.filter(person__in=records).order_by("-id").first()
    departs_on = (journey and journey.departs_on) or (plan and plan.departs_on)
    partnership = enrolment.cohort.partnership_id if enrolment else None
    asked = list(DocumentRequirement.objects.filter(partnership=partnership))
    documents = list(Document.objects.current().filter(person__in=records))
    ends = validities([record.pk for record in records])
    track = enrolment.track if enrolment else ""
    return Outlook(
        departs_on,
        checklist(
            asked,
            documents,
            track=track,
            reached=stage_reached(enrolment, journey),
            departs_on=departs_on,
            today=today,
        ),
        [clock(one, departs_on=departs_on, requirements=asked, today=today) for one in ends],
    )


def current_enrolment(enrolments: list[Enrolment]) -> Enrolment | None:
    """Return the newest enrolment that is not over, else the newest."""
    going_on = [one for one in enrolments if one.state not in OVER]
    return next(iter(going_on or enrolments), None)


def tasks():
    """Return tasks with whom and what they are about, the first due first."""
    rows = Task.objects.select_related("person", "cohort", "centre", "assignee__user")
    return rows.order_by("due_on", "id")


def waiting_for(member, on: date):
    """Return open tasks for this member or the member's role that are not put off."""
    return tasks().open().awake(on).meant_for(member)


def recognitions():
    """Return recognition cases with their deficits, the newest first."""
    deficits = RecognitionDeficit.objects.select_related("module").order_by("id")
    rows = RecognitionCase.objects.select_related("person", "country", "occupation")
    return rows.prefetch_related(Prefetch("deficits", deficits)).order_by("-id")


def documents():
    """Return documents with their person, the newest first."""
    return Document.objects.select_related("person", "country").order_by("-received_at", "-id")


def departures(persons) -> dict[int, date]:
    """Return the planned departure of each person who has one; the journey's word goes first."""
    plans = CasePlan.objects.filter(person__in=persons, departs_on__isnull=False)
    journeys = Journey.objects.open().filter(person__in=persons, departs_on__isnull=False)
    found = dict(plans.values_list("person", "departs_on"))
    return found | dict(journeys.order_by("id").values_list("person", "departs_on"))


def going_on():
    """Return the ids of persons whose way is not over, each once."""
    rows = Enrolment.objects.exclude(state__in=OVER).filter(
        Q(journeys=None) | Q(journeys__closed_at=None)
    )
    return rows.order_by("person").values_list("person", flat=True).distinct()
