"""The guards of the person: language, age and origin, as the partnership's terms ask for them."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from catalogue.models import CefrLevel
from gsp.web.formats import day
from gsp.workflow import Refused
from trainees.models import LanguageResult
from trainees.states import Track

RANK = {level.value: level.rank for level in CefrLevel}
FOUR = ("listening", "reading", "speaking", "writing")


def personal_guards(standing, cohort, track, person, *, level: str, on) -> list[Refused]:
    """Return what of the away track's conditions a person does not meet on a day.

    ``person`` has ``country_id``, ``born_on`` and ``birth_year``; ``level`` is the CEFR level
    shown in the language of the terms, "" for none. The home track is open to all admitted.
    """
    if track != Track.AWAY:
        return []
    terms = standing.partnership
    found = [
        _language(terms, cohort, level, on),
        _age(terms, person, on),
        _origin(standing, person),
    ]
    return [refusal for refusal in found if refusal]


def language_due_on(terms, cohort) -> date | None:
    """Return the day by which the language is shown, None where it is needed at once."""
    days = terms.away_language_days
    return None if days is None else cohort.ends_on - timedelta(days=days)


def levels_shown(terms, people, on) -> dict[int, str]:
    """Return, by person id, the level in the away language that is valid on a day; one query.

    The best overall result counts, else the lowest of all four skills.
    """
    if terms.away_language_id is None:
        return {}
    rows = LanguageResult.objects.filter(
        person__in=people, language=terms.away_language_id, tested_on__lte=on
    ).exclude(expires_on__lt=on)
    best: dict[int, dict[str, str]] = {}
    for person, skill, level in rows.values_list("person_id", "skill", "level"):
        shown = best.setdefault(person, {})
        shown[skill] = max(shown.get(skill, level), level)
    return {person: level for person, shown in best.items() if (level := _overall(shown))}


def _overall(shown: dict[str, str]) -> str:
    if "overall" in shown:
        return shown["overall"]
    return min(shown[skill] for skill in FOUR) if all(s in shown for s in FOUR) else ""


def _language(terms, cohort, level: str, on) -> Refused | None:
    due = language_due_on(terms, cohort)
    if terms.away_language_id is None or (due and on <= due):
        return None
    if level and RANK[level] >= RANK[terms.away_level]:
        return None
    facts = {"language": terms.away_language, "needed": terms.away_level, "level": level}
    if level:
        text = _("The away track needs %(language)s %(needed)s; %(level)s is shown.") % facts
    else:
        text = _("The away track needs %(language)s %(needed)s; no valid result is shown.") % facts
    text += " " + _("Enter a result of %(needed)s or better that is valid.") % facts
    if due:
        text += " " + _("It was due by %(day)s.") % {"day": day(due)}
    return Refused(text, field="track", code="language")


def _age(terms, person, on) -> Refused | None:
    least, most = terms.minimum_age, terms.maximum_age
    if least is None and most is None:
        return None
    age = _years(person, on)
    if age is None:
        text = _("The away track has an age limit, and no date of birth is known. Enter it.")
        return Refused(text, field="track", code="birth_unknown")
    if least is not None and age < least:
        text = _("The away track is open from the age of %(least)s; this trainee is %(age)s.")
        facts = {"least": least, "age": age}
        return Refused(text % facts, field="track", code="too_young")
    if most is not None and age > most:
        text = _("The away track is open up to the age of %(most)s; this trainee is %(age)s.")
        return Refused(text % {"most": most, "age": age}, field="track", code="too_old")
    return None


def _years(person, on) -> int | None:
    born = person.born_on
    if born:
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return on.year - person.birth_year if person.birth_year else None


def _origin(standing, person) -> Refused | None:
    if not standing.origins or person.country_id in standing.origins:
        return None
    return Refused(
        _(
            "“%(partnership)s” sends people from %(origins)s; this trainee lives in %(country)s. "
            "Correct the country, or have the agreement changed."
        )
        % {
            "partnership": standing.partnership,
            "origins": ", ".join(sorted(standing.origins)),
            "country": person.country_id,
        },
        field="track",
        code="origin",
    )
