"""Why two records may be one person, in words."""

from django.utils.translation import gettext_lazy as _

FINDINGS = {
    ("name", "equal"): _("Given and family name equal"),
    ("name", "swapped"): _("Given and family name equal, in exchanged order"),
    ("name", "other_script"): _("The same name, written in another script"),
    ("name", "alike"): _("Name spelt alike"),
    ("name", "alike_swapped"): _("Name spelt alike, given and family name exchanged"),
    ("name", "part"): _("Name equal but for a further given or family name"),
    ("name", "given_only"): _("Given name alike, family name different"),
    ("name", "family_only"): _("Family name alike, given name different"),
    ("name", "different"): _("Name different"),
    ("birth_date", "equal"): _("Date of birth equal"),
    ("birth_date", "first_of_january"): _("Born on 1 January of the same year, often a guess"),
    ("birth_date", "swapped"): _("Day and month of birth exchanged"),
    ("birth_date", "one_digit"): _("Date of birth differs in one digit"),
    ("birth_date", "same_year"): _("Year of birth equal, day different"),
    ("birth_date", "different"): _("Date of birth different"),
    ("document", "equal"): _("Document number equal"),
    ("document", "one_off"): _("Document number differs in one character"),
    ("document", "different"): _("Document number different"),
    ("phone", "equal"): _("Telephone equal, as in a family"),
    ("email", "equal"): _("E-mail address equal"),
    ("email", "equal_too"): _("E-mail address equal too"),
    ("sex", "equal"): _("Sex equal"),
    ("sex", "different"): _("Sex different"),
    ("country", "different"): _("Country different"),
    ("region", "equal"): _("Region equal"),
    ("reference", "zeros"): _("The centre's reference differs in zeros or dashes only"),
    ("reference", "equal"): _("Reference equal at another centre"),
}
# Which field of a record a fact is about.
FIELDS = {
    "name": ("given_name", "family_name"),
    "document": ("document_number",),
}
KINDS = {
    "document": _("document number"),
    "phone": _("telephone"),
    "email": _("e-mail address"),
    "names": _("name"),
    "born_name": _("name and date of birth"),
    "born_document": _("document number and date of birth"),
}


def explained(signals) -> list[str]:
    """Return the findings in words, what speaks most for one person first."""
    ranked = sorted(map(_plain, signals), key=lambda signal: -signal[2])
    return [str(FINDINGS[fact, finding]) for fact, finding, _points in ranked]


def with_points(signals) -> list[dict]:
    """Return the findings with what each adds, for a list on a page."""
    ranked = sorted(map(_plain, signals), key=lambda signal: -signal[2])
    return [
        {"label": FINDINGS[fact, finding], "points": points, "speaks_for": points > 0}
        for fact, finding, points in ranked
    ]


def tones(signals) -> dict[str, str]:
    """Return for each field of a person that a signal is about how it compares: good, wait, bad."""
    found = {}
    for fact, finding, points in map(_plain, signals):
        tone = "good" if finding.startswith("equal") else "wait" if points > 0 else "bad"
        for name in FIELDS.get(fact, (fact,)):
            found[name] = tone
    return found


def _plain(signal) -> tuple[str, str, int]:
    """Return a signal as stored, also where the engine made it a moment ago."""
    if isinstance(signal, list | tuple):
        return tuple(signal)
    return signal.fact, signal.finding, signal.points
