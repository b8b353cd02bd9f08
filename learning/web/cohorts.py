"""What every page of a cohort here shares: the cohort, its tabs, the way back."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from gsp.web.forms import FormPage
from gsp.web.views import DeskPage
from learning.web.hours import InAgencyTime
from training.models import Cohort
from training.rules import ENDED
from training.web.tabs import tabs_of


def cohort_of(uid) -> Cohort:
    """Return the cohort with course, centre and partnership, or raise 404."""
    rows = Cohort.objects.select_related("course", "centre", "partnership")
    return get_object_or_404(rows, uid=uid)


def crumbs_of(desk, cohort) -> list[dict]:
    """Return the list of cohorts and the cohort."""
    return [
        {"label": _("Cohorts"), "url": desk.url("cohorts")},
        {"label": cohort.code, "url": desk.url("cohort", uid=cohort.uid)},
    ]


class OfCohort(InAgencyTime, DeskPage, abstract=True):
    """A page about one cohort, one of its tabs; ``tab`` is the name of its address."""

    tab = ""

    def context(self, cohort) -> dict:
        """Return what the page shows beside the cohort."""
        raise NotImplementedError

    def get_context_data(self, uid, **kwargs):
        """Add the cohort, its tabs and the way back."""
        cohort = cohort_of(uid)
        runs = cohort.state not in ENDED
        return super().get_context_data(**kwargs) | {
            "cohort": cohort,
            "tabs": tabs_of(cohort, self, self.tab),
            "crumbs": crumbs_of(self.desk, cohort),
            "may_write": runs and self.may(self.write_permission),
            **self.context(cohort),
        }


class CohortForm(InAgencyTime, FormPage, abstract=True):
    """A form about one cohort; ``tab`` is the name of the page it returns to."""

    tab = ""

    def find(self, uid):
        """Find the cohort."""
        self.cohort = cohort_of(uid)

    def crumbs(self):
        """Return the cohort and the tab."""
        page = self.desk.url(self.tab, uid=self.cohort.uid)
        return [*crumbs_of(self.desk, self.cohort), {"label": self.tab_label, "url": page}]
