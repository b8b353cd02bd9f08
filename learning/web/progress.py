"""How a cohort gets on: who came when, which modules are done, who needs attention."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.audit.models import note_looks
from gsp.web.forms import short_text
from gsp.web.views import DeskView
from learning import queries
from learning.actions import completions
from learning.progress import progress_of
from learning.states import Presence
from learning.web.attendance import ICONS
from learning.web.cohorts import OfCohort, cohort_of
from partnerships.roles import Permission
from training.models import Module

SHOWN = 20


class CohortProgress(OfCohort):
    """A table of trainees by sessions, their rates, and the modules each has done."""

    permission = Permission.VIEW_TRAINEES
    write_permission = Permission.RECORD_ASSESSMENTS
    tab = "cohort-progress"
    template_name = "learning/progress.html"

    def context(self, cohort):
        """Add the table of 20 sessions, the latest ones unless another page is asked for."""
        held = queries.held_sessions(cohort, timezone.now())
        pages = Paginator(held, SHOWN)
        page = pages.get_page(self.request.GET.get("page", pages.num_pages))
        progress = progress_of(cohort, list(page))
        note_looks([line.enrolment.person for line in progress.lines], at=timezone.now())
        return {
            "page_obj": page,
            "progress": progress,
            "marks": {code: (Presence(code).label, ICONS[code]) for code in Presence},
        }


class ModuleFromAttendance(DeskView):
    """Record a module as done for all who came often enough."""

    permission = write_permission = Permission.RECORD_ASSESSMENTS
    http_method_names = ["post"]

    def post(self, request, uid):
        """Record the posted ``module``."""
        cohort = cohort_of(uid)
        named = short_text(request.POST, "module", 36)
        rows = Module.objects.filter(course=cohort.course_id)
        module = next((one for one in rows if str(one.uid) == named), None)
        if module is None:
            raise Http404
        return self.attempt(
            lambda: completions.from_attendance(
                cohort, module, by=self.desk.member, at=timezone.now()
            ),
            done=_("The module is recorded as done for all who came often enough."),
            back=self.desk.url("cohort-progress", uid=uid),
        )
