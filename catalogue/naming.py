"""Entries of the catalogue as people and systems name them: by code, by URI or by title."""

import re

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from catalogue.models import Country, Currency, Language, Occupation, OccupationLevel, Skill
from gsp.workflow import Refused

UNIT_GROUP = re.compile(r"^[0-9]{4}$")
WIDER_GROUP = re.compile(r"^[0-9]{1,3}$")


def occupation_named(text: str, *, field: str = "occupation") -> Occupation:
    """Return the current occupation or unit group of a URI, an ISCO-08 or ESCO code or a title.

    Raises:
        Refused: nothing, or more than one, bears this name; it is obsolete, or too wide a group.

    """
    text = text.strip()
    if WIDER_GROUP.match(text):
        raise _too_wide(text, field)
    found = list(_occupations(text).select_related("unit_group")[:2])
    if len(found) != 1:
        raise _unknown_occupation(text, field, several=bool(found))
    (occupation,) = found
    if occupation.level < OccupationLevel.UNIT_GROUP:
        raise _too_wide(text, field)
    if occupation.obsolete_since_id:
        raise Refused(
            _("“%(name)s” is obsolete in the classification. Choose a current occupation.")
            % {"name": occupation.title},
            field=field,
            code="obsolete_occupation",
        )
    return occupation


def _occupations(text: str):
    if UNIT_GROUP.match(text):
        return Occupation.objects.filter(isco_code=text, level=OccupationLevel.UNIT_GROUP)
    if "://" in text:
        return Occupation.objects.filter(uri=text)
    by_code = Occupation.objects.filter(code=text)
    return (
        by_code
        if text[:1].isdigit()
        else Occupation.objects.current().filter(
            level__gte=OccupationLevel.UNIT_GROUP, title__iexact=text
        )
    )


def _unknown_occupation(text: str, field: str, *, several: bool) -> Refused:
    if several:
        message = _("Several occupations are called “%(text)s”. Give the code or URI of one.")
        return Refused(message % {"text": text}, field=field, code="ambiguous_occupation")
    message = _(
        "There is no occupation “%(text)s”. Give an ISCO-08 code of four digits, such as 7112, "
        "or the URI of an ESCO occupation."
    )
    return Refused(message % {"text": text}, field=field, code="unknown_occupation")


def _too_wide(text: str, field: str) -> Refused:
    message = _("“%(text)s” is too wide a group. Give an ISCO-08 code of four digits.")
    return Refused(message % {"text": text}, field=field, code="occupation_too_wide")


def skills_named(texts: list[str], *, field: str = "skills") -> list[Skill]:
    """Return the current skills of URIs or exact titles (capitals aside), in the given order.

    Raises:
        Refused: no current skill, or more than one, bears a name; ``field`` names which.

    """
    wanted = [text.strip().lower() for text in texts]
    rows = Skill.objects.current().annotate(known_as=Lower("title"))
    found: dict[str, list[Skill]] = {}
    for skill in rows.filter(Q(uri__in=[text.strip() for text in texts]) | Q(known_as__in=wanted)):
        found.setdefault(skill.uri.lower(), []).append(skill)
        found.setdefault(skill.known_as, []).append(skill)
    for position, (text, key) in enumerate(zip(texts, wanted, strict=True)):
        if len(found.get(key, ())) != 1:
            raise _unclear_skill(text, f"{field}/{position}/skill", several=key in found)
    return [found[key][0] for key in wanted]


def _unclear_skill(text: str, field: str, *, several: bool) -> Refused:
    if several:
        message = _("Several skills are called “%(text)s”. Give the URI of one.")
        return Refused(message % {"text": text}, field=field, code="ambiguous_skill")
    message = _("There is no skill “%(text)s”. Give its ESCO URI or its exact title.")
    return Refused(message % {"text": text}, field=field, code="unknown_skill")


def country_named(code: str, *, field: str = "country") -> Country:
    """Return the country of a two-letter code.

    Raises:
        Refused: there is none.

    """
    message = _("There is no country “%(code)s”. Give two capital letters, such as DE or XK.")
    return _by_code(Country, code, message, field)


def language_named(code: str, *, field: str = "language") -> Language:
    """Return the language of a code of ISO 639.

    Raises:
        Refused: there is none.

    """
    message = _("There is no language “%(code)s”. Give a code of ISO 639, such as de.")
    return _by_code(Language, code, message, field)


def currency_named(code: str, *, field: str = "currency") -> Currency:
    """Return the currency of a code of ISO 4217.

    Raises:
        Refused: there is none.

    """
    message = _("There is no currency “%(code)s”. Give a code of ISO 4217, such as EUR.")
    return _by_code(Currency, code, message, field)


def _by_code(model, code: str, message: str, field: str):
    found = model.objects.filter(pk=code.strip()).first()
    if found is None:
        raise Refused(
            message % {"code": code}, field=field, code=f"unknown_{model._meta.model_name}"
        )
    return found
