"""Errors as RFC 9457 problem details: a stable type, the field, and what to do."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from gsp.tenancy.scope import current
from gsp.workflow import NotAllowed, Refused, Stale

TYPE = "/problems/"
MEDIA_TYPE = "application/problem+json"


def problem(error, context):
    """Turn an anticipated error into a problem response; roll back what it had begun.

    Returns None for the unexpected, which becomes a 500.
    """
    error = _known(error)
    if error is None:
        return None
    if current() is not None:
        transaction.set_rollback(True)
    response = Response(_body(error), status=error.status_code, content_type=MEDIA_TYPE)
    if getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        response["Retry-After"] = f"{error.wait:.0f}"
    return response


def _known(error):
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied | NotAllowed):
        return exceptions.PermissionDenied()
    if isinstance(error, Stale):
        return _with_status(exceptions.APIException(error.message, error.code), 409, error.field)
    if isinstance(error, Refused):
        return _with_status(exceptions.APIException(error.message, error.code), 422, error.field)
    if isinstance(error, ValidationError):
        detail = error.message_dict if hasattr(error, "error_dict") else error.messages
        return _with_status(exceptions.ValidationError(detail), 422)
    return None


def _with_status(error, status: int, field: str = ""):
    error.status_code = status
    error.field = field
    return error


def _body(error) -> dict:
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else "invalid"
    body = {"type": f"{TYPE}{code.replace('_', '-')}", "title": _title(error), "code": code}
    body["status"] = error.status_code
    if isinstance(error, exceptions.ValidationError):
        body["errors"] = list(_fields(error.get_full_details(), "#"))
    else:
        body["detail"] = str(error.detail)
        if getattr(error, "field", ""):
            body["errors"] = [{"pointer": f"#/{error.field}", "detail": body["detail"]}]
    return body


def _title(error) -> str:
    titles = {
        400: _("The request cannot be read."),
        401: _("Sign in first."),
        403: _("You do not have the right to do this."),
        404: _("There is no such thing here."),
        405: _("This address does not do that."),
        409: _("Somebody else was faster."),
        422: _("This cannot be done as asked."),
        429: _("Too many requests."),
    }
    if isinstance(error, exceptions.ValidationError):
        return _("Some fields need correction.")
    return str(titles.get(error.status_code, error.default_detail))


def _fields(details, pointer: str):
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"pointer": pointer, "code": details["code"], "detail": str(details["message"])}
    elif isinstance(details, dict):
        for name, inner in details.items():
            yield from _fields(
                inner, pointer if name == "non_field_errors" else f"{pointer}/{name}"
            )
    else:
        for position, inner in enumerate(details):
            is_message = isinstance(inner, dict) and set(inner) == {"message", "code"}
            yield from _fields(inner, pointer if is_message else f"{pointer}/{position}")


def not_found(request, exception=None):
    """Return 404 as a problem, for API paths that no route knows."""
    return JsonResponse(
        {
            "type": f"{TYPE}not-found",
            "title": _("There is no such thing here."),
            "code": "not_found",
            "status": 404,
        },
        status=404,
        content_type=MEDIA_TYPE,
    )
