"""The certificate of a whole cohort: who is ready, what the others still need, one button."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import ngettext

from gsp.audit.models import note_looks
from gsp.web.forms import short_text
from gsp.workflow import Refused
from learning.actions.certification import certify_all
from learning.certification import standings
from learning.web.cohorts import OfCohort, cohort_of
from partnerships.roles import Permission


class CohortCertification(OfCohort):
    """Preview and button in one: nobody is certified whom the page does not show as ready."""

    permission = Permission.VIEW_TRAINEES
    write_permission = Permission.RECORD_ASSESSMENTS
    tab = "cohort-certification"
    template_name = "learning/certification.html"

    def context(self, cohort):
        """Add everybody in class with what stands against a certificate."""
        today = timezone.localdate()
        found = standings(cohort, today)
        note_looks([one.enrolment.person for one in found], at=timezone.now())
        return {
            "standings": found,
            "ready": sum(not one.refusals for one in found),
            "certified": cohort.enrolments.filter(state="certified").count(),
            "today": today.isoformat(),
        }

    def post(self, request, uid):
        """Certify the ticked people; those who are not ready need a reason each."""
        cohort = cohort_of(uid)
        chosen = set(request.POST.getlist("enrolment"))
        reason = short_text(request.POST, "reason", 300)
        back = self.desk.url("cohort-certification", uid=uid)
        on = parse_date(short_text(request.POST, "on", 10)) or timezone.localdate()
        wanted = [one for one in standings(cohort, on) if str(one.enrolment.uid) in chosen]
        try:
            count = certify_all(
                cohort,
                on=on,
                only={one.enrolment.pk for one in wanted},
                exceptions={one.enrolment.pk: reason for one in wanted if one.refusals},
                by=self.desk.member,
                at=timezone.now(),
            )
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(back)
        text = ngettext(
            "%(count)s trainee is certified.", "%(count)s trainees are certified.", count
        )
        messages.success(request, text % {"count": count})
        return redirect(back)
