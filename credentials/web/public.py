"""What anybody may ask: does a certificate stand, who issued it, under which keys."""

import json

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials import addresses, codes, queries
from credentials.actions.checks import count_check
from credentials.actions.lists import signed_list
from credentials.certificate.wording import WORDINGS
from credentials.issuer import key_set, profile
from credentials.open_badge import TERMS
from gsp.web.forms import short_text
from gsp.web.public import PublicPage, PublicView

PURPOSE = "check of a certificate"
STATUS = {queries.UNKNOWN: 404}
SIGNED = {"application/vc": "document", "application/vc+jwt": "token"}


class CodeEntry(PublicPage):
    """A field to type the code of a certificate into."""

    purpose = PURPOSE
    template_name = "credentials/public_entry.html"

    def get(self, request, **kwargs):
        """Show the field, or go on to the code that was typed."""
        typed = short_text(request.GET, "code", 100)
        code = codes.tidy(typed)
        if code:
            kwargs = {"agency": self.agency.slug, "code": code}
            return redirect(reverse("public-credential", kwargs=kwargs))
        return self.render_to_response(self.get_context_data(typed=typed))


class CredentialCheck(PublicPage):
    """Tells whether a certificate stands: as a page, as JSON, or the signed credential itself."""

    purpose = PURPOSE
    template_name = "credentials/public_credential.html"

    def get(self, request, code):
        """Answer in the form that ``Accept`` asks for; every look is counted, by day."""
        now = timezone.now()
        verdict = queries.verdict(code, on=now.date())
        if verdict.credential is not None:
            count_check(verdict.credential, at=now)
        wanted = request.get_preferred_type(["text/html", "application/json", *SIGNED])
        if wanted in SIGNED:
            return _signed(verdict, wanted)
        if wanted == "application/json":
            return _open(
                JsonResponse(_told(verdict, now), status=STATUS.get(verdict.standing, 200))
            )
        context = self.get_context_data(
            verdict=verdict,
            checked_at=now,
            code=codes.grouped(codes.tidy(code)),
            languages=[(code, words.name) for code, words in WORDINGS.items()],
        )
        return self.render_to_response(context, status=STATUS.get(verdict.standing, 200))


class Issuer(PublicView):
    """Who signs, and the public halves of all keys that ever did."""

    purpose = PURPOSE

    def get(self, request):
        """Send the profile."""
        return _open(JsonResponse(profile(self.agency, queries.keys())))


class KeySet(PublicView):
    """The same keys as a JSON Web Key Set."""

    purpose = PURPOSE

    def get(self, request):
        """Send the keys."""
        return _open(JsonResponse(key_set(self.agency, queries.keys())))


class Terms(PublicView):
    """The JSON-LD context of the terms that credentials use beyond the standards."""

    purpose = PURPOSE

    def get(self, request):
        """Send it."""
        return _open(JsonResponse(TERMS, content_type="application/ld+json"))


class StatusList(PublicView):
    """Which certificates ended, as a signed list of bits."""

    purpose = PURPOSE

    def get(self, request, number):
        """Send the list, signed anew by the key in force."""
        if not queries.has_list(number):
            raise Http404
        signed = signed_list(self.agency, number, at=timezone.now())
        return _open(JsonResponse(signed, content_type="application/vc"))


def _signed(verdict, content_type: str) -> HttpResponse:
    """Return the credential as it was signed; 410 where it was erased, 404 where unknown."""
    if verdict.sealed is None:
        return _open(HttpResponse(status=404))
    content = getattr(verdict.sealed, SIGNED[content_type])
    if not content or verdict.standing == queries.ENDED:
        return _open(HttpResponse(status=410))
    return _open(HttpResponse(content, content_type=content_type))


def _told(verdict, now) -> dict:
    """Return what the page says, as JSON."""
    told = {"standing": verdict.standing, "checked_at": now.isoformat(timespec="seconds")}
    if verdict.credential is None:
        return told | {"message": _("There is no certificate with this code.")}
    credential, said = verdict.credential, verdict.statement
    told |= {
        "course": said["course"]["title"],
        "issuer": said["agency"]["name"],
        "centre": said["centre"]["name"],
        "issued_on": credential.issued_on.isoformat(),
        "valid_until": credential.valid_until and credential.valid_until.isoformat(),
        "demonstration": said["is_demonstration"],
    }
    if verdict.standing == queries.ENDED:
        return told | {
            "ended_on": credential.ended_on and credential.ended_on.isoformat(),
            "reason": verdict.reason,
        }
    return told | {
        "holder": verdict.holder_name,
        "credential": json.loads(verdict.sealed.document),
        "issuer_profile": addresses.issuer(said["agency"]["address"]),
    }


def _open(response: HttpResponse) -> HttpResponse:
    """Let the page of any verifier read the answer."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Vary"] = "Accept"
    return response
