"""What is recorded of one person: language tests, modules done; and the panels on their page."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskView
from learning import queries
from learning.actions import completions, languages
from learning.models import AssessmentResult, ModuleCompletion
from learning.web.forms import LanguageForm, ModuleDoneForm
from partnerships.roles import Permission
from trainees.models import Enrolment, LanguageResult, Person

Skill = LanguageResult.Skill


class OfPerson(FormPage, abstract=True):
    """A form about one person, who stays nameless on it."""

    permission = write_permission = Permission.RECORD_ASSESSMENTS

    def crumbs(self):
        """Return the list and the person, by reference."""
        page = self.desk.url("trainee", uid=self.person.uid) + "?tab=training"
        return [
            {"label": _("Trainees"), "url": self.desk.url("trainees")},
            {"label": self.person.reference, "url": page},
        ]


class LanguageNew(OfPerson):
    """Record a language test."""

    form_class = LanguageForm
    title = gettext_lazy("Record a language test")
    subtitle = gettext_lazy("The same test again, language and day, corrects what stands.")
    done = gettext_lazy("The language test is recorded.")

    def find(self, uid):
        """Find the person."""
        self.person = get_object_or_404(Person, uid=uid)

    def make_form(self, data=None):
        """Keep the form for its facts."""
        self.form = super().make_form(data)
        return self.form

    def act(self, facts):
        """Record it."""
        languages.record(self.person, **self.form.facts(), by=self.desk.member, at=timezone.now())
        return self.cancel()


class ModuleDoneNew(OfPerson):
    """Record by hand that a module is done."""

    title = gettext_lazy("Record a module as done")
    done = gettext_lazy("The module is recorded as done.")

    def find(self, uid):
        """Find the enrolment and the person."""
        rows = Enrolment.objects.select_related("person", "cohort__course")
        self.enrolment = get_object_or_404(rows, uid=uid)
        self.person = self.enrolment.person

    def make_form(self, data=None):
        """Offer the modules that are not done yet."""
        today = {"on": timezone.localdate()}
        return ModuleDoneForm(data, enrolment=self.enrolment, initial=today)

    def act(self, facts):
        """Record it."""
        completions.record(self.enrolment, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class ModuleTakeBack(DeskView):
    """Take back that a module is done."""

    permission = write_permission = Permission.RECORD_ASSESSMENTS
    http_method_names = ["post"]

    def post(self, request, uid):
        """Take it back."""
        rows = ModuleCompletion.objects.select_related("module", "enrolment__person")
        done = rows.filter(uid=uid).first()
        if done is None:
            raise Http404
        page = self.desk.url("trainee", uid=done.enrolment.person.uid)
        return self.attempt(
            lambda: completions.take_back(done, by=self.desk.member, at=timezone.now()),
            done=_("It is taken back."),
            back=page + "?tab=training",
        )


def learning_of(person, view) -> dict:
    """Return, for the panel, each enrolment with rate, results and modules done; four queries."""
    rows = Enrolment.objects.filter(person__in=view.records)
    enrolments = list(rows.select_related("cohort__course").order_by("-id"))
    ids = [one.pk for one in enrolments]
    came = queries.rates("enrolment", enrolment__in=ids)
    results = AssessmentResult.objects.filter(enrolment__in=ids).select_related("assessment")
    done = ModuleCompletion.objects.filter(enrolment__in=ids).select_related("module")
    results = list(results.order_by("assessment__held_on", "assessment", "attempt"))
    done = list(done.order_by("module__position", "id"))
    return {
        "rows": [
            {
                "enrolment": one,
                "rate": came.get(one.pk),
                "is_low": came.get(one.pk, 1) < one.cohort.course.least_attendance / 100,
                "results": [row for row in results if row.enrolment_id == one.pk],
                "done": [row for row in done if row.enrolment_id == one.pk],
            }
            for one in enrolments
        ],
        "may_record": view.may(Permission.RECORD_ASSESSMENTS),
    }
