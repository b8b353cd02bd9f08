"""What waits: the list of tasks, done with undo, put off; and the morning's reminder."""

import django_filters
from django.db.models import TextChoices
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import queries
from cases.actions import digests, tasks
from cases.models import DigestChoice, Task
from cases.states import TaskState
from cases.web.base import OfPerson, OfRow
from cases.web.forms import SnoozeForm, TaskForm
from gsp.audit.models import note_looks
from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskView
from gsp.workflow import Refused
from partnerships.roles import Permission

MOVES = {
    TaskState.DONE: (tasks.done, gettext_lazy("Done.")),
    TaskState.DROPPED: (tasks.drop, gettext_lazy("It need not be done any more.")),
    TaskState.OPEN: (tasks.reopen, gettext_lazy("It is to be done after all.")),
}


class Whose(TextChoices):
    """Whose tasks the list shows."""

    MINE = "mine", gettext_lazy("For me or my role")
    OVERDUE = "overdue", gettext_lazy("Overdue")
    ALL = "all", gettext_lazy("All I may see")
    CLOSED = "closed", gettext_lazy("Done and dropped")


class TaskFilter(django_filters.FilterSet):
    """Whose they are; without a choice those of the member."""

    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"), choices=Whose.choices, method="narrow", empty_label=None
    )

    class Meta:
        model = Task
        fields = ["whose"]

    def __init__(self, data=None, *args, **kwargs):
        data = data.copy() if data is not None else {}
        data.setdefault("whose", Whose.MINE)
        super().__init__(data, *args, **kwargs)

    def narrow(self, rows, name, value):
        """Keep the tasks asked for."""
        today = timezone.localdate()
        if value == Whose.CLOSED:
            return rows.exclude(state=TaskState.OPEN).order_by("-state_changed_at", "-id")
        if value == Whose.OVERDUE:
            return rows.overdue(today)
        if value == Whose.ALL:
            return rows.open()
        return rows.open().awake(today).meant_for(self.request.desk.member)


class TaskList(DeskList):
    """What waits, the first due first."""

    permission = Permission.VIEW_TRAINEES
    template_name = "cases/tasks.html"
    filterset_class = TaskFilter

    def get_queryset(self):
        """Return all tasks this desk may see."""
        return queries.tasks()

    def get_context_data(self, **kwargs):
        """Add today and the member's choice of reminders; titles by hand may tell of people."""
        context = super().get_context_data(**kwargs)
        people = {row.person for row in context["object_list"] if row.person and not row.rule}
        note_looks(people, at=timezone.now())
        reminded = DigestChoice.objects.filter(member=self.desk.member).exists()
        return context | {
            "today": timezone.localdate(),
            "may_edit": self.may(Permission.EDIT_CASES),
            "is_reminded": reminded,
        }


class TaskNew(FormPage):
    """Something to do that is about nobody."""

    permission = write_permission = Permission.EDIT_CASES
    form_class = TaskForm
    title = gettext_lazy("New task")
    submit = gettext_lazy("Add")
    done = gettext_lazy("The task is added.")

    def crumbs(self):
        """Return the list."""
        return [{"label": _("What waits"), "url": self.desk.url("tasks")}]

    def act(self, facts):
        """Add it."""
        _add(facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class PersonTaskNew(OfPerson):
    """Something to do about a person."""

    form_class = TaskForm
    title = gettext_lazy("New task")
    submit = gettext_lazy("Add")
    done = gettext_lazy("The task is added.")

    def run(self, facts, *, by, at):
        """Add it."""
        _add(facts, person=self.person, by=by, at=at)


def _add(facts, *, by, at, person=None) -> Task:
    whose = {"role": by.role} if facts["whose"] == "role" else {"assignee": by}
    return tasks.add(facts["title"], due_on=facts["due_on"], person=person, by=by, at=at, **whose)


def _back(request, desk) -> str:
    """Return the page of this site the button stood on, else the list."""
    said = request.POST.get("back", "")
    here = {request.get_host()}
    is_ours = said.startswith("/") and url_has_allowed_host_and_scheme(said, allowed_hosts=here)
    return said if is_ours else desk.url("tasks")


class TaskMove(DeskView):
    """Done, dropped, or open again."""

    permission = write_permission = Permission.EDIT_CASES
    http_method_names = ["post"]

    def post(self, request, uid):
        """Move it to the posted state; what is done can be undone from the message's list."""
        task = get_object_or_404(queries.tasks(), uid=uid)
        act, said = MOVES.get(request.POST.get("state"), (None, ""))

        def run():
            if act is None:
                raise Refused(_("Say what became of it."), field="state", code="unknown_state")
            act(task, by=self.desk.member, at=timezone.now())

        return self.attempt(run, done=str(said), back=_back(request, self.desk))


class TaskSnooze(OfRow):
    """Put a task off."""

    form_class = SnoozeForm
    title = gettext_lazy("Put off")
    submit = gettext_lazy("Put off")
    done = gettext_lazy("The task rests until then.")
    rows = staticmethod(queries.tasks)

    def crumbs(self):
        """Return the list."""
        return [{"label": _("What waits"), "url": self.desk.url("tasks")}]

    def act(self, facts):
        """Put it off and go back to the list."""
        tasks.snooze(self.row, until=facts["until"], by=self.desk.member, at=timezone.now())
        return self.cancel()


class Reminders(DeskView):
    """A reminder by e-mail in the morning: wanted or not."""

    permission = write_permission = Permission.VIEW_TRAINEES
    http_method_names = ["post"]

    def post(self, request):
        """Switch it on with ``wanted``, else off."""
        digests.choose(self.desk.member, bool(request.POST.get("wanted")), at=timezone.now())
        return redirect(self.desk.url("tasks"))
