"""Pages of cohorts: list, new, change. The page of one stands with its trainees."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskList
from partnerships.roles import Permission
from training import queries
from training.actions import cohorts as actions
from training.models import Cohort, Course
from training.web.filters import CohortFilter
from training.web.forms import CohortForm, NewCohortForm


class CohortList(DeskList):
    """The cohorts of the centre, or of all centres for staff."""

    permission = Permission.VIEW_TRAINING
    template_name = "training/cohorts.html"
    filterset_class = CohortFilter

    def get_queryset(self):
        """Return them, the latest start first."""
        return queries.cohorts().order_by("-starts_on", "-id")

    def get_context_data(self, **kwargs):
        """Add whether a new one may be planned."""
        return super().get_context_data(**kwargs) | {"may_edit": self.may(Permission.EDIT_TRAINING)}


class CohortNew(FormPage):
    """Plan a cohort."""

    permission = write_permission = Permission.EDIT_TRAINING
    title = gettext_lazy("Plan a cohort")
    submit = gettext_lazy("Plan cohort")
    done = gettext_lazy("The cohort is planned. Now upload its trainees.")

    def make_form(self, data=None):
        """Return the form; the course named in the address is chosen already."""
        course = Course.objects.filter(code=self.request.GET.get("course", "")).first()
        return NewCohortForm(data, initial={"course": course} if course else {})

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Cohorts"), "url": self.desk.url("cohorts")}]

    def act(self, facts):
        """Plan it."""
        course = facts.pop("course")
        made = actions.plan(course, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("cohort", uid=made.uid)


class CohortEdit(CohortNew):
    """Change a cohort."""

    title = gettext_lazy("Change the cohort")
    submit = gettext_lazy("Save")
    done = gettext_lazy("The cohort is changed.")

    def find(self, uid):
        """Find it."""
        self.cohort = get_object_or_404(Cohort, uid=uid)

    def make_form(self, data=None):
        """Bind the form to it."""
        return CohortForm(data, instance=self.cohort)

    def crumbs(self):
        """Return the list and the cohort."""
        page = self.desk.url("cohort", uid=self.cohort.uid)
        return [*super().crumbs(), {"label": self.cohort.code, "url": page}]

    def act(self, facts):
        """Change it."""
        actions.edit(self.cohort, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()
