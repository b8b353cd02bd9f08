"""Reason codes in words."""

from django.utils.translation import gettext as _

from gsp.web.formats import language_name
from selection.models import EligibilityRule

Kind = EligibilityRule.Kind


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
    if rule.minimum is not None and rule.maximum is not None:
        return _("%(from)s to %(to)s") % {"from": rule.minimum, "to": rule.maximum}
    if rule.minimum is not None:
        return _("at least %(from)s") % {"from": rule.minimum}
    return _("at most %(to)s") % {"to": rule.maximum}


def _value(kind: str, value: str) -> str:
    from gsp.web.formats import country_name
    from selection.models import Employment

    if kind == Kind.COUNTRY:
        return country_name(value)
    return str(Employment(value).label) if kind == Kind.EMPLOYMENT else value
