"""Fills cases: what is asked for, papers, recognition, tasks, notes and contacts."""

import io
from datetime import timedelta
from random import Random

from pypdf import PdfWriter

from cases.actions import contacts, documents, notes, plans, recognition, tasks, warnings
from cases.actions.requirements import require
from cases.models import DocumentRequirement
from catalogue.models import Occupation
from demonstration.site import Site
from partnerships.models import Membership
from partnerships.roles import System
from trainees.models import Enrolment, TrackDecision
from trainees.rules import OVER
from trainees.states import Track

BY = System("Demonstration")
SHOWN = 8  # people of each centre whose case is filled
ASKED = (
    ("passport", "in_training", "any", 6, "Every page that is written on."),
    ("diploma", "certified", "any", None, ""),
    ("language_certificate", "matched", "away", 0, "All four skills."),
    ("police_record", "permit", "away", None, "Not older than three months."),
    ("medical", "permit", "away", 0, ""),
    ("contract", "permit", "away", None, "Signed by both sides."),
    ("visa", "departure", "away", 0, ""),
)
# Days from today until a passport ends, one after another: from soon over to long valid.
PASSPORTS = (25, 55, 85, 200, 900, 1500, 2400, 3000)


def build_cases(site: Site) -> None:
    """Fill some cases of the site's partnership; one that is filled already stays as it is."""
    if DocumentRequirement.objects.filter(partnership=site.partnership).exists():
        return
    random = Random(f"{site.programme.agency[0]} cases")  # noqa: S311 - to repeat it
    for kind, stage, track, months, note in ASKED:
        require(
            site.partnership,
            kind,
            stage=stage,
            track=track,
            months_valid=months,
            note=note,
            by=BY,
            at=site.at,
        )
    for centre in _centres(site):
        for place, enrolment in enumerate(_some(site, centre)):
            _fill(site, enrolment, place, random)
    _refused(site)
    warnings.warn(site.today, by=BY, at=site.at)


def _centres(site: Site) -> list[int]:
    rows = Enrolment.objects.filter(cohort__partnership=site.partnership)
    return list(rows.order_by("centre").values_list("centre", flat=True).distinct())


def _some(site: Site, centre: int) -> list[Enrolment]:
    rows = Enrolment.objects.filter(cohort__partnership=site.partnership, centre=centre)
    rows = rows.exclude(state__in=OVER).select_related("person", "cohort__course__occupation")
    return list(rows.order_by("track", "id")[:SHOWN])  # those who go away first


def _fill(site: Site, enrolment: Enrolment, place: int, random: Random) -> None:
    person, at = enrolment.person, site.at
    passport = _paper(site, person, "passport", site.day(PASSPORTS[place]), random)
    if place % 3:
        documents.accept(passport, by=BY, at=at)
    if place % 4 == 3:
        diploma = _paper(site, person, "diploma", None, random)
        documents.reject(diploma, because="The second page is missing.", by=BY, at=at)
    contacts.confirm(person, kind="email", works=True, by=BY, at=at)
    if place == 1:
        _hard_to_reach(site, person)
    if place == 2:
        _talked_to(site, person)
    if enrolment.track == Track.AWAY:
        plans.plan_departure(person, site.day(210 + 10 * place), by=BY, at=at)
        _recognised(site, enrolment, place)


def _paper(site: Site, person, kind: str, expires_on, random: Random):
    return documents.receive(
        person,
        kind,
        content=_blank_page(),
        file_name=f"{kind}.pdf",
        number=f"DEMO{random.randint(10_000, 99_999)}",
        issued_on=site.day(-1000),
        expires_on=expires_on,
        by=BY,
        at=site.at,
    )


def _blank_page() -> bytes:
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(210, 297)
    writer.add_metadata({"/Title": "Invented for the demonstration"})
    writer.write(target)
    return target.getvalue()


def _prepared(site: Site, enrolment: Enrolment):
    occupation = enrolment.cohort.course.occupation
    group = Occupation.objects.filter(isco_code=occupation.isco_code, level=4).first()
    return recognition.prepare(
        enrolment.person,
        authority="Chamber of skilled crafts (invented)",
        country=site.partnership.destination,
        occupation=group or occupation,
        qualification=enrolment.cohort.course.title,
        by=BY,
        at=site.at,
    )


def _recognised(site: Site, enrolment: Enrolment, place: int) -> None:
    row = _prepared(site, enrolment)
    if place % 4 == 0:
        return
    row = recognition.file(row, on=site.day(-100), by=BY, at=site.at)
    if place % 4 == 1:
        return  # the answer is overdue: the night asks after it
    if place % 4 == 2:
        recognition.decide(row, "full", on=site.day(-20), by=BY, at=site.at)
        return
    deficits = [("Safety on site", None, 40), ("Technical drawing", None, 80)]
    row = recognition.decide(row, "partial", on=site.day(-20), deficits=deficits, by=BY, at=site.at)
    first = row.deficits.order_by("id").first()
    recognition.close_deficit(
        first, on=site.day(-5), closed_by="Course of two weeks", by=BY, at=site.at
    )


def _refused(site: Site) -> None:
    """Give those whom a refusal led home the case that says so."""
    reason = TrackDecision.Reason.RECOGNITION_REFUSED
    rows = TrackDecision.objects.filter(
        reason=reason, enrolment__cohort__partnership=site.partnership
    ).select_related("enrolment__person", "enrolment__cohort__course__occupation")
    for decision in rows.order_by("id")[:SHOWN]:
        row = _prepared(site, decision.enrolment)
        row = recognition.file(row, on=site.day(-120), by=BY, at=site.at)
        recognition.decide(row, "refused", on=decision.decided_on, by=BY, at=site.at)


def _hard_to_reach(site: Site, person) -> None:
    contacts.trust(
        person,
        name="Invented Sister",
        relation="sister",
        kind="phone",
        value="+383 44 000 000",
        consented_on=site.day(-200),
        by=BY,
        at=site.at,
    )
    contacts.add_channel(person, "whatsapp", "+383 44 000 001", by=BY, at=site.at)
    for number, kind in enumerate(("phone", "whatsapp", "phone")):
        when = site.at - timedelta(days=3 - number)
        contacts.attempt(person, kind, "no_answer", by=BY, at=when)


def _talked_to(site: Site, person) -> None:
    member = Membership.objects.filter(organisation=person.centre_id).order_by("id").first()
    tasks.add(
        "Bring the original of the diploma",
        due_on=site.day(5),
        person=person,
        role="centre_coordinator",
        by=BY,
        at=site.at,
    )
    if member is not None:
        text = "Came with her mother; wants to know who pays for the flight."
        notes.write(person, text, readers="both", by=member, at=site.at)
