"""The keys that sign the agency's certificates."""

from django.utils import timezone
from django.utils.translation import gettext as _

from credentials import addresses, queries
from credentials.actions.keys import rotate
from gsp.web.views import DeskList
from partnerships.roles import Permission


class KeyList(DeskList):
    """All keys, the one in force first; the button rotates it."""

    permission = write_permission = Permission.MANAGE_KEYS
    template_name = "credentials/keys.html"

    def get_queryset(self):
        """Return them, the newest first."""
        return queries.keys()

    def get_context_data(self, **kwargs):
        """Add where the public halves are published."""
        context = super().get_context_data(**kwargs)
        return context | {"issuer_url": addresses.issuer(self.desk.agency.slug)}

    def post(self, request):
        """Retire the key in force and make a new one."""
        return self.attempt(
            lambda: rotate(by=self.desk.member, at=timezone.now()),
            done=_("From now on a new key signs. Certificates issued before stay valid."),
            back=self.desk.url("signing-keys"),
        )
