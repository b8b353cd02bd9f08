"""A person's own page: what is held, who looked, what was disclosed, and what they may do."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.web.public import PublicPage
from gsp.workflow import Refused
from partnerships.roles import System
from privacy import queries
from privacy.actions import access, requests
from privacy.actions.export import archive
from privacy.models import OwnAccess
from privacy.web.forms import AskForm, BirthDateForm
from privacy.web.people import as_download
from trainees.actions.consent import give, withdraw
from trainees.models import Consent
from trainees.models.consent import Purpose

OPEN_FOR = timedelta(minutes=30)
SHOWN = 100
PERSON = System("the person")


class OwnPage(PublicPage):
    """Opened by the code in the link and the day of birth; stays open for half an hour.

    Whoever gave the link could open it too, so it shows what the centre of that record keeps and
    nothing of another centre's; the agency's export holds all.
    """

    purpose = "own page"
    write_rate = 30

    def get(self, request, code):
        """Ask for the day of birth, or show the page."""
        access_ = self._opened(code)
        if access_ is None:
            return self._ask(code, BirthDateForm())
        return self._show(access_.person, AskForm())

    def post(self, request, code):
        """Open the page, or do what its buttons say.

        Raises:
            Http404: the page is not open, or there is no such button.

        """
        act = request.POST.get("act", "")
        if act == "open":
            return self._open(code)
        access_ = self._opened(code)
        acts = {
            "consent": self._consent,
            "ask": self._ask_for,
            "export": self._export,
            "close": self._close,
        }
        if act not in acts or (access_ is None and act != "close"):
            raise Http404
        return acts[act](access_.person if access_ else None)

    def _opened(self, code):
        """Return the link if this browser opened it a short time ago and it still works."""
        now = timezone.now()
        found = OwnAccess.objects.usable(now).with_code(code).select_related("person__country")
        access_ = found.first()
        until = self.request.session.get(self._key(access_)) if access_ else None
        return access_ if until and datetime.fromisoformat(until) > now else None

    def _key(self, access_) -> str:
        return f"own-page:{access_.uid}"

    def _open(self, code):
        form = BirthDateForm(self.request.POST)
        if not form.is_valid():
            return self._ask(code, form)
        now = timezone.now()
        try:
            day = form.cleaned_data["birth_date"].isoformat()
            access_ = access.open_with(code, day, at=now)
        except Refused as refusal:
            form.add_error("birth_date", refusal.message)
            return self._ask(code, form)
        self.request.session.cycle_key()  # nobody who planted a session shares what it opens
        self.request.session[self._key(access_)] = (now + OPEN_FOR).isoformat()
        return redirect(self._here())

    def _here(self) -> str:
        names = {"agency": self.agency.slug, "code": self.kwargs["code"]}
        return reverse("own-page", kwargs=names)

    def _ask(self, code, form):
        self.template_name = "privacy/own_page_closed.html"
        return self.render_to_response(self.get_context_data(form=form))

    def _show(self, person, form):
        self.template_name = "privacy/own_page.html"
        context = self.get_context_data(
            person=person,
            parts=queries.held_on(person, one_centre=True),
            looks=queries.looks_at(person, one_centre=True)[:SHOWN],
            disclosures=queries.disclosures_of(person, one_centre=True)[:SHOWN],
            consents=self._consents(person),
            requests=queries.requests_of(person)[:SHOWN],
            form=form,
        )
        return self.render_to_response(context)

    def _consents(self, person) -> list[dict]:
        """Return each purpose with the words a person would agree to now."""
        from trainees.actions import wordings

        language, today = self.request.LANGUAGE_CODE, timezone.localdate()
        return [
            one | {"text": wordings.in_force(one["purpose"], on=today).text(language)}
            for one in queries.consents_of(person, one_centre=True)
        ]

    def _consent(self, person):
        purpose = self.request.POST.get("purpose", "")
        if purpose not in Purpose.values:
            raise Http404
        act = give if self.request.POST.get("agrees") else withdraw
        act(
            person,
            purpose,
            by=PERSON,
            at=timezone.now(),
            through=Consent.Through.OWN_PAGE,
        )
        messages.success(self.request, _("Your choice holds from now on."))
        return redirect(self._here())

    def _ask_for(self, person):
        form = AskForm(self.request.POST)
        if form.is_valid():
            facts = form.cleaned_data
            try:
                requests.ask(person, facts["kind"], text=facts["text"], at=timezone.now())
            except Refused as refusal:
                form.add_error(refusal.field, refusal.message)
            else:
                messages.success(
                    self.request, _("The agency has your request and answers within 30 days.")
                )
                return redirect(self._here())
        return self._show(person, form)

    def _export(self, person):
        return as_download(archive(person, at=timezone.now()), person)

    def _close(self, person):
        kept = list(self.request.session.keys())  # a session cannot be iterated itself
        for key in filter(lambda key: key.startswith("own-page:"), kept):
            del self.request.session[key]
        return redirect(self._here())
