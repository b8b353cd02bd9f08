"""How sign-in behaves here: accounts are given by agencies, nobody registers alone."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Closes public registration."""

    def is_open_for_signup(self, request):
        """Return False: members are invited."""
        return False
