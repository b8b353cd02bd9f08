"""How the OpenAPI schema describes sign-in."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class ClientTokenScheme(OpenApiAuthenticationExtension):
    """OAuth2 client credentials, as ``/identity/o/api/token`` grants them."""

    target_class = "gsp.api.authentication.ClientTokenAuthentication"
    name = "machineClient"

    def get_security_definition(self, auto_schema):
        """Return the OAuth2 flow."""
        return {
            "type": "oauth2",
            "flows": {"clientCredentials": {"tokenUrl": "/identity/o/api/token", "scopes": {}}},
        }


class SessionScheme(OpenApiAuthenticationExtension):
    """The session cookie of a signed-in member."""

    target_class = "gsp.api.authentication.SessionWithChallenge"
    name = "session"

    def get_security_definition(self, auto_schema):
        """Return the cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
