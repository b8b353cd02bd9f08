"""The files a certificate is sent as, for callers whose ``Accept`` names them."""

from rest_framework.renderers import JSONRenderer


class Pdf(JSONRenderer):
    """A PDF; the view sends it ready made, problems stay JSON."""

    media_type = "application/pdf"
    format = "pdf"


class SignedJson(JSONRenderer):
    """A verifiable credential with its proof inside."""

    media_type = "application/vc"
    format = "vc"


class SignedToken(JSONRenderer):
    """A verifiable credential as signed token."""

    media_type = "application/vc+jwt"
    format = "vc+jwt"
