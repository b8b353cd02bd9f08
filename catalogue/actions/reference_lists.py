"""Fills countries, languages and currencies from the ISO lists that pycountry carries."""

import re
from importlib.metadata import version

import pycountry
from babel import Locale
from django.db import transaction

from catalogue.models import Classification, Country, Currency, Language, Release

# Kosovo has no code in ISO 3166; XK is what the European Union and CLDR use.
KOSOVO = Country(alpha2="XK", alpha3="XKX", name="Kosovo")

# Units of account, metals and codes for tests: nobody is paid in them.
NOT_PAID_OUT = re.compile(
    "BOV|CHE|CHW|CLF|COU|MXV|USN|UYI|UYW|XAD|XAG|XAU|XBA|XBB|XBC|XBD|XDR|XPD|XPT|XSU|XTS|XUA|XXX"
)
WITHOUT_DECIMALS = re.compile("BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|VND|VUV|XAF|XOF|XPF")
WITH_THREE_DECIMALS = re.compile("BHD|IQD|JOD|KWD|LYD|OMR|TND")


@transaction.atomic
def load(*, at) -> dict[str, int]:
    """Bring countries, languages and currencies up to date; return rows written per list.

    Nothing is deleted; a row that is already right is left alone.
    """
    source = f"pycountry {version('pycountry')}"
    written = {}
    for classification, model, wanted in (
        (Classification.COUNTRIES, Country, list(_countries())),
        (Classification.LANGUAGES, Language, list(_languages())),
        (Classification.CURRENCIES, Currency, list(_currencies())),
    ):
        written[model._meta.model_name] = _write(model, wanted)
        Release.objects.get_or_create(
            classification=classification,
            version=version("pycountry"),
            defaults={
                "imported_at": at,
                "source": source,
                "counts": {model._meta.model_name: len(wanted)},
            },
        )
    return written


def _write(model, wanted) -> int:
    names = [field.attname for field in model._meta.concrete_fields]
    held = {row[0]: row for row in model.objects.values_list(*names)}
    changed = [
        row for row in wanted if held.get(row.pk) != tuple(getattr(row, name) for name in names)
    ]
    model.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=[names[0]],
        update_fields=names[1:],
    )
    return len(changed)


def _countries():
    yield KOSOVO
    for country in pycountry.countries:
        name = getattr(country, "common_name", country.name)
        yield Country(alpha2=country.alpha_2, alpha3=country.alpha_3, name=name)


def _languages():
    """Yield languages with two letters, and living ones that CLDR can name to the reader."""
    nameable = Locale("en").languages
    for language in pycountry.languages:
        short = getattr(language, "alpha_2", None)
        if short or (language.type == "L" and language.alpha_3 in nameable):
            code = short or language.alpha_3
            yield Language(code=code, alpha3=language.alpha_3, name=language.name)


def _currencies():
    for currency in pycountry.currencies:
        code = currency.alpha_3
        if not NOT_PAID_OUT.fullmatch(code):
            yield Currency(code=code, name=currency.name, minor_units=_minor_units(code))


def _minor_units(code: str) -> int:
    if WITHOUT_DECIMALS.fullmatch(code):
        return 0
    return 3 if WITH_THREE_DECIMALS.fullmatch(code) else 2
