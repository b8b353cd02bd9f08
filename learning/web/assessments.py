"""Pages of assessments: the list of a cohort, new, change, and the sheet of results."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gsp.audit.models import note_looks
from gsp.web.forms import FormPage, short_text
from gsp.web.views import DeskPage
from gsp.workflow import Refused
from learning import queries
from learning.actions import assessments as actions
from learning.actions.results import Entry, record
from learning.web.cohorts import CohortForm, OfCohort, crumbs_of
from learning.web.forms import AssessmentForm
from partnerships.roles import Permission
from training.rules import ENDED


class CohortAssessments(OfCohort):
    """The assessments of a cohort."""

    permission = Permission.VIEW_TRAINING
    write_permission = Permission.RECORD_ASSESSMENTS
    tab = "cohort-assessments"
    template_name = "learning/assessments.html"

    def context(self, cohort):
        """Add them, the latest first."""
        rows = queries.assessments().filter(cohort=cohort).order_by("-held_on", "-id")
        return {"assessments": list(rows)}


class AssessmentNew(CohortForm):
    """Add an assessment."""

    permission = write_permission = Permission.RECORD_ASSESSMENTS
    title = gettext_lazy("Add an assessment")
    submit = gettext_lazy("Add assessment")
    done = gettext_lazy("The assessment is added. Now enter its results.")
    tab = "cohort-assessments"
    tab_label = gettext_lazy("Assessments")

    def make_form(self, data=None):
        """Start with today."""
        today = {"held_on": timezone.localdate()}
        return AssessmentForm(data, cohort=self.cohort, initial=today)

    def act(self, facts):
        """Add it and open its sheet."""
        made = actions.plan(self.cohort, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("assessment", uid=made.uid)


class AssessmentEdit(FormPage):
    """Change an assessment; who passed follows at once."""

    permission = write_permission = Permission.RECORD_ASSESSMENTS
    title = gettext_lazy("Change the assessment")
    done = gettext_lazy("The assessment is changed.")

    def find(self, uid):
        """Find it."""
        self.assessment = get_object_or_404(queries.assessments(), uid=uid)

    def make_form(self, data=None):
        """Bind the form to it."""
        return AssessmentForm(data, cohort=self.assessment.cohort, instance=self.assessment)

    def crumbs(self):
        """Return the cohort and the assessment."""
        page = self.desk.url("assessment", uid=self.assessment.uid)
        above = crumbs_of(self.desk, self.assessment.cohort)
        return [*above, {"label": self.assessment.title, "url": page}]

    def act(self, facts):
        """Change it."""
        actions.change(self.assessment, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class AssessmentPage(DeskPage):
    """The sheet of one assessment: each trainee's attempts, and room for the next one."""

    permission = Permission.VIEW_TRAINEES
    write_permission = Permission.RECORD_ASSESSMENTS
    template_name = "learning/assessment.html"

    def get(self, request, uid):
        """Show the sheet."""
        return self._show(self._found(uid))

    def post(self, request, uid):
        """Record every line in which points were entered."""
        assessment = self._found(uid)
        try:
            entries = self._entries(assessment)
            written = record(assessment, entries, by=self.desk.member, at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self._show(assessment)
        text = ngettext("%(count)s result is saved.", "%(count)s results are saved.", written)
        messages.success(request, text % {"count": written})
        return redirect(self.desk.url("assessment", uid=uid))

    def _found(self, uid):
        return get_object_or_404(queries.assessments(), uid=uid)

    def _show(self, assessment):
        lines = self._lines(assessment)
        note_looks([line["enrolment"].person for line in lines], at=timezone.now())
        cohort = assessment.cohort
        above = self.desk.url("cohort-assessments", uid=cohort.uid)
        runs = cohort.state not in ENDED
        context = self.get_context_data(
            assessment=assessment,
            cohort=cohort,
            lines=lines,
            sent=self.request.POST,
            taken_on=self.request.POST.get("taken_on") or assessment.held_on.isoformat(),
            assessor=self.request.POST.get("assessor", self.desk.member.user.name),
            may_record=runs and self.may(Permission.RECORD_ASSESSMENTS),
            crumbs=[*crumbs_of(self.desk, cohort), {"label": _("Assessments"), "url": above}],
        )
        return self.render_to_response(context)

    def _lines(self, assessment) -> list[dict]:
        """Return each trainee with the attempts so far, and the number of the next, if any."""
        sent = self.request.POST
        lines = []
        for one, attempts in queries.sheet_of(assessment):
            passed = any(result.is_passed for result in attempts)
            following = len(attempts) + 1
            left = not passed and following <= assessment.cohort.course.attempts
            lines.append(
                {
                    "enrolment": one,
                    "attempts": attempts,
                    "passed": passed,
                    "next": following if left else None,
                    "points": sent.get(f"points-{one.uid}", ""),
                }
            )
        return lines

    def _entries(self, assessment) -> list[Entry]:
        sent = self.request.POST
        taken_on = parse_date(short_text(sent, "taken_on", 10))
        if taken_on is None:
            raise Refused(_("Give the day of the attempt."), field="taken_on", code="required")
        return [
            Entry(
                line["enrolment"].pk,
                _points(line["points"], line["enrolment"]),
                taken_on,
                short_text(sent, "assessor", 120),
                short_text(sent, "second_assessor", 120),
                line["next"],
            )
            for line in self._lines(assessment)
            if line["next"] and line["points"].strip()
        ]


def _points(text: str, enrolment) -> Decimal:
    try:
        points = Decimal(text.strip().replace(",", "."))
        return points.quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise Refused(
            _("%(reference)s: “%(value)s” is no number of points.")
            % {"reference": enrolment.person.reference, "value": text[:20]},
            field="points",
            code="no_number",
        ) from error
