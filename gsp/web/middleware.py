"""What every request gets before anything else."""

import re

import uuid6

WANTED = re.compile(r"^[A-Za-z0-9_.-]{8,80}$")


class RequestIdMiddleware:
    """Gives each request an identifier, or keeps the caller's, and returns it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer with ``X-Request-ID``."""
        wanted = request.headers.get("X-Request-ID", "")
        request.request_id = wanted if WANTED.match(wanted) else str(uuid6.uuid7())
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id
        return response
