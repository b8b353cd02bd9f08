"""Pages of trainees: list, and the case of one."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.audit.models import note_looks
from gsp.web.views import DeskList, DeskPage
from partnerships.roles import Permission
from trainees import queries
from trainees.models import Person
from trainees.records import records_of
from trainees.web.filters import TraineeFilter
from trainees.web.panels import ICONS, Tab, open_tabs, rendered


class TraineeList(DeskList):
    """The trainees of the centre, or of all centres for staff: one line for each enrolment."""

    permission = Permission.VIEW_TRAINEES
    template_name = "trainees/trainees.html"
    filterset_class = TraineeFilter

    def get_queryset(self):
        """Return them, the newest first."""
        return queries.enrolments().order_by("-id")

    def get_context_data(self, **kwargs):
        """Note whose names the page shows."""
        context = super().get_context_data(**kwargs)
        note_looks([row.person for row in context["object_list"]], at=timezone.now())
        return context


class TraineePage(DeskPage):
    """One person's case, tab by tab; every look is noted."""

    permission = Permission.VIEW_TRAINEES
    template_name = "trainees/trainee.html"

    def get_context_data(self, uid, **kwargs):
        """Read the person and let every app render its parts of the open tab."""
        rows = Person.objects.select_related("country", "centre", "merged_into")
        person = get_object_or_404(rows, uid=uid)
        self.records = records_of(person)
        note_looks(self.records, at=timezone.now())
        self.revealed = self._reveals()
        found = queries.enrolments().filter(person__in=self.records)
        self.enrolments = list(found.order_by("-enrolled_on", "-id"))
        tabs = open_tabs(self)
        self.tab = self.request.GET.get("tab", "")
        self.tab = self.tab if self.tab in tabs else Tab.OVERVIEW
        return super().get_context_data(**kwargs) | {
            "person": person,
            "records": self.records,
            "tab": self.tab,
            "tabs": [self._tab(person, tab) for tab in tabs],
            "head": rendered(person, self, tab=Tab.HEAD),
            "panels": rendered(person, self, tab=self.tab),
            "panels_aside": rendered(person, self, tab=self.tab, aside=True),
            "crumbs": [{"label": _("Trainees"), "url": self.desk.url("trainees")}],
        }

    def _reveals(self) -> bool:
        """Tell whether hidden fields are asked for and may be seen; that is a look of its own."""
        asked = self.request.GET.get("reveal") == "identity"
        asked = asked and self.may(Permission.VIEW_DOCUMENTS)
        if asked:
            note_looks(self.records, at=timezone.now())
        return asked

    def _tab(self, person, tab) -> dict:
        page = self.desk.url("trainee", uid=person.uid)
        url = page if tab == Tab.OVERVIEW else f"{page}?tab={tab}"
        return {"label": tab.label, "url": url, "icon": ICONS[tab], "current": tab == self.tab}
