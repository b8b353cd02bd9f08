"""Pages of journeys: the list, one with its steps, and the form of the next step."""

import django_filters
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.audit.models import note_looks
from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage
from partnerships.models import Partnership
from partnerships.roles import Permission
from trainees import queries
from trainees.actions import journeys as actions
from trainees.journey_states import BEFORE_DEPARTURE, FAILURES, JourneyState
from trainees.models import Journey
from trainees.models.journey import TRACKS
from trainees.rules.journeys import moves_of
from trainees.web.lifecycle_forms import StepForm
from training.models import Cohort

ASKS = {
    JourneyState.PLACED: ("placement_kind", "work_started_on"),
    JourneyState.EMPLOYED: ("work_started_on",),
    **dict.fromkeys(BEFORE_DEPARTURE, ("departs_on",)),
}


class JourneyFilter(django_filters.FilterSet):
    """By reference, partnership, cohort, track, state, and whether a step is overdue."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Reference"), field_name="person__reference", lookup_expr="icontains"
    )
    partnership = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Partnership"),
        field_name="enrolment__cohort__partnership",
        queryset=lambda request: Partnership.objects.order_by("name", "id"),
        to_field_name="uid",
    )
    cohort = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Cohort"),
        field_name="enrolment__cohort",
        queryset=lambda request: Cohort.objects.order_by("code", "id"),
        to_field_name="uid",
    )
    track = django_filters.ChoiceFilter(label=gettext_lazy("Track"), choices=TRACKS)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=JourneyState.choices)
    which = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        choices=[
            ("open", gettext_lazy("Open")),
            ("overdue", gettext_lazy("Overdue")),
            ("closed", gettext_lazy("Ended")),
        ],
        method="narrow",
    )

    class Meta:
        model = Journey
        fields = ["q", "partnership", "cohort", "track", "state", "which"]

    def narrow(self, rows, name, value):
        """Keep journeys that are open, overdue or ended."""
        if value == "overdue":
            return rows.overdue(timezone.localdate())
        return rows.filter(closed_at__isnull=value == "open")


class JourneyList(DeskList):
    """Everybody's way into work, what is due first at the top."""

    permission = Permission.VIEW_TRAINEES
    template_name = "trainees/journeys.html"
    filterset_class = JourneyFilter

    def get_queryset(self):
        """Return them, the earliest due first."""
        return queries.journeys().order_by("closed_at", "due_on", "id")

    def get_context_data(self, **kwargs):
        """Note whose names the page shows."""
        context = super().get_context_data(**kwargs)
        note_looks([row.person for row in context["object_list"]], at=timezone.now())
        return context | {"today": timezone.localdate()}


class JourneyPage(DeskPage):
    """One journey: the usual way, the steps made, the follow-ups and what may come next."""

    permission = Permission.VIEW_TRAINEES
    template_name = "trainees/journey.html"

    def get_context_data(self, uid, **kwargs):
        """Add the journey; a look at the person is noted."""
        journey = get_object_or_404(queries.journeys(), uid=uid)
        note_looks([journey.person], at=timezone.now())
        return super().get_context_data(**kwargs) | {
            "one": shown(journey, self),
            "journey": journey,
            "crumbs": [{"label": _("Journeys"), "url": self.desk.url("journeys")}],
        }


class JourneyMove(FormPage):
    """The next step of a journey."""

    permission = write_permission = Permission.EDIT_CASES
    submit = gettext_lazy("Record")
    done = gettext_lazy("The step is recorded.")

    def find(self, uid):
        """Find the journey and the step that is meant.

        Raises:
            Http404: the address names no state.

        """
        self.journey = get_object_or_404(queries.journeys(), uid=uid)
        self.target = self.request.GET.get("target", "")
        if self.target not in JourneyState.values:
            raise Http404

    @property
    def title(self):
        """Return where the step leads."""
        return JourneyState(self.target).label

    @property
    def subtitle(self):
        """Say what a failure leads to."""
        if self.target in FAILURES:
            return _("The way abroad ends, and the search for work at home begins at once.")
        return ""

    def make_form(self, data=None):
        """Ask for what the state needs."""
        today = timezone.localdate()
        start = {"on": today, "work_started_on": today, "departs_on": self.journey.departs_on}
        return StepForm(data, initial=start, asks=ASKS.get(self.target, ()))

    def crumbs(self):
        """Return the list and the journey."""
        page = self.desk.url("journey", uid=self.journey.uid)
        return [
            {"label": _("Journeys"), "url": self.desk.url("journeys")},
            {"label": self.journey.person.reference, "url": page},
        ]

    def act(self, facts):
        """Record it, and go to the journey that goes on."""
        goes_on = actions.move(
            self.journey, self.target, **facts, by=self.desk.member, at=timezone.now()
        )
        return self.desk.url("journey", uid=goes_on.uid)


def shown(journey, view) -> dict:
    """Return what the parts of a page about one journey read."""
    may_move = view.may(Permission.EDIT_CASES) and journey.closed_at is None
    targets = moves_of(journey, view.desk.member) if may_move else []
    return {
        "journey": journey,
        "today": timezone.localdate(),
        "steps": list(journey.steps.order_by("-id")),
        "follow_ups": list(journey.follow_ups.order_by("due_on", "id")),
        "moves": [_button(target) for target in targets if target not in FAILURES],
        "failures": [_button(target) for target in targets if target in FAILURES],
        "may_record": view.may(Permission.EDIT_CASES),
    }


def _button(target) -> dict:
    return {"target": str(target), "label": JourneyState(target).label}
