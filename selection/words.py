"""Reason codes in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gsp.web.formats import language_name
from selection.models import EligibilityRule

Kind = EligibilityRule.Kind
# By level of the European Qualifications Framework, in words that applicants know.
EDUCATION = {
    1: gettext_lazy("Primary school"),
    2: gettext_lazy("Compulsory school"),
    3: gettext_lazy("Vocational school, partly"),
    4: gettext_lazy("Secondary school or vocational school, completed"),
    5: gettext_lazy("Higher vocational or short university course"),
    6: gettext_lazy("Bachelor"),
    7: gettext_lazy("Master"),
    8: gettext_lazy("Doctorate"),
}


def reason(code: str) -> str:
    """Return why an application is not eligible, in the reader's language."""
    if code == "submitted_twice":
        return _("Submitted before")
    kind, _colon, detail = code.partition(":")
    label = str(Kind(kind).label) if kind in Kind.values else code
    return f"{label}: {language_name(detail)}" if detail else label


def reasons(call=None) -> list[tuple[str, str]]:
    """Return the codes a list can be narrowed by, with their words; those of one call if named."""
    codes = Kind.values if call is None else [rule.reason for rule in call.rules.order_by("id")]
    return [(code, reason(code)) for code in dict.fromkeys([*codes, "submitted_twice"])]


def asked_for(rule) -> str:
    """Return what a rule asks for, in a short phrase."""
    if rule.kind == Kind.LANGUAGE:
        return _("%(language)s from %(level)s") % {
            "language": language_name(rule.values[0]),
            "level": rule.values[1],
        }
    if rule.values:
        return ", ".join(_value(rule.kind, one) for one in rule.values)
    least, most = (_bound(rule.kind, one) for one in (rule.minimum, rule.maximum))
    if least and most:
        return _("%(from)s to %(to)s") % {"from": least, "to": most}
    if least and rule.kind == Kind.EDUCATION:
        return _("%(from)s or higher") % {"from": least}
    if least:
        return _("at least %(from)s") % {"from": least}
    return _("at most %(to)s") % {"to": most}


def _bound(kind: str, number: int | None) -> str:
    """Return one end of a range in words, empty where the range is open."""
    if number is None:
        return ""
    if kind == Kind.EDUCATION and number in EDUCATION:
        label = str(EDUCATION[number])
        return _("%(education)s (EQF level %(level)s)") % {"education": label, "level": number}
    if kind == Kind.EXPERIENCE:
        return ngettext("%(count)s year", "%(count)s years", number) % {"count": number}
    return str(number)


def _value(kind: str, value: str) -> str:
    from gsp.web.formats import country_name
    from selection.models import Employment

    if kind == Kind.COUNTRY:
        return country_name(value)
    return str(Employment(value).label) if kind == Kind.EMPLOYMENT else value
