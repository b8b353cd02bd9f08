"""The columns of lists of applications and of scores."""

import re
from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from pydantic import ValidationInfo, field_validator

from catalogue.models import CefrLevel
from gsp.uploads.cells import Day, count, identifier, one_of, problem, text
from gsp.uploads.rows import UploadRow
from selection.headings import APPLICATIONS, SCORES
from selection.models import Employment
from trainees import code_words
from trainees.models import Person
from trainees.states import Track

LANGUAGE = re.compile(r"^([a-z]{2,3}):([ABC][12])$")


class ApplicationRow(UploadRow):
    """One applicant; the reference is the centre's own and finds the same one again."""

    identifying: ClassVar[frozenset[str]] = frozenset(
        {"given_name", "family_name", "birth_date", "document_number", "email", "phone"}
    )
    headings: ClassVar = APPLICATIONS

    reference: identifier(40)
    given_name: text(100)
    family_name: text(100)
    birth_date: Day
    sex: one_of(Person.Sex, code_words.SEX) = Person.Sex.UNKNOWN
    country: str
    region: text(80) = ""
    document_number: identifier(40) = ""
    email: text(254) = ""
    phone: identifier(40) = ""
    track: one_of(Track) = Track.UNDECIDED
    education: count(8) | None = None
    employment: one_of(Employment) | None = None
    experience: count(60) | None = None
    languages: tuple[tuple[str, str], ...] = ()

    @field_validator("birth_date", mode="after")
    @classmethod
    def _born(cls, value: date, info: ValidationInfo) -> date:
        if value.year < 1900 or value >= info.context.today:
            raise problem(_("Nobody was born on this day."), _("Check year, month and day."))
        return value

    @field_validator("country", mode="after")
    @classmethod
    def _country(cls, value: str, info: ValidationInfo) -> str:
        if value.upper() in info.context.countries:
            return value.upper()
        raise problem(
            _("There is no country “%(code)s”.") % {"code": value},
            _("Use the two letters of ISO 3166, such as XK or DE; see the template's codes."),
        )

    @field_validator("education", mode="after")
    @classmethod
    def _education(cls, value: int | None) -> int | None:
        if value == 0:
            raise problem(_("EQF levels go from 1 to 8."), _("Correct it or leave it empty."))
        return value

    @field_validator("email", mode="after")
    @classmethod
    def _email(cls, value: str) -> str:
        try:
            validate_email(value)
        except ValidationError as error:
            raise problem(
                _("This is not an e-mail address."), _("Correct it or leave the cell empty.")
            ) from error
        return value

    @field_validator("languages", mode="before")
    @classmethod
    def _languages(cls, value: str) -> tuple[tuple[str, str], ...]:
        found = {}
        for part in filter(None, (part.strip() for part in str(value).split(";"))):
            code, _colon, level = (piece.strip() for piece in part.partition(":"))
            match = LANGUAGE.match(f"{code.lower()}:{level.upper()}")
            if match is None:
                raise problem(
                    _("“%(part)s” is no language with its level.") % {"part": part},
                    _("Write the code, a colon and A1 to C2, such as de:B1; fr:A2."),
                )
            found[match[1]] = str(CefrLevel(match[2]))
        return tuple(sorted(found.items()))


class ScoreRow(UploadRow):
    """Points for one criterion of one application, given by whoever sends the list."""

    headings: ClassVar = SCORES

    reference: identifier(60)
    criterion: identifier(30)
    points: count(100)
    comment: text(1000) = ""

    @field_validator("criterion", mode="after")
    @classmethod
    def _criterion(cls, value: str, info: ValidationInfo) -> str:
        if value.lower() in info.context.criteria:
            return value.lower()
        raise problem(
            _("The call has no criterion “%(code)s” that you score.") % {"code": value},
            _("Use one of: %(codes)s.") % {"codes": ", ".join(sorted(info.context.criteria))},
        )
