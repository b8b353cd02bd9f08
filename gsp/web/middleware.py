"""What every request gets before anything else."""

import ipaddress
import re

import uuid6
from django.conf import settings

WANTED = re.compile(r"^[A-Za-z0-9_.-]{8,80}$")


class ClientAddressMiddleware:
    """Puts the caller's address into REMOTE_ADDR where proxies stand before the platform.

    Each of ``TRUSTED_PROXIES`` appends whom it answers to X-Forwarded-For; what stands further
    left the caller wrote. Without it all callers would share one limit of requests.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer as before."""
        count = settings.TRUSTED_PROXIES
        named = request.headers.get("X-Forwarded-For", "").split(",")
        if 0 < count <= len(named):
            try:
                address = ipaddress.ip_address(named[-count].strip())
            except ValueError:
                return self.get_response(request)
            request.META["REMOTE_ADDR"] = str(address)
        return self.get_response(request)


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
