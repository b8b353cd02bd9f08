"""Pages of notes and contacts."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import contacts, notes, plans
from cases.models import ContactChannel, Note
from cases.web.base import OfPerson, OfRow, case_url
from cases.web.forms import AttemptForm, ChannelForm, DepartureForm, NoteForm, TrustForm
from gsp.web.views import DeskView
from partnerships.roles import Permission
from trainees.models import Person
from trainees.web.panels import Tab


class NoteNew(OfPerson):
    """Write a note."""

    permission = write_permission = Permission.WRITE_NOTES
    tab = Tab.NOTES
    form_class = NoteForm
    title = gettext_lazy("Write a note")
    submit = gettext_lazy("Write")
    done = gettext_lazy("The note is written.")

    def run(self, facts, *, by, at):
        """Write it."""
        notes.write(self.person, facts.pop("text"), by=by, at=at, **facts)


class NoteReplace(OfRow):
    """Put one's own note right by a later one."""

    permission = write_permission = Permission.WRITE_NOTES
    tab = Tab.NOTES
    form_class = NoteForm
    title = gettext_lazy("Put a note right")
    subtitle = gettext_lazy("The earlier note stays, struck through.")
    submit = gettext_lazy("Write")
    done = gettext_lazy("The later note takes its place.")

    @staticmethod
    def rows():
        """Return notes with their person."""
        return Note.objects.select_related("person")

    def find(self, uid):
        """Find one of the member's own notes."""
        self.row = get_object_or_404(self.rows().filter(author=self.desk.member), uid=uid)
        self.person = self.row.person

    def initial(self):
        """Return the earlier note."""
        both = self.row.agency_reads and self.row.reader_id is not None
        return {
            "text": self.row.text,
            "readers": "both" if both else "mine",
            "is_confidential": self.row.is_confidential,
        }

    def run(self, facts, *, by, at):
        """Write the later one."""
        notes.write(self.person, facts.pop("text"), by=by, at=at, replaces=self.row, **facts)


class AttemptNew(OfPerson):
    """Note an attempt to reach the person."""

    form_class = AttemptForm
    title = gettext_lazy("Note an attempt")
    submit = gettext_lazy("Note it")
    done = gettext_lazy("The attempt is noted.")

    def run(self, facts, *, by, at):
        """Note it."""
        contacts.attempt(self.person, by=by, at=at, **facts)


class ChannelNew(OfPerson):
    """Add a way to reach the person."""

    form_class = ChannelForm
    title = gettext_lazy("Another way to reach the person")
    submit = gettext_lazy("Add")
    done = gettext_lazy("The channel is added.")

    def run(self, facts, *, by, at):
        """Add it."""
        contacts.add_channel(self.person, by=by, at=at, **facts)


class TrustEdit(OfPerson):
    """Name the trusted contact."""

    form_class = TrustForm
    title = gettext_lazy("Trusted contact")
    subtitle = gettext_lazy("Asked only when the person cannot be reached, and with consent.")
    submit = gettext_lazy("Save")
    done = gettext_lazy("The trusted contact is noted.")

    def run(self, facts, *, by, at):
        """Note whom."""
        contacts.trust(self.person, by=by, at=at, **facts)


class DepartureEdit(OfPerson):
    """Plan the departure."""

    form_class = DepartureForm
    title = gettext_lazy("Planned departure")
    submit = gettext_lazy("Save")
    done = gettext_lazy("The plan is saved; clocks count from it.")

    def run(self, facts, *, by, at):
        """Plan it."""
        plans.plan_departure(self.person, facts["on"], by=by, at=at)


class ChannelConfirm(DeskView):
    """A channel works, does not, or is preferred; ``channel`` is its id or "phone", "email"."""

    permission = write_permission = Permission.EDIT_CASES
    http_method_names = ["post"]

    def post(self, request, uid):
        """Note it."""
        person = get_object_or_404(Person, uid=uid)
        which = self._which(person, request.POST.get("channel", ""))
        said, now = request.POST.get("said", ""), timezone.now()
        who = {"by": self.desk.member, "at": now}

        def run():
            if said == "preferred":
                contacts.prefer(person, **which, **who)
            else:
                contacts.confirm(person, **which, works=said == "works", **who)

        return self.attempt(run, done=_("Noted."), back=case_url(self.desk, person))

    def _which(self, person, name: str) -> dict:
        if name in contacts.ON_PERSON:
            return {"kind": name}
        rows = ContactChannel.objects.filter(person=person, on_person=False)
        found = next((row for row in rows if str(row.uid) == name), None)
        return {"channel": found} if found else {"kind": name}
