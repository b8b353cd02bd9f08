"""The agency's privacy desk: requests, retention, wordings."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.audit.models import note_looks
from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage
from partnerships.roles import Permission
from privacy import queries
from privacy.actions import requests, retention
from privacy.models import DataRequest, Erasure, RetentionRun
from privacy.models.retention import RecordType
from privacy.retention import PEOPLE, due
from privacy.states import RequestState
from privacy.web.forms import AnswerForm, RuleForm, WordingForm
from trainees.actions import wordings
from trainees.models.consent import Purpose

SHOWN = 50


class RequestList(DeskList):
    """What people ask about their data: what is due first."""

    permission = Permission.MANAGE_PRIVACY
    template_name = "privacy/requests.html"

    def get_queryset(self):
        """Return open requests, then answered ones."""
        return queries.requests()

    def get_context_data(self, **kwargs):
        """Add the day, and the pages beside this one."""
        return super().get_context_data(**kwargs) | {
            "today": timezone.localdate(),
            "tabs": tabs(self.desk, "privacy"),
        }


def tabs(desk, here: str) -> list[dict]:
    """Return the pages of the privacy desk, the open one marked."""
    pages = [
        ("privacy", _("Requests"), "inbox"),
        ("retention", _("Retention"), "hourglass-split"),
        ("wordings", _("Words of consent"), "chat-quote"),
    ]
    return [
        {"label": label, "url": desk.url(name), "current": name == here, "icon": icon}
        for name, label, icon in pages
    ]


class RequestPage(FormPage):
    """One request, and its answer."""

    permission = write_permission = Permission.MANAGE_PRIVACY
    template_name = "privacy/request.html"
    form_class = AnswerForm
    title = gettext_lazy("Request")
    submit = gettext_lazy("Answer")
    done = gettext_lazy("The answer is on the person’s page.")

    def find(self, uid):
        """Find it; who asks is seen, so the look is noted."""
        self.request_row = get_object_or_404(queries.requests(), uid=uid)
        note_looks([self.request_row.person], at=timezone.now())

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Requests"), "url": self.desk.url("privacy")}]

    def get_context_data(self, **kwargs):
        """Add the request."""
        row = self.request_row
        return super().get_context_data(**kwargs) | {
            "row": row,
            "is_open": row.state == RequestState.OPEN,
            "erases": row.kind == DataRequest.Kind.ERASE,
        }

    def act(self, facts):
        """Answer it."""
        requests.answer(
            self.request_row,
            text=facts["answer"],
            done=facts["done"],
            by=self.desk.member,
            at=timezone.now(),
        )
        return self.desk.url("privacy")


class RetentionPage(DeskPage):
    """How long what is kept, what is due now, and what the nights removed."""

    permission = Permission.MANAGE_PRIVACY
    template_name = "privacy/retention.html"

    def get_context_data(self, **kwargs):
        """Count what each rule would remove today."""
        today = timezone.localdate()
        rules = [
            {
                "row": rule,
                "before": (before := retention.limit(rule.months, today)),
                "due": due(rule.record_type, before).count(),
            }
            for rule in retention.rules_in_force()
        ]
        return super().get_context_data(**kwargs) | {
            "rules": rules,
            "runs": RetentionRun.objects.order_by("-as_of", "record_type")[:SHOWN],
            "erasures": Erasure.objects.select_related("person").order_by("-erased_at")[:SHOWN],
            "tabs": tabs(self.desk, "retention"),
        }


class RetentionRulePage(FormPage):
    """Change one rule, with the people it would reach today."""

    permission = write_permission = Permission.MANAGE_PRIVACY
    template_name = "privacy/retention_rule.html"
    form_class = RuleForm
    submit = gettext_lazy("Save")
    done = gettext_lazy("The rule is saved.")

    def find(self, record_type):
        """Find the rule.

        Raises:
            Http404: no record of this kind.

        """
        rules = {rule.record_type: rule for rule in retention.rules_in_force()}
        if record_type not in rules:
            raise Http404
        self.rule = rules[record_type]
        self.title = RecordType(record_type).label

    def crumbs(self):
        """Return the page of all rules."""
        return [{"label": _("Retention"), "url": self.desk.url("retention")}]

    def initial(self):
        """Start with what is in force."""
        return {"months": self.rule.months, "is_on": self.rule.is_on}

    def get_context_data(self, **kwargs):
        """Add what is due today: people by reference, the rest by count."""
        before = retention.limit(self.rule.months, timezone.localdate())
        rows = due(self.rule.record_type, before)
        return super().get_context_data(**kwargs) | {
            "before": before,
            "count": rows.count(),
            "people": rows[:SHOWN] if self.rule.record_type in PEOPLE else [],
        }

    def act(self, facts):
        """Save it."""
        kind = self.rule.record_type
        retention.set_rule(kind, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("retention")


class WordingList(DeskPage):
    """The words in force for each purpose."""

    permission = Permission.MANAGE_PRIVACY
    template_name = "privacy/wordings.html"

    def get_context_data(self, **kwargs):
        """Add them."""
        today, language = timezone.localdate(), self.request.LANGUAGE_CODE
        rows = [wordings.in_force(purpose, on=today) for purpose in Purpose]
        return super().get_context_data(**kwargs) | {
            "wordings": [{"row": row, "text": row.text(language)} for row in rows],
            "tabs": tabs(self.desk, "wordings"),
        }


class WordingPage(FormPage):
    """Write a new version of the words of one purpose."""

    permission = write_permission = Permission.MANAGE_PRIVACY
    form_class = WordingForm
    submit = gettext_lazy("Put in force")
    subtitle = gettext_lazy("Whoever agreed before agreed to the words of then.")
    done = gettext_lazy("The new words are in force.")

    def find(self, purpose):
        """Find the purpose.

        Raises:
            Http404: there is no such purpose.

        """
        if purpose not in Purpose.values:
            raise Http404
        self.purpose = Purpose(purpose)
        self.title = self.purpose.label

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Words of consent"), "url": self.desk.url("wordings")}]

    def initial(self):
        """Start with the words in force."""
        return wordings.in_force(self.purpose, on=timezone.localdate()).texts

    def act(self, facts):
        """Put them in force."""
        wordings.change(self.purpose, facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("wordings")
