"""Permission of the API: the desk's member, the action, and what is not meant for them is 404."""

from rest_framework.exceptions import NotAuthenticated, NotFound, PermissionDenied
from rest_framework.permissions import BasePermission

# No action: a method the address does not know, and OPTIONS. Both go on to 405.
NOTHING_DONE = (None, "metadata")


class MemberMay(BasePermission):
    """The member at this desk has the permission the action names."""

    def has_permission(self, request, view):
        """Allow, or answer in a way that tells a stranger nothing.

        Raises:
            NotAuthenticated: nobody is signed in (401).
            NotFound: no member of this desk, or an organisation it is not meant for.
            PermissionDenied: agency staff who know it exists but may not do it.

        """
        if not request.user.is_authenticated:
            raise NotAuthenticated
        desk = getattr(request, "desk", None)
        if desk is None:
            raise NotFound
        if view.action in NOTHING_DONE or desk.member.may(view.permissions[view.action]):
            return True
        if desk.organisation is not None:
            raise NotFound
        raise PermissionDenied
