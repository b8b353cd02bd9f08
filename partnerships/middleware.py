"""Finds the desk of an address and runs the view inside its scope."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from gsp.api.authentication import bearer_user
from gsp.tenancy.scope import Because, scope
from partnerships.desks import desks_of


class DeskMiddleware:
    """Addresses that name an agency and a desk are served inside that desk's walls.

    The view and the rendering of its template run in one transaction, which rolls back when
    the view raises. Whoever is no member of the desk meets 404, as if nothing were there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Pass on; the work is in ``process_view``, where the address is known."""
        request.desk, request.desks = None, []
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Serve the view at its desk, or say why not.

        Raises:
            Http404: signed in, but no member of this desk.

        """
        if "agency" not in kwargs or "desk" not in kwargs:
            return None
        address = kwargs.pop("agency"), kwargs.pop("desk")
        is_api = request.path.startswith("/api/")
        user = _caller(request) if is_api else request.user
        if not user or not user.is_authenticated:
            return None if is_api else redirect_to_login(request.get_full_path())
        request.desks = desks_of(user)
        request.desk = next((desk for desk in request.desks if desk.address == address), None)
        if request.desk is None:
            if is_api:
                return None
            raise Http404
        return self._serve(request, view, args, kwargs)

    def _serve(self, request, view, args, kwargs):
        desk = request.desk
        member = desk.member
        because = Because(
            actor=member.user_id,
            actor_name=member.user.name,
            via="api" if request.path.startswith("/api/") else "web",
            request=request.request_id,
        )
        with scope(desk.agency, desk.organisation, because=because):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not response.is_rendered:
                response = response.render()
        return response


def _caller(request):
    """Return who calls the API: the token's user if a token was sent, else the session's."""
    found = bearer_user(request)
    return request.user if found is None else found
