"""What is done with one enrolment: moved, certified, its track decided or corrected."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.formats import day
from gsp.web.forms import FormPage
from gsp.web.views import DeskView
from partnerships.roles import Permission
from trainees import queries
from trainees.actions import enrolments as actions
from trainees.actions import tracks
from trainees.states import EnrolmentState
from trainees.web.forms import CertificateForm, TrackForm
from training.queries import seats_held


class OfEnrolment(FormPage, abstract=True):
    """A form about one enrolment."""

    template_name = "trainees/enrolment_form.html"

    def find(self, uid):
        """Find the enrolment."""
        self.enrolment = get_object_or_404(queries.enrolments(), uid=uid)

    def crumbs(self):
        """Return the list and the trainee, by reference: a form shows no name."""
        person = self.enrolment.person
        page = self.desk.url("trainee", uid=person.uid)
        return [
            {"label": _("Trainees"), "url": self.desk.url("trainees")},
            {"label": person.reference, "url": page},
        ]

    def get_context_data(self, **kwargs):
        """Add the enrolment and the free seats of its cohort."""
        return super().get_context_data(**kwargs) | {"enrolment": self.enrolment}


class TrackDecide(OfEnrolment):
    """Decide for home or away."""

    permission = write_permission = Permission.DECIDE_TRACK
    form_class = TrackForm
    title = gettext_lazy("Decide the track")
    submit = gettext_lazy("Record decision")
    done = gettext_lazy("The decision is recorded.")

    @property
    def subtitle(self):
        """Return when the cohort's window is open."""
        cohort = self.enrolment.cohort
        return _("Cohort %(code)s chooses between %(opens)s and %(closes)s.") % {
            "code": cohort.code,
            "opens": day(cohort.decision_opens_on),
            "closes": day(cohort.decision_closes_on),
        }

    def initial(self):
        """Start with today."""
        return {"on": timezone.localdate()}

    def get_context_data(self, **kwargs):
        """Add what is open to this person before the decision, and why the rest is not."""
        options = tracks.open_tracks(self.enrolment, on=timezone.localdate())
        context = super().get_context_data(**kwargs)
        return context | {"held": seats_held(self.enrolment.cohort), "options": options}

    def act(self, facts):
        """Record it."""
        tracks.decide(self.enrolment, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class Certify(OfEnrolment):
    """Certify the trainee."""

    permission = write_permission = Permission.UPLOAD_TRAINEES
    form_class = CertificateForm
    title = gettext_lazy("Certify")
    subtitle = gettext_lazy("The skills of the course are then evidenced at the level it teaches.")
    submit = gettext_lazy("Certify")
    done = gettext_lazy("The trainee is certified.")

    def initial(self):
        """Start with today."""
        return {"certified_on": timezone.localdate()}

    def act(self, facts):
        """Certify."""
        on = facts["certified_on"]
        actions.certify(self.enrolment, on=on, by=self.desk.member, at=timezone.now())
        return self.cancel()


class EnrolmentMove(DeskView):
    """Move an enrolment along its lifecycle."""

    permission = write_permission = Permission.UPLOAD_TRAINEES
    http_method_names = ["post"]

    def post(self, request, uid):
        """Move it to the posted ``target``."""
        enrolment = get_object_or_404(queries.enrolments(), uid=uid)
        target = request.POST.get("target", "")
        label = dict(EnrolmentState.choices).get(target, target)
        return self.attempt(
            lambda: actions.move(enrolment, target, by=self.desk.member, at=timezone.now()),
            done=_("The trainee is now “%(state)s”.") % {"state": label},
            back=self.desk.url("trainee", uid=enrolment.person.uid),
        )


class TrackUndo(DeskView):
    """Correct the latest decision by a further one."""

    permission = write_permission = Permission.DECIDE_TRACK
    http_method_names = ["post"]

    def post(self, request, uid):
        """Return to the track before."""
        enrolment = get_object_or_404(queries.enrolments(), uid=uid)
        return self.attempt(
            lambda: tracks.undo(enrolment, by=self.desk.member, at=timezone.now()),
            done=_("The decision is corrected; both stay on record."),
            back=self.desk.url("trainee", uid=enrolment.person.uid),
        )
