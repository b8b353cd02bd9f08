"""Names of countries, languages and currencies in the reader's language, from CLDR."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils import translation


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def localised_name(kind: str, code: str, *, otherwise: str, language: str | None = None) -> str:
    """Return the name of a code in a language.

    ``kind`` is ``territories``, ``languages`` or ``currencies``; ``language`` a code such as
    ``de`` or ``pt-br``, the active language where None. An unknown code gives ``otherwise``.
    """
    locale = _locale(language or translation.get_language() or "en")
    return getattr(locale, kind).get(code, otherwise)
