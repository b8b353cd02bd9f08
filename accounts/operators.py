"""The Django admin, for operators of the installation alone."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect

from accounts.second_factor import lacks_second_factor


class OperatorSite(AdminSite):
    """Opens to superusers with a second factor, and has no sign-in form of its own."""

    def has_permission(self, request) -> bool:
        """Return whether this is an active superuser who needs no further factor."""
        user = request.user
        return user.is_active and user.is_superuser and not lacks_second_factor(user)

    def login(self, request, extra_context=None):
        """Send strangers to the platform's sign-in, which limits attempts and knows factors.

        Raises:
            Http404: signed in, but no operator.

        """
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or request.get_full_path())
        if not request.user.is_superuser:
            raise Http404
        if lacks_second_factor(request.user):
            return redirect("mfa_index")
        return redirect("admin:index")
