"""Asks agency staff for a second factor before their desk opens."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.second_factor import lacks_second_factor
from gsp.api.authentication import bearer_user
from gsp.api.errors import MEDIA_TYPE, TYPE
from partnerships.models.organisation import AGENCY_DESK


class SecondFactorMiddleware:
    """Stands before ``DeskMiddleware``: sessions without a factor do not reach an agency's desk.

    Whoever is no member learns nothing: the address alone decides.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Pass on; the work is in ``process_view``, where the address is known."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Send pages to the set-up of a factor; answer the API's sessions with 403."""
        is_api = request.path.startswith("/api/")
        if kwargs.get("desk") != AGENCY_DESK or not request.user.is_authenticated:
            return None
        if is_api and bearer_user(request) is not None:
            return None  # a token speaks for a machine, whatever session comes along with it
        if not lacks_second_factor(request.user):
            return None
        words = _("Set up a second factor (an app or a passkey) before you open the agency's desk.")
        if not is_api:
            messages.warning(request, words)
            return redirect("mfa_index")
        problem = {
            "type": f"{TYPE}second-factor-required",
            "title": _("You do not have the right to do this."),
            "code": "second_factor_required",
            "status": 403,
            "detail": words,
        }
        return JsonResponse(problem, status=403, content_type=MEDIA_TYPE)
