"""What every page knows about the desk it is on."""

from gsp.web.navigation import sections


def desk(request):
    """Return the desk, all desks of the member (the middleware read them) and the navigation."""
    opened = getattr(request, "desk", None)
    if opened is None:
        return {"desk": None, "desks": [], "navigation": []}
    return {"desk": opened, "desks": request.desks, "navigation": sections(opened, request.path)}
