"""Applications: entered one by one or as a list, and withdrawn."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gsp import workflow
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import is_valid, may_act_for
from selection import rules
from selection.actions import doubles, eligibility
from selection.actions.calls import locked
from selection.models import Application
from selection.states import ApplicationState, CallState
from trainees.actions import consent
from trainees.actions.story import tell, tell_all
from trainees.duplicates.sweep import compare
from trainees.models import CaseEvent, Person
from trainees.models.consent import Consent

Source = Application.Source
APPLIED = gettext_noop("Applied: %(call)s")
COMPARED = 10_000  # persons in one background comparison
WITHDRAWN = gettext_noop("Application withdrawn: %(call)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What somebody says who applies. ``reference`` is the centre's own, drawn where empty."""

    given_name: str
    family_name: str
    birth_date: date
    country: str
    sex: str = Person.Sex.UNKNOWN
    region: str = ""
    document_number: str = ""
    email: str = ""
    phone: str = ""
    reference: str = ""
    track: str = "undecided"
    education: int | None = None
    employment: str = ""
    experience: int | None = None
    languages: dict = field(default_factory=dict)
    disability: bool | None = None
    answers: dict = field(default_factory=dict)


PERSONAL = ("given_name", "family_name", "document_number", "email", "phone", "sex", "region")
OWN = ("track", "education", "employment", "experience", "languages", "disability")


@transaction.atomic
def enter(call, applicant: Applicant, *, by, at, source=Source.DESK) -> Application:
    """Enter one application at a desk and return it, already judged by the rules.

    Raises:
        Refused: the call takes none, a field is wrong, or the person has applied already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(call.centre_id, Permission.MANAGE_SELECTION, by)
    call = locked(call)
    rules.takes_applications(call, at=at, from_public=source == Source.FORM)
    rules.track_is_said(call, applicant.track)
    person = _person_of(call, applicant, "0")
    is_valid(person)
    (made,) = enter_all(call, [applicant], by=by, at=at, source=source)
    return made


@transaction.atomic
def submit(call, applicant: Applicant, *, code_sha256, purposes, agreed, language, by, at):
    """Take an application from the public form and return it.

    ``purposes`` are what the applicant agrees to beyond the selection itself; ``agreed`` the
    texts shown, as ``[{"text", "version", "language"}]``.

    Raises:
        Refused: the call takes none now, or a field is wrong.

    """
    made = enter(call, applicant, by=by, at=at, source=Source.FORM)
    made.code_sha256, made.agreed = code_sha256, agreed
    made.save(update_fields=["code_sha256", "agreed"])
    for purpose in purposes:
        through = Consent.Through.FORM
        consent.give(made.person, purpose, by=by, at=at, through=through, language=language)
    return made


def enter_all(call, applicants: Iterable[Applicant], *, by, at, source) -> list[Application]:
    """Enter many, already authorised, in a constant number of statements; return them in order.

    The call must be locked. Somebody whom the centre knows by the reference is not made again.
    """
    applicants = list(applicants)
    known = _known(call, applicants)
    last = call.applications.count()
    persons, new = [], []
    for number, applicant in enumerate(applicants, start=last + 1):
        person = known.get(applicant.reference)
        if person is None:
            person = _person_of(call, applicant, f"{call.code}-{number:05}")
            new.append(person)
        persons.append(person)
    Person.objects.bulk_create(new, batch_size=1000)
    made = Application.objects.bulk_create(
        [
            _application(call, applicant, person, source=source, at=at)
            for applicant, person in zip(applicants, persons, strict=True)
        ],
        batch_size=1000,
    )
    doubles.mark(call, made)
    for start in range(0, len(new), COMPARED):
        some = new[start : start + COMPARED]
        compare.after_commit(persons=[person.pk for person in some])
    eligibility.evaluate(call, by=by, at=at, only=[one.pk for one in made])
    text = _(APPLIED) % {"call": call.code}
    told = [(one.person, text, one) for one in made]
    tell_all(told, CaseEvent.Kind.SELECTION, by=by, at=at)
    return _fresh(made)


def _known(call, applicants) -> dict[str, Person]:
    references = {one.reference for one in applicants} - {""}
    rows = Person.objects.filter(centre=call.centre_id, reference__in=references)
    return {person.reference: person for person in rows}


def _fresh(made: list[Application]) -> list[Application]:
    found = Application.objects.select_related("call", "person").in_bulk([one.pk for one in made])
    return [found[one.pk] for one in made]


def _person_of(call, applicant: Applicant, reference: str) -> Person:
    return Person(
        centre_id=call.centre_id,
        reference=applicant.reference or reference,
        birth_date=applicant.birth_date.isoformat(),
        birth_year=applicant.birth_date.year,
        country_id=applicant.country,
        is_demonstration=call.is_demonstration,
        **{name: getattr(applicant, name) for name in PERSONAL},
    )


def _application(call, applicant: Applicant, person: Person, *, source, at) -> Application:
    said = asdict(applicant)
    return Application(
        call=call,
        person=person,
        centre_id=call.centre_id,
        reference=person.reference,
        source=source,
        submitted_at=at,
        answers=json.dumps(said["answers"], ensure_ascii=False) if said["answers"] else "",
        **{name: said[name] for name in OWN},
    )


@transaction.atomic
def withdraw(application, *, by, at) -> Application:
    """Withdraw an application; an offered place goes to the next on the waiting list.

    Raises:
        Refused: it is settled already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    from selection.actions import places

    may_act_for(application.centre_id, Permission.MANAGE_SELECTION, by)
    call = locked(application.call)
    application = Application.objects.select_related("person").get(pk=application.pk)
    held = application.state in (ApplicationState.PLACE_OFFERED, ApplicationState.SHORTLISTED)
    if call.state == CallState.DECIDED and call.offers_sent_at is None:
        raise Refused(
            _("The decision is about to be sent. Send it or take it back first."),
            field="state",
            code="decision_unsent",
        )
    application = workflow.move(application, ApplicationState.WITHDRAWN, by=by, at=at)
    text = _(WITHDRAWN) % {"call": call.code}
    tell(application.person, CaseEvent.Kind.SELECTION, by=by, at=at, text=text, about=application)
    if held:
        places.give_back(application, answer="withdrawn", by=by, at=at)
    return application
