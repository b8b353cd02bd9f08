"""Machine tokens and sessions, for the API and for the desk that serves it."""

from allauth.idp.oidc.models import Token
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed

CHALLENGE = 'Bearer realm="api"'


def bearer_user(request):
    """Return the machine user of the request's bearer token.

    Returns None where no token was sent, and False where the token is unknown, expired or its
    client or user is switched off.
    """
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    token = Token.objects.lookup(Token.Type.ACCESS_TOKEN, value.strip())
    owner = token.client.owner if token and token.client else None
    return owner if owner and owner.is_active and owner.is_machine else False


class ClientTokenAuthentication(BaseAuthentication):
    """OAuth2 client credentials: the token's client stands for one organisation."""

    def authenticate(self, request):
        """Return the machine user.

        Raises:
            AuthenticationFailed: a token was sent that is not, or no longer, good.

        """
        user = bearer_user(request)
        if user is None:
            return None
        if user is False:
            raise AuthenticationFailed(_("The token is unknown or has expired. Ask for a new one."))
        return user, "token"

    def authenticate_header(self, request):
        """Return the challenge that goes with 401."""
        return CHALLENGE


class SessionWithChallenge(SessionAuthentication):
    """The browser's session; unsafe requests need the CSRF token."""

    def authenticate_header(self, request):
        """Return the challenge that goes with 401."""
        return CHALLENGE
