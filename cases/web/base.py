"""Forms about one person: found by the address, shown by reference, back to a tab of the case."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.web.forms import FormPage
from partnerships.roles import Permission
from trainees.models import Person
from trainees.web.panels import Tab


def case_url(desk, person, tab=Tab.OVERVIEW) -> str:
    """Return the address of a tab of the person's page."""
    page = desk.url("trainee", uid=person.uid)
    return page if tab == Tab.OVERVIEW else f"{page}?tab={tab}"


class OfPerson(FormPage, abstract=True):
    """A form about one person; a form shows no name."""

    permission = write_permission = Permission.EDIT_CASES
    tab = Tab.OVERVIEW

    def find(self, uid):
        """Find the person."""
        rows = Person.objects.select_related("centre")
        self.person = get_object_or_404(rows, uid=uid)

    def crumbs(self):
        """Return the list and the case, by reference."""
        return [
            {"label": _("Trainees"), "url": self.desk.url("trainees")},
            {"label": self.person.reference, "url": case_url(self.desk, self.person, self.tab)},
        ]

    def act(self, facts):
        """Run the action and go back to the tab."""
        self.run(facts, by=self.desk.member, at=timezone.now())
        return case_url(self.desk, self.person, self.tab)

    def run(self, facts, *, by, at):
        """Run the action with the form's values."""
        raise NotImplementedError


class OfRow(OfPerson, abstract=True):
    """A form about a row of a person's case; ``rows`` is the queryset to find it in."""

    @staticmethod
    def rows():
        """Return the rows it may be about, with their person."""
        raise NotImplementedError

    def find(self, uid):
        """Find the row and its person."""
        self.row = get_object_or_404(self.rows(), uid=uid)
        self.person = self.person_of(self.row)

    def person_of(self, row) -> Person:
        """Return whose row it is."""
        return row.person
