"""Forms of leaving a cohort for a time or for good, coming back, and moving to another one."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from partnerships.roles import Permission
from trainees.actions import enrolments as actions
from trainees.actions import tracks, transfers
from trainees.rules import LISTS_OPEN
from trainees.states import EnrolmentState
from trainees.web.enrolments import OfEnrolment
from trainees.web.lifecycle_forms import CounselForm, LeaveForm, ReturnForm, TransferForm
from training.models import Cohort

TITLES = {
    EnrolmentState.DEFERRED: gettext_lazy("Defer"),
    EnrolmentState.UNREACHABLE: gettext_lazy("Mark as unreachable"),
    EnrolmentState.WITHDRAWN: gettext_lazy("Withdraw"),
    EnrolmentState.DISMISSED: gettext_lazy("Dismiss"),
}


class Leave(OfEnrolment):
    """Defer, withdraw, dismiss or mark as unreachable, with the reason."""

    permission = write_permission = Permission.UPLOAD_TRAINEES
    submit = gettext_lazy("Record")
    done = gettext_lazy("It is recorded. The enrolment stays and can be taken up again.")

    def find(self, uid):
        """Find the enrolment, and which way out is meant.

        Raises:
            Http404: the address names no way out.

        """
        super().find(uid)
        self.target = self.request.GET.get("target", "")
        if self.target not in TITLES:
            raise Http404

    @property
    def title(self):
        """Return what is about to be recorded."""
        return TITLES[self.target]

    def make_form(self, data=None):
        """Ask for the planned return only where somebody is deferred."""
        return LeaveForm(data, asks_return=self.target == EnrolmentState.DEFERRED)

    def act(self, facts):
        """Record it."""
        by, at = self.desk.member, timezone.now()
        actions.move(self.enrolment, self.target, **facts, by=by, at=at)
        return self.cancel()


class Return(OfEnrolment):
    """Take somebody back into the cohort."""

    permission = write_permission = Permission.UPLOAD_TRAINEES
    form_class = ReturnForm
    title = gettext_lazy("Take back into the cohort")
    submit = gettext_lazy("Take back")
    done = gettext_lazy("The trainee is back.")

    def act(self, facts):
        """Take back."""
        actions.re_enter(self.enrolment, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class Transfer(OfEnrolment):
    """Move somebody into another cohort of the partnership."""

    permission = write_permission = Permission.UPLOAD_TRAINEES
    title = gettext_lazy("Transfer to another cohort")
    subtitle = gettext_lazy("The old enrolment ends and stays readable; the new one names it.")
    submit = gettext_lazy("Transfer")
    done = gettext_lazy("The trainee is in the other cohort now.")

    def make_form(self, data=None):
        """Offer the cohorts that still take people; other centres' only to the agency."""
        here = self.enrolment.cohort
        rows = Cohort.objects.filter(partnership=here.partnership_id, state__in=LISTS_OPEN)
        rows = rows.exclude(pk=here.pk).select_related("centre").order_by("starts_on", "id")
        return TransferForm(data, cohorts=rows)

    def act(self, facts):
        """Transfer, and go to the record that continues."""
        made = transfers.transfer(self.enrolment, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("trainee", uid=made.person.uid)


class Counsel(OfEnrolment):
    """Record a talk about home and away."""

    permission = write_permission = Permission.DECIDE_TRACK
    form_class = CounselForm
    title = gettext_lazy("Record a counselling")
    submit = gettext_lazy("Record")
    done = gettext_lazy("The counselling is recorded; the next decision rests on it.")

    def initial(self):
        """Start with today and the member."""
        return {"held_on": timezone.localdate(), "adviser": self.desk.member.user.name}

    def act(self, facts):
        """Record it."""
        tracks.counsel(self.enrolment, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("track-decide", uid=self.enrolment.uid)
