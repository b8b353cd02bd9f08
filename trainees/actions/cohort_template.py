"""The workbook a centre fills in for a cohort, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from catalogue.models import CefrLevel, Country, Language
from gsp.uploads.template import Column, workbook
from trainees.actions.cohort_rows import TraineeRow
from trainees.models import Person
from trainees.states import Track


def template(rows: Iterable[Iterable[str]] = ()) -> bytes:
    """Return a list with every column and these rows, and the codes in force on its second sheet.

    ``rows`` are those of ``cohort_values.lines``.
    """
    hints, codes = _hints(), _codes()
    columns = [
        Column(name, hints[name], field.is_required(), codes.get(name, ()))
        for name, field in TraineeRow.model_fields.items()
    ]
    return workbook(columns, title=_("Trainees"), rows=rows)


def _codes() -> dict[str, tuple[tuple[str, str], ...]]:
    countries = ((one.pk, str(one)) for one in Country.objects.all())
    languages = ((one.pk, str(one)) for one in Language.objects.all())
    return {
        "sex": _pairs(Person.Sex),
        "country": tuple(sorted(countries)),
        "track": _pairs(Track),
        "language": tuple(sorted(languages)),
        "language_level": _pairs(CefrLevel),
        "may_be_proposed": (("yes", _("Yes")), ("no", _("No"))),
    }


def _pairs(choices) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), str(label)) for code, label in choices.choices)


def _hints() -> dict[str, str]:
    day = _("Year, month and day, such as 2026-11-22.")
    return {
        "reference": _("Your own number for this person. It finds the same person again."),
        "given_name": _("As in the passport, in any script."),
        "family_name": _("As in the passport, in any script."),
        "birth_date": day,
        "sex": _("One of the codes."),
        "country": _("Where the person lives: the two letters of ISO 3166."),
        "region": _("Where in the country."),
        "document_number": _("Passport or identity card. It is kept encrypted."),
        "email": _("An e-mail address."),
        "phone": _("With the country's code, such as +383 44 123 456."),
        "track": _("Leave it empty while the person has not decided."),
        "adviser": _("Who counselled the person about the track."),
        "counselled_on": day,
        "language": _("The language that was tested: its code of ISO 639."),
        "language_level": _("The level reached, A1 to C2."),
        "language_tested_on": day,
        "language_expires_on": _("Empty where the result does not expire."),
        "skills": _("Skill, colon, level 1 to 4; semicolons between: lay bricks:2; mix mortar:1"),
        "may_be_proposed": _("Yes only with the person's consent to be proposed to employers."),
    }
