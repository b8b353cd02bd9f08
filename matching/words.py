"""The engine's codes in words people read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue.models import CefrLevel
from gsp.web import formats

GATES = {
    "consent": gettext_lazy("Agreed to be proposed"),
    "employer": gettext_lazy("Employer verified"),
    "track": gettext_lazy("Country of the track"),
    "occupation": gettext_lazy("Trained for this occupation"),
    "region": gettext_lazy("Region"),
    "age": gettext_lazy("Age"),
    "availability": gettext_lazy("Available inside the start window"),
    "language": gettext_lazy("Language level"),
    "language_expiry": gettext_lazy("Language result valid at the start"),
    "declined": gettext_lazy("Not declined before"),
    "fit": gettext_lazy("Least fit reached"),
}

# The same conditions where they do not hold.
FAILED = {
    "consent": gettext_lazy("Has not agreed to be proposed"),
    "employer": gettext_lazy("The employer is not verified"),
    "track": gettext_lazy("The country does not fit the track"),
    "occupation": gettext_lazy("Not trained for this occupation"),
    "region": gettext_lazy("Another region"),
    "age": gettext_lazy("Below the minimum age"),
    "availability": gettext_lazy("Not available inside the start window"),
    "language": gettext_lazy("Language level too low"),
    "language_expiry": gettext_lazy("Language result lapses before the start"),
    "declined": gettext_lazy("Declined before"),
    "fit": gettext_lazy("Too few of the skills asked"),
}

REASONS = {
    "no_consent": gettext_lazy("Has not agreed to be proposed"),
    "no_opening_in_occupation": gettext_lazy("No opening in this occupation and country"),
    "no_candidate_in_occupation": gettext_lazy("No trainee in this occupation and track"),
    "outcompeted": gettext_lazy("Too few openings, or too few people, for all who fit"),
    "track_cap": gettext_lazy("Held back by the home floor or the seats agreed"),
}

PARTS = {
    "expressed": gettext_lazy("Openings expressed"),
    "letter_of_intent": gettext_lazy("Openings with a letter of intent"),
    "signed": gettext_lazy("Openings signed"),
    "contract": gettext_lazy("Openings under contract"),
    "growth": gettext_lazy("Growth of employment"),
    "replacement": gettext_lazy("Replacement of those who leave"),
    "unemployed": gettext_lazy("Unemployed who qualify and are available"),
    "graduates": gettext_lazy("Graduates who stay in the occupation"),
    "exits": gettext_lazy("Exits"),
    "home": pgettext_lazy("pipeline", "Trainees on the home track"),
    "away": pgettext_lazy("pipeline", "Trainees on the away track"),
}

TERMS = {"short": gettext_lazy("Within 12 months"), "medium": gettext_lazy("Later")}

FIGURES = {
    "employed": gettext_lazy("people employed"),
    "unemployed": gettext_lazy("people unemployed"),
    "vacancies": gettext_lazy("vacancies"),
    "graduates": gettext_lazy("graduates"),
    "exits": gettext_lazy("people who leave the occupation"),
}

SHARES = {
    "qualified": gettext_lazy("share of the unemployed who qualify"),
    "available": gettext_lazy("share of those who are available"),
    "staying": gettext_lazy("share of graduates who stay in the occupation"),
    "growth": gettext_lazy("growth of employment a year"),
    "replacement": gettext_lazy("share of the employed who leave for good a year"),
    "completion": gettext_lazy("share of a cohort that completes"),
}

STAGES = {
    "read": gettext_lazy("reading"),
    "compute": gettext_lazy("computing"),
    "write": gettext_lazy("writing"),
}


def not_sent(missing: list[str]) -> dict[str, list]:
    """Return which figures nobody sent and which shares were assumed, in words."""
    assumed = [code.removeprefix("assumed:") for code in missing if code.startswith("assumed:")]
    unsent = [code for code in missing if not code.startswith("assumed:")]
    return {
        "unsent": [FIGURES.get(code, code) for code in unsent],
        "assumed": [SHARES.get(code, code) for code in assumed],
    }


def reason(code: str) -> str:
    """Return why somebody or something was left over, in words."""
    gate = code.removeprefix("gate:")
    if gate != code:
        return str(FAILED.get(gate, gate))
    return str(REASONS.get(code, code))


def shortfall(entry: dict) -> str:
    """Return one failed gate with what was asked and what was found."""
    gate, wanted, found = entry["gate"], entry.get("wanted"), entry.get("found")
    if gate == "language":
        values = {
            "language": formats.language_name(entry["subject"]),
            "wanted": list(CefrLevel)[wanted - 1].value,
            "found": list(CefrLevel)[found - 1].value if found else _("no result"),
        }
        return _("%(language)s: %(wanted)s asked, %(found)s held") % values
    if gate == "fit":
        values = {"found": formats.percent((found or 0) / 1000)}
        return _("Fit %(found)s, below the least") % values
    return str(FAILED.get(gate, gate))


def missing_items(missing: list[dict], titles: dict[int, str]) -> list[dict]:
    """Return what falls short as items of the reason list."""
    items = []
    for entry in missing:
        optional = entry["why"] == "optional"
        detail = _("optional") if optional else _("essential")
        if entry["why"] == "level":
            detail = _("level %(held)s, %(asked)s asked") % entry
        items.append(
            {
                "verdict": "optional" if optional else "missing",
                "label": titles.get(entry["skill"], "?"),
                "detail": detail,
            }
        )
    return items


def skill_items(proposal, titles: dict[int, str]) -> list[dict]:
    """Return the skills of a proposal as items of the reason list: met, claimed, missing."""
    met = [{"verdict": "met", "label": titles.get(pk, "?")} for pk in proposal.skills_met]
    claimed = [
        {"verdict": "claimed", "label": titles.get(pk, "?"), "detail": _("no evidence yet")}
        for pk in proposal.skills_claimed
    ]
    return met + claimed + missing_items(proposal.skills_missing, titles)
