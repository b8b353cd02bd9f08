"""Pages of recognition: prepare, file, decide, make up, appeal, withdraw."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import queries
from cases.actions import recognition as actions
from cases.models import RecognitionCase, RecognitionDeficit
from cases.web.base import OfPerson, OfRow, case_url
from cases.web.forms import CloseDeficitForm, DecisionForm, OnForm, RecognitionForm
from gsp.web.views import DeskView
from partnerships.roles import Permission
from trainees.web.panels import Tab
from training.models import Module


class RecognitionNew(OfPerson):
    """Open a recognition case."""

    tab = Tab.JOURNEY
    form_class = RecognitionForm
    title = gettext_lazy("Prepare recognition of a qualification")
    submit = gettext_lazy("Prepare")
    done = gettext_lazy("The recognition is in preparation.")

    def run(self, facts, *, by, at):
        """Prepare it."""
        actions.prepare(self.person, by=by, at=at, **facts)


class OfRecognition(OfRow, abstract=True):
    """A form about one recognition case."""

    tab = Tab.JOURNEY
    rows = staticmethod(queries.recognitions)

    def initial(self):
        """Return today."""
        return {"on": timezone.localdate()}


class RecognitionFile(OfRecognition):
    """The papers went to the authority."""

    form_class = OnForm
    title = gettext_lazy("Filed with the authority")
    submit = gettext_lazy("Note it")
    done = gettext_lazy("The filing is noted; the answer's day is watched.")

    def run(self, facts, *, by, at):
        """File it."""
        actions.file(self.row, on=facts["on"], by=by, at=at)


class RecognitionDecide(OfRecognition):
    """The authority decided."""

    form_class = DecisionForm
    title = gettext_lazy("The authority's decision")
    subtitle = gettext_lazy("A refusal ends the way abroad and opens the search for work at home.")
    submit = gettext_lazy("Note the decision")
    done = gettext_lazy("The decision is noted.")

    def run(self, facts, *, by, at):
        """Decide it."""
        actions.decide(self.row, facts.pop("outcome"), by=by, at=at, **facts)


class RecognitionAppeal(OfRecognition):
    """An appeal was made."""

    form_class = OnForm
    title = gettext_lazy("Appeal against the refusal")
    submit = gettext_lazy("Note the appeal")
    done = gettext_lazy("The appeal is noted.")

    def run(self, facts, *, by, at):
        """Appeal."""
        actions.appeal(self.row, on=facts["on"], by=by, at=at)


class RecognitionWithdraw(DeskView):
    """The person no longer asks for it."""

    permission = write_permission = Permission.EDIT_CASES
    http_method_names = ["post"]

    def post(self, request, uid):
        """Withdraw it."""
        row = get_object_or_404(RecognitionCase.objects.select_related("person"), uid=uid)
        return self.attempt(
            lambda: actions.withdraw(row, by=self.desk.member, at=timezone.now()),
            done=_("The recognition is withdrawn."),
            back=case_url(self.desk, row.person, Tab.JOURNEY),
        )


class DeficitClose(OfRow):
    """A deficit was made up."""

    tab = Tab.JOURNEY
    title = gettext_lazy("Made up")
    submit = gettext_lazy("Note it")
    done = gettext_lazy("The deficit is made up.")

    @staticmethod
    def rows():
        """Return deficits with their person."""
        return RecognitionDeficit.objects.select_related("recognition__person")

    def person_of(self, row):
        """Return whose recognition it is."""
        return row.recognition.person

    def make_form(self, data=None):
        """Offer the modules of the person's courses."""
        cohorts = self.person.enrolments.values("cohort__course")
        modules = Module.objects.filter(course__in=cohorts).order_by("position", "id")
        return CloseDeficitForm(data, modules=modules, initial={"on": timezone.localdate()})

    def run(self, facts, *, by, at):
        """Close it."""
        actions.close_deficit(self.row, by=by, at=at, **facts)
