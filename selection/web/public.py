"""What anybody may do without an account: read a call, apply, come back with a code, answer.

The code never stands in an address: it is typed into a form and kept for two hours in a signed
cookie that only these pages get.
"""

from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gsp.web.public import PublicPage
from gsp.workflow import Refused
from partnerships.roles import System
from selection import codes, queries
from selection.actions import applications, drafts, places
from selection.models import Application, Call
from selection.states import ApplicationState, CallState
from selection.web.consenting import agreed_texts, asked_purposes, notice, purposes_of
from selection.web.public_form import PublicForm

BY = System("applicant")
COOKIE, KEPT = "application", 2 * 3600


class CallView(PublicPage, abstract=True):
    """A page of one call, named by its public address."""

    def dispatch(self, request, *args, agency, **kwargs):
        """Serve, and hand out or take back the code's cookie."""
        self.keeps = None
        self.where = {"agency": agency, "code": kwargs["code"]}
        response = super().dispatch(request, *args, agency=agency, **kwargs)
        path = reverse("public-call", kwargs=self.where)
        if self.keeps:
            response.set_signed_cookie(
                COOKIE,
                self.keeps,
                max_age=KEPT,
                path=path,
                httponly=True,
                samesite="Strict",
                secure=request.is_secure(),
            )
        elif self.keeps == "":
            response.delete_cookie(COOKIE, path=path, samesite="Strict")
        return response

    def setup(self, request, *args, **kwargs):
        """Read the code of the cookie."""
        super().setup(request, *args, **kwargs)
        try:
            self.code = request.get_signed_cookie(COOKIE, default="", max_age=KEPT)
        except BadSignature:
            self.code = ""

    def find(self, code: str) -> Call:
        """Return the call.

        Raises:
            Http404: there is none, or it is not public yet.

        """
        rows = Call.objects.published().select_related("cohort__course", "centre")
        found = rows.filter(code=code).first()
        if found is None:
            raise Http404
        return found

    def own(self) -> Application | None:
        """Return the application of the code."""
        sha256 = codes.hashed(self.code) if self.code else ""
        if not sha256:
            return None
        rows = queries.applications(self.call)
        return rows.filter(code_sha256=sha256).exclude(code_sha256="").first()

    def go(self, name: str):
        """Redirect to another page of the call, in the same language."""
        language = self.request.GET.get("language", "")
        query = f"?language={get_language()}" if language else ""
        return redirect(reverse(name, kwargs=self.where) + query)

    def get(self, request, code):
        """Show the page."""
        self.call = self.find(code)
        return self.show()

    def show(self, **more):
        """Return the page with what its template needs."""
        takes = self.call.state == CallState.OPEN
        now = timezone.now()
        return self.render_to_response(
            self.get_context_data(
                call=self.call,
                asked_rules=queries.conditions_in_words(self.call),
                takes=takes and self.call.opens_at <= now < self.call.closes_at,
                is_early=takes and now < self.call.opens_at,
                where=self.where,
                **more,
            )
        )


class CallPublic(CallView):
    """What the call offers and asks, and the way in."""

    purpose = "call for applications"
    template_name = "selection/public/call.html"


class CallApply(CallView):
    """The form: sent, or saved to come back to."""

    purpose = "application form"
    template_name = "selection/public/apply.html"

    def get(self, request, code):
        """Show the form, as far as it was filled in."""
        self.call = self.find(code)
        if self.own() is not None:
            return self.go("public-status")
        draft = drafts.found(self.call, self.code)
        before = drafts.answers(draft) if draft else None
        return self.form_page(PublicForm(initial=before, call=self.call))

    def post(self, request, code):
        """Save or send."""
        self.call = self.find(code)
        if request.POST.get("website"):  # nobody sees this field but a robot
            self.keeps = codes.draw()
            return self.go("public-code")
        form = PublicForm(request.POST, call=self.call)
        try:
            if "save" in request.POST:
                return self.save(form)
            if form.is_valid():
                return self.send(form)
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.is_valid()
            form.add_error(field, refusal.message)
        return self.form_page(form)

    def save(self, form):
        """Keep what is there, however incomplete."""
        code = self.code if drafts.found(self.call, self.code) else codes.draw()
        given = form.as_given()
        at = timezone.now()
        drafts.save(self.call, given, code=code, language=get_language(), at=at)
        self.keeps = code
        return self.go("public-code")

    def send(self, form):
        """Take the application; its draft is no longer needed."""
        code, at = codes.draw(), timezone.now()
        applications.submit(
            self.call,
            form.applicant(),
            code_sha256=codes.hashed(code),
            purposes=purposes_of(form),
            agreed=agreed_texts(form, on=at.date()),
            language=get_language(),
            by=BY,
            at=at,
        )
        drafts.drop(self.call, self.code)
        self.keeps = code
        return self.go("public-code")

    def form_page(self, form):
        """Show the form with the words of each consent."""
        purposes = asked_purposes(form, on=timezone.localdate())
        return self.show(form=form, purposes=purposes, notice=notice(self.call))


class CallCode(CallView):
    """The code is shown once here, and typed in to come back."""

    purpose = "code of an application"
    template_name = "selection/public/code.html"
    write_rate = 10

    def get(self, request, code):
        """Show the code just drawn, or ask for one."""
        self.call = self.find(code)
        is_sent = self.own() is not None
        is_saved = not is_sent and drafts.found(self.call, self.code) is not None
        return self.show(code=self.code, is_sent=is_sent or bool(self.code and not is_saved))

    def post(self, request, code):
        """Open what the code belongs to; or forget it on this device."""
        self.call = self.find(code)
        if "forget" in request.POST:
            self.keeps = ""
            return self.go("public-call")
        self.code = request.POST.get("code", "")[:60]
        if self.own() is not None:
            self.keeps = self.code
            return self.go("public-status")
        if drafts.found(self.call, self.code):
            self.keeps = self.code
            return self.go("public-apply")
        self.code = ""
        wrong = _("No application has this code. Check each sign; drafts are kept for 30 days.")
        return self.show(code="", wrong=wrong)


ANSWERS = {"accept": places.accept, "decline": places.decline, "withdraw": applications.withdraw}


class CallStatus(CallView):
    """Where the application stands; an offer is accepted or declined here."""

    purpose = "status of an application"
    template_name = "selection/public/status.html"

    def get(self, request, code):
        """Show it to whoever typed the code in."""
        self.call = self.find(code)
        application = self.own()
        if application is None:
            return self.go("public-code")
        return self.status(application)

    def post(self, request, code):
        """Record the answer."""
        self.call = self.find(code)
        application, action = self.own(), ANSWERS.get(request.POST.get("answer", ""))
        if application is None or action is None:
            return self.go("public-code")
        try:
            action(application, by=BY, at=timezone.now())
        except Refused as refusal:
            application.refresh_from_db()
            return self.status(application, wrong=refusal.message)
        return self.go("public-status")

    def status(self, application, wrong=""):
        """Show what the applicant may know: nothing of a decision that is not sent."""
        known = queries.told(application)
        return self.show(
            application=application,
            known=known,
            ahead=queries.ahead(application) if known == ApplicationState.WAITLISTED else 0,
            offer=application.offers.filter(sent_at__isnull=False).first(),
            reasons=queries.told_reasons(application),
            may_withdraw=known in (ApplicationState.APPLIED, ApplicationState.WAITLISTED)
            and not queries.is_being_decided(self.call),
            wrong=wrong,
        )
