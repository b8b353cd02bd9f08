"""The search for people by what is encrypted; its address tells nobody what was asked."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.audit.models import note_looks
from gsp.web.discreet import opened_words, sealed_words
from gsp.web.forms import short_text
from gsp.web.views import DeskList
from partnerships.roles import Permission
from trainees.duplicates.search import find


class PeopleSearch(DeskList):
    """People by name, reference, document or telephone number, e-mail address or birthday."""

    permission = write_permission = Permission.VIEW_TRAINEES
    template_name = "trainees/people.html"

    def post(self, request):
        """Go to the page of what was found; its address carries the words sealed."""
        words = short_text(request.POST, "words", 100)
        page = self.desk.url("people-search")
        if not words:
            return redirect(page)
        return redirect(f"{page}?{urlencode({'for': sealed_words(words, request.user)})}")

    def get_queryset(self):
        """Return the people found."""
        self.words = opened_words(short_text(self.request.GET, "for", 1000), self.request.user)
        self.found = find(self.words)
        return self.found.persons

    def get_context_data(self, **kwargs):
        """Note whose names the page shows."""
        context = super().get_context_data(**kwargs)
        note_looks(context["page_obj"], at=timezone.now())
        return context | {
            "words": self.words,
            "has_more": self.found.has_more,
            "is_stale": bool(self.request.GET.get("for")) and not self.words,
            "crumbs": [{"label": _("Trainees"), "url": self.desk.url("trainees")}],
        }
