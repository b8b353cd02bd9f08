"""After signing in: choose the desk; who has one goes there at once."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from partnerships.desks import desks_of


@login_required
def desks(request):
    """Show the desks of the user, grouped by agency."""
    found = desks_of(request.user)
    if len(found) == 1 and "choose" not in request.GET:
        return redirect(found[0].home)
    return render(request, "reporting/desks.html", {"found": found})
