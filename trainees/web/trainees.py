"""Pages of trainees: list, and the case of one."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.audit.models import note_looks
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission
from trainees import queries
from trainees.actions.consent import set_consent
from trainees.models import Person
from trainees.rules import OVER
from trainees.states import EnrolmentState, Track
from trainees.web.filters import TraineeFilter
from trainees.web.panels import rendered


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
    """One person's case; every look is noted."""

    permission = Permission.VIEW_TRAINEES
    template_name = "trainees/trainee.html"

    def get_context_data(self, uid, **kwargs):
        """Add the case, and what this member may do with each enrolment."""
        rows = Person.objects.select_related("country", "centre")
        person = get_object_or_404(rows, uid=uid)
        note_looks([person], at=timezone.now())
        case = queries.case_of(person)
        return super().get_context_data(**kwargs) | {
            "case": case,
            "person": person,
            "enrolments": [self._with_buttons(one) for one in case.enrolments],
            "today": timezone.localdate(),
            "may_change": self.may(Permission.UPLOAD_TRAINEES),
            "panels": rendered(person, self, aside=False),
            "panels_aside": rendered(person, self, aside=True),
            "crumbs": [{"label": _("Trainees"), "url": self.desk.url("trainees")}],
        }

    def _with_buttons(self, enrolment):
        moves = [
            move.target
            for move in enrolment.lifecycle.open_to(enrolment, self.desk.member)
            if move.target != EnrolmentState.PLACED
        ]
        decides = self.may(Permission.DECIDE_TRACK) and enrolment.state not in OVER
        return {
            "row": enrolment,
            "certifies": EnrolmentState.CERTIFIED in moves,
            "moves": [
                {"target": target, "label": EnrolmentState(target).label}
                for target in moves
                if target != EnrolmentState.CERTIFIED
            ],
            "decides": decides,
            "undoes": decides and enrolment.track != Track.UNDECIDED,
        }


class Consent(DeskView):
    """The person agrees to be proposed to employers, or no longer does."""

    permission = write_permission = Permission.UPLOAD_TRAINEES
    http_method_names = ["post"]

    def post(self, request, uid):
        """Withdraw unless ``agrees`` is posted."""
        person = get_object_or_404(Person, uid=uid)
        agrees = bool(request.POST.get("agrees"))
        done = _("The consent is recorded.") if agrees else _("The consent is withdrawn.")
        return self.attempt(
            lambda: set_consent(person, agrees, by=self.desk.member, at=timezone.now()),
            done=done,
            back=self.desk.url("trainee", uid=uid),
        )
