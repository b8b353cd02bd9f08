"""Whether a user must, and does, sign in with a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings


def lacks_second_factor(user) -> bool:
    """Tell whether the platform asks for a second factor that ``user`` has not set up yet."""
    return settings.MFA_REQUIRED_FOR_AGENCY_STAFF and not is_mfa_enabled(user)
