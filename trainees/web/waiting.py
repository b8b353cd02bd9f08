"""Pages of what waits: follow-ups after the start of work, and the deadlines the night found."""

import django_filters
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.audit.models import note_looks
from gsp.web.forms import FormPage
from gsp.web.views import DeskList
from partnerships.roles import Permission
from trainees import queries
from trainees.actions import follow_ups as actions
from trainees.models import FollowUp, Notice
from trainees.models.journey import TRACKS
from trainees.web.lifecycle_forms import FollowUpForm
from training.models import Cohort


class FollowUpFilter(django_filters.FilterSet):
    """By reference, months, track, status and whether it is due."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Reference"), field_name="person__reference", lookup_expr="icontains"
    )
    months = django_filters.ChoiceFilter(
        label=gettext_lazy("After months"), choices=[(3, "3"), (6, "6"), (12, "12")]
    )
    track = django_filters.ChoiceFilter(
        label=gettext_lazy("Track"), field_name="journey__track", choices=TRACKS
    )
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"),
        choices=[one for one in FollowUp.State.choices if one[0] != "dropped"],
    )
    due = django_filters.ChoiceFilter(
        label=gettext_lazy("Due"), choices=[("now", gettext_lazy("Due by today"))], method="by_now"
    )

    class Meta:
        model = FollowUp
        fields = ["q", "months", "track", "status", "due"]

    def by_now(self, rows, name, value):
        """Keep what is due and unanswered."""
        waiting = (FollowUp.State.PLANNED, FollowUp.State.CONTACTED)
        return rows.filter(due_on__lte=timezone.localdate(), status__in=waiting)


class FollowUpList(DeskList):
    """The follow-ups of both tracks, the earliest due first."""

    permission = Permission.VIEW_TRAINEES
    template_name = "trainees/follow_ups.html"
    filterset_class = FollowUpFilter

    def get_queryset(self):
        """Return them."""
        return queries.follow_ups().order_by("due_on", "id")

    def get_context_data(self, **kwargs):
        """Note whose names the page shows."""
        context = super().get_context_data(**kwargs)
        note_looks([row.person for row in context["object_list"]], at=timezone.now())
        may_record = self.may(Permission.EDIT_CASES)
        return context | {"today": timezone.localdate(), "may_record": may_record}


class FollowUpRecord(FormPage):
    """What became of one follow-up."""

    permission = write_permission = Permission.EDIT_CASES
    form_class = FollowUpForm
    title = gettext_lazy("Record the follow-up")
    submit = gettext_lazy("Record")
    done = gettext_lazy("The follow-up is recorded.")

    def find(self, uid):
        """Find it."""
        self.follow_up = get_object_or_404(queries.follow_ups(), uid=uid)

    def initial(self):
        """Start with today."""
        return {"on": timezone.localdate()}

    def crumbs(self):
        """Return the list and the journey."""
        journey = self.follow_up.journey
        return [
            {"label": _("Follow-ups"), "url": self.desk.url("follow-ups")},
            {
                "label": self.follow_up.person.reference,
                "url": self.desk.url("journey", uid=journey.uid),
            },
        ]

    def act(self, facts):
        """Record it."""
        actions.record(self.follow_up, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class NoticeFilter(django_filters.FilterSet):
    """By kind, cohort and reference."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Reference"), field_name="person__reference", lookup_expr="icontains"
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Notice.Kind.choices)
    cohort = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Cohort"),
        queryset=lambda request: Cohort.objects.order_by("code", "id"),
        to_field_name="uid",
    )

    class Meta:
        model = Notice
        fields = ["q", "kind", "cohort"]


class NoticeList(DeskList):
    """What the night found waiting, the earliest due first."""

    permission = Permission.VIEW_TRAINEES
    template_name = "trainees/deadlines.html"
    filterset_class = NoticeFilter

    def get_queryset(self):
        """Return what is open."""
        return queries.notices().order_by("due_on", "id")

    def get_context_data(self, **kwargs):
        """Add the day."""
        return super().get_context_data(**kwargs) | {"today": timezone.localdate()}
