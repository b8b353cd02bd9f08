"""The certificates of a cohort: issued all at once, with progress."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials import queries
from credentials.actions.issuings import issue_cohort, waiting
from credentials.models import Credential
from credentials.web.forms import ValidityForm
from gsp.web.views import DeskPage
from gsp.workflow import Refused
from partnerships.roles import Permission
from training.models import Cohort
from training.web.tabs import tabs_of


class CohortCredentials(DeskPage):
    """Who waits for a certificate, the order that runs or ran last, and the button."""

    permission = Permission.VIEW_TRAINEES
    write_permission = Permission.ISSUE_CREDENTIALS
    template_name = "credentials/cohort.html"

    def get_context_data(self, uid, form=None, **kwargs):
        """Add the figures of the cohort."""
        cohort = get_object_or_404(Cohort.objects.select_related("course", "centre"), uid=uid)
        order = queries.latest_issuing(cohort)
        runs = order is not None and order.finished_at is None
        return super().get_context_data(**kwargs) | {
            "cohort": cohort,
            "tabs": tabs_of(cohort, self, "cohort-credentials"),
            "waiting": waiting(cohort).count(),
            "standing": Credential.objects.standing().filter(cohort=cohort).count(),
            "order": order,
            "runs": runs,
            "settled": order and order.issued + len(order.refused),
            "form": form or ValidityForm(),
            "may_issue": self.may(Permission.ISSUE_CREDENTIALS) and not runs,
            "crumbs": [
                {"label": _("Cohorts"), "url": self.desk.url("cohorts")},
                {"label": cohort.code, "url": self.desk.url("cohort", uid=cohort.uid)},
            ],
        }

    def get_template_names(self):
        """Return the progress alone where the page asks for it while it waits."""
        return ["credentials/_progress.html"] if self.request.htmx else [self.template_name]

    def post(self, request, uid):
        """Order the certificates of all who wait."""
        cohort = get_object_or_404(Cohort, uid=uid)
        form = ValidityForm(request.POST)
        if form.is_valid():
            try:
                issue_cohort(cohort, **form.cleaned_data, by=self.desk.member, at=timezone.now())
            except Refused as refusal:
                field = refusal.field if refusal.field in form.fields else None
                form.add_error(field, refusal.message)
            else:
                messages.success(request, _("The certificates are being issued."))
                return redirect(self.desk.url("cohort-credentials", uid=uid))
        return self.render_to_response(self.get_context_data(uid=uid, form=form))
