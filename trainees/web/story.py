"""The timeline on a person's page, and the form that corrects an event by a later one."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.audit.models import note_looks
from gsp.web.forms import FormPage
from partnerships.roles import Permission
from trainees.actions import story
from trainees.models import CaseEvent
from trainees.web.panels import Panel, Tab, register

EVENTS_A_PAGE = 30
ICONS = {
    "enrolled": "mortarboard",
    "state": "arrow-right-circle",
    "track": "signpost-split",
    "language": "translate",
    "assessment": "clipboard-check",
    "consent": "check2-square",
    "document": "file-earmark",
    "recognition": "patch-check",
    "contact": "telephone",
    "plan": "calendar-event",
    "correction": "pencil",
}


class KindForm(forms.Form):
    """Narrows the timeline to one kind of event."""

    tab = forms.CharField(widget=forms.HiddenInput, initial=Tab.HISTORY)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("All")), *CaseEvent.Kind.choices],
        required=False,
    )


class CorrectionForm(forms.Form):
    """What is right instead."""

    text = forms.CharField(
        label=gettext_lazy("What is right"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences. Leave names and numbers of people out."),
    )


def history(person, view) -> dict:
    """Return a page of the timeline, the latest first, each with what corrects it."""
    form = KindForm(view.request.GET)
    rows = CaseEvent.objects.filter(person__in=view.records).select_related("corrects")
    form.is_valid()
    if kind := form.cleaned_data.get("kind"):
        rows = rows.filter(kind=kind)
    rows = rows.prefetch_related("corrections").order_by("-happened_at", "-id")
    page = Paginator(rows, EVENTS_A_PAGE).get_page(view.request.GET.get("page"))
    events = [
        {
            "row": event,
            "icon": ICONS.get(event.kind, "circle"),
            "correction": next(iter(event.corrections.all()), None),
        }
        for event in page
    ]
    may_correct = view.may(Permission.EDIT_CASES)
    return {"form": form, "page": page, "events": events, "may_correct": may_correct}


class CorrectEvent(FormPage):
    """Correct an event: both stay, the earlier one struck through."""

    permission = write_permission = Permission.EDIT_CASES
    form_class = CorrectionForm
    title = gettext_lazy("Correct an event")
    submit = gettext_lazy("Add the correction")
    done = gettext_lazy("The correction is added; both stay in the history.")

    def find(self, uid):
        """Find the event; looking at it is a look at the person."""
        rows = CaseEvent.objects.select_related("person")
        self.event = get_object_or_404(rows, uid=uid)
        self.subtitle = f"{self.event.get_kind_display()}: {self.event.text}"
        note_looks([self.event.person], at=timezone.now())

    def crumbs(self):
        """Return the list of trainees and the history of the person."""
        page = self.desk.url("trainee", uid=self.event.person.uid)
        return [
            {"label": _("Trainees"), "url": self.desk.url("trainees")},
            {"label": self.event.person.reference, "url": f"{page}?tab={Tab.HISTORY}"},
        ]

    def act(self, facts):
        """Correct it and go back to the history."""
        story.correct(self.event, text=facts["text"], by=self.desk.member, at=timezone.now())
        return self.cancel()


register(Panel(10, "trainees/_history.html", history, Permission.VIEW_TRAINEES, tab=Tab.HISTORY))
