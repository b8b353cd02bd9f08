"""What every page knows about the desk it is on."""

from gsp.web.navigation import sections


def desk(request):
    """Return the desk, the member's other desks (looked up only if shown) and the navigation."""
    opened = getattr(request, "desk", None)
    if opened is None:
        return {"desk": None, "navigation": []}
    return {"desk": opened, "navigation": sections(opened, request.path)}
