"""Lists of applications: a row is a new application, or says more of one not yet decided."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Country
from gsp.uploads.batch import NEW, UNCHANGED, Change, Verdict, updated, wrong
from gsp.uploads.purpose import Purpose, Target, register
from gsp.uploads.rows import RowError
from gsp.uploads.template import Column, workbook
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from selection import rules
from selection.actions import eligibility
from selection.actions.applications import Applicant, enter_all
from selection.actions.calls import locked
from selection.models import Application, Call
from selection.rows import ApplicationRow
from selection.states import IN_SELECTION
from trainees.models import Person
from trainees.states import Track

OF_PERSON = (
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "country",
    "region",
    "document_number",
    "email",
    "phone",
)
OWN = ("track", "education", "employment", "experience", "languages")


def call_named(name: str) -> Call:
    """Return the call of a uid or public address.

    Raises:
        Refused: there is none here.

    """
    rows = Call.objects.select_related("centre")
    try:
        found = rows.filter(uid=UUID(name)).first()
    except ValueError:
        found = rows.filter(code=name).first()
    if found is None:
        raise Refused(
            _("There is no call “%(name)s” here.") % {"name": name},
            field="subject",
            code="unknown_call",
        )
    return found


@dataclass
class Context:
    """The call, the codes in force, and the references met so far with their rows."""

    call: Call
    today: date
    countries: frozenset[str]
    seen: dict[str, int] = field(default_factory=dict)
    known: dict[str, Application] = field(default_factory=dict)


@register
class ApplicationList(Purpose):
    """A row an applicant, found again by the centre's reference."""

    kind, label, row = "applications", gettext_lazy("Applications"), ApplicationRow
    permission, view_permission = Permission.MANAGE_SELECTION, Permission.VIEW_TRAINEES

    def find(self, name, organisation):
        """Return the call of a uid or address."""
        return call_named(name)

    def target(self, thing, *, by):
        """Return the centre; the call must still take applications on paper."""
        may_act_for(thing.centre_id, self.permission, by)
        _takes(thing)
        return Target(thing.centre, thing.uid, thing.title())

    def begin(self, upload, *, at):
        """Lock the call and read the codes."""
        call = locked(Call.objects.select_related("centre").get(uid=upload.subject))
        _takes(call)
        return Context(call, at.date(), frozenset(Country.objects.values_list("pk", flat=True)))

    def compare(self, context, batch):
        """Compare each row with the application of its reference."""
        rows = Application.objects.filter(call=context.call).select_related("person")
        found = rows.filter(reference__in=batch.texts("reference"))
        context.known = {one.reference: one for one in found}
        return [self._verdict(context, number, row) for number, row in batch.numbered()]

    def _verdict(self, context, number: int, row) -> Verdict:
        first = context.seen.setdefault(row.reference, number)
        if first != number:
            message = _("This reference stands in row %(row)s already.") % {"row": first}
            remedy = _("Give every applicant one row and a reference of their own.")
            return wrong(RowError(number, "reference", row.reference, message, remedy))
        if context.call.is_split and row.track == Track.UNDECIDED:
            message = _("The call has places for home and away; the row says neither.")
            return wrong(RowError(number, "track", "", message, _("Write home or away.")))
        known = context.known.get(row.reference)
        if known is None:
            return NEW
        changes = _changes(known, row)
        if changes and known.state not in IN_SELECTION:
            message = _("This application is decided and does not change any more.")
            remedy = _("Leave the row out, or take the decision back.")
            return wrong(RowError(number, "reference", row.reference, message, remedy))
        return updated(*changes) if changes else UNCHANGED

    def write(self, context, batch, *, by, at):
        """Enter the new ones, change the others, and judge all of them."""
        new = [row for row in batch.rows if row.reference not in context.known]
        changed = [row for row in batch.rows if row.reference in context.known]
        source = Application.Source.LIST
        enter_all(context.call, [_applicant(row) for row in new], by=by, at=at, source=source)
        if changed:
            _change(context, changed)
            ids = [context.known[row.reference].pk for row in changed]
            eligibility.evaluate(context.call, by=by, at=at, only=ids)

    def template(self, thing):
        """Return an empty workbook with every column."""
        columns = [
            Column(name, "", one.is_required()) for name, one in ApplicationRow.model_fields.items()
        ]
        return workbook(columns, title=_("Applications"))

    def address(self, upload):
        """Return the page where such a list is sent again."""
        return "application-list", {"uid": upload.subject}

    def seen(self, batches):
        """Return the applicants a page of the preview names."""
        references = {one for batch in batches for one in batch.texts("reference")}
        return list(Person.objects.filter(applications__reference__in=references).distinct())


def _takes(call) -> None:
    rules.may_change(call)
    if call.state == "draft":
        raise Refused(_("Open the call first."), field="state", code="call_not_open")


def _said(row) -> dict:
    """Return what the row fills in, as the tables keep it."""
    said = row.given()
    if "languages" in said:
        said["languages"] = dict(said["languages"])
    if "birth_date" in said:
        said["birth_date"] = said["birth_date"].isoformat()
    return said


def _changes(known: Application, row) -> list[Change]:
    found = []
    for name, new in _said(row).items():
        if name == "reference":
            continue
        holder = known.person if name in OF_PERSON else known
        old = getattr(holder, "country_id" if name == "country" else name)
        if old != new:
            found.append(Change(name, _text(old), _text(new)))
    return found


def _text(value) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{code}:{level}" for code, level in sorted(value.items()))
    return "" if value is None else str(value)


def _change(context, rows) -> None:
    applications = []
    for row in rows:
        one = context.known[row.reference]
        for name, value in _said(row).items():
            if name in OF_PERSON:
                setattr(one.person, "country_id" if name == "country" else name, value)
            elif name in OWN:
                setattr(one, name, value)
        if one.person.birth_date:
            one.person.birth_year = int(one.person.birth_date[:4])
        applications.append(one)
    persons = [one.person for one in applications]
    names = [name for name in OF_PERSON if name != "country"]
    Person.objects.bulk_update(persons, [*names, "country", "birth_year"], batch_size=1000)
    Application.objects.bulk_update(applications, list(OWN), batch_size=1000)


def _applicant(row) -> Applicant:
    said = row.given()
    return Applicant(**said | {"languages": dict(said.get("languages", ()))})
