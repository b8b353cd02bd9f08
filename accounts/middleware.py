"""The signed-in user's language and clock for every page they open."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone, translation


class PreferencesMiddleware:
    """Answers in the user's language and time zone.

    A language chosen in this browser (its cookie) wins over the one of the account, because it
    was chosen later; without either, the browser's own preference stands.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer inside the preferences; both end with the request."""
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        if user.language in dict(settings.LANGUAGES) and not _chosen_here(request):
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(_zone(user.time_zone)):
            return self.get_response(request)


def _chosen_here(request) -> bool:
    return settings.LANGUAGE_COOKIE_NAME in request.COOKIES


def _zone(name: str):
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
