"""What is to be done, by whom and by when; who wants to be reminded; what is planned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.states import TASK, TaskState
from cases.words import title_of
from gsp.audit.track import audited
from gsp.encryption import EncryptedTextField
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from partnerships.roles import Role


class TaskQuerySet(TenantQuerySet):
    """Tasks by whom and when they concern."""

    def open(self):
        """Return tasks still to do."""
        return self.filter(state=TaskState.OPEN)

    def awake(self, on):
        """Return tasks that nobody has put off beyond the day."""
        return self.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=on))

    def overdue(self, on):
        """Return open tasks whose day has passed."""
        return self.open().filter(due_on__lt=on)

    def meant_for(self, member):
        """Return tasks given to the member, or to the member's role and to nobody by name."""
        return self.filter(Q(assignee=member) | Q(assignee=None, role=member.role))


@audited
class Task(TenantModel):
    """One thing to do, made by hand or by a rule; a rule's key keeps it from coming twice.

    The title of a rule's task is put into words when it is read, in the reader's language.
    """

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"
    erased_fields = ("title", "facts")
    lifecycle = TASK

    person = TenantKey("trainees.Person", null=True, blank=True, related_name="tasks")
    cohort = TenantKey("training.Cohort", null=True, blank=True, related_name="tasks")
    centre = TenantKey("partnerships.Organisation", null=True, blank=True, related_name="+")
    title = EncryptedTextField(_("what is to be done"), blank=True)
    rule = models.CharField(_("made by"), max_length=30, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    rule_key = models.CharField(max_length=120, blank=True, editable=False)
    due_on = models.DateField(_("due on"))
    assignee = TenantKey(
        "partnerships.Membership", null=True, blank=True, related_name="+",
        verbose_name=_("for"),
    )  # fmt: skip
    role = models.CharField(_("for the role"), max_length=30, choices=Role.choices, blank=True)
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=150)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=TaskState.choices,
        default=TaskState.OPEN,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)

    objects = tenant_manager(TaskQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rule_key"],
                condition=~Q(rule_key=""),
                name="task_once_per_rule",
            ),
            models.CheckConstraint(
                condition=Q(rule_key="", rule="") | ~Q(rule="") & ~Q(rule_key=""),
                name="task_rule_has_key",
                violation_error_message=_("A task of a rule names what it is about."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "due_on"], condition=Q(state=TaskState.OPEN), name="task_due"
            )
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        """Return what is to be done, in the reader's language where a rule made it."""
        return title_of(self.rule, self.facts) if self.rule else self.title


@audited
class DigestChoice(TenantModel):
    """A member wants a reminder by e-mail in the morning, when something waits."""

    audience = ("organisation",)
    writers = ("organisation",)

    member = TenantKey("partnerships.Membership", related_name="+")
    organisation = TenantKey("partnerships.Organisation", null=True, related_name="+")
    last_sent_on = models.DateField(null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("reminder by e-mail")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="digest_once_per_member")
        ]

    def __str__(self):
        return f"digest of {self.member_id}"


@audited
class CasePlan(TenantModel):
    """What is planned for one person while no journey says it."""

    audience = ("centre",)
    writers = ("centre",)
    of_person = "person"

    person = TenantKey("trainees.Person", related_name="plans")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    departs_on = models.DateField(_("planned departure"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("plan")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person"], name="plan_once_per_person")
        ]

    def __str__(self):
        return f"plan of {self.person_id}"
