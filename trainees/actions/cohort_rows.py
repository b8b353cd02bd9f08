"""What a row of a cohort's list must say, and the codes it may use."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from pydantic import ValidationInfo, field_validator, model_validator

from catalogue.models import CefrLevel, Country, Language, Skill, SkillLevel
from gsp.uploads.cells import Day, YesNo, identifier, one_of, problem, text
from gsp.uploads.rows import UploadRow
from trainees import code_words
from trainees.headings import HEADINGS
from trainees.models import Person
from trainees.states import Track

LEVELS = {str(level.value): level for level in SkillLevel} | {
    level.name.casefold(): level for level in SkillLevel
}
LANGUAGE_PARTS = ("language", "language_level", "language_tested_on")


@dataclass(slots=True)
class Codes:
    """The codes in force, and the day of the upload.

    ``skills`` holds, of the skills the list names by URI or title in small letters, the id, or
    None where several bear the name; ``titles`` their names by id.
    """

    countries: frozenset[str]
    languages: frozenset[str]
    today: date
    skills: dict[str, int | None] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, *, today: date) -> "Codes":
        """Read the short lists in two queries."""
        return cls(
            frozenset(Country.objects.values_list("pk", flat=True)),
            frozenset(Language.objects.values_list("pk", flat=True)),
            today,
        )

    def learn(self, cells: set[str]) -> None:
        """Look up the skills that cells of a list name, in one query."""
        parts = {part.rpartition(":")[0].strip() for cell in cells for part in cell.split(";")}
        for name, pk, title in _skills_named(parts - {""}):
            self.skills[name] = pk
            if pk is not None:
                self.titles[pk] = title


def _skills_named(names: set[str]) -> Iterator[tuple[str, int | None, str]]:
    if not names:
        return
    met = set()
    rows = Skill.objects.current().annotate(known_as=Lower("title"))
    wanted = Q(uri__in=names) | Q(known_as__in=[name.lower() for name in names])
    for pk, uri, title, known_as in rows.filter(wanted).values_list(
        "id", "uri", "title", "known_as"
    ):
        yield known_as, None if known_as in met else pk, title
        yield uri.lower(), pk, title
        met.add(known_as)


class TraineeRow(UploadRow):
    """One trainee; what is not given stays as it is known."""

    headings: ClassVar = HEADINGS

    identifying: ClassVar[frozenset[str]] = frozenset(
        {"given_name", "family_name", "birth_date", "document_number", "email", "phone"}
    )

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
    adviser: text(120) = ""
    counselled_on: Day | None = None
    language: str = ""
    language_level: one_of(CefrLevel) | None = None
    language_tested_on: Day | None = None
    language_expires_on: Day | None = None
    skills: tuple[tuple[int, int], ...] = ()
    may_be_proposed: YesNo = False

    @field_validator("birth_date", mode="after")
    @classmethod
    def _born(cls, value: date, info: ValidationInfo) -> date:
        if value.year < 1900 or value >= info.context.today:
            raise problem(
                _("Nobody in training was born on this day."), _("Check year, month and day.")
            )
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

    @field_validator("language", mode="after")
    @classmethod
    def _language(cls, value: str, info: ValidationInfo) -> str:
        if value.lower() in info.context.languages:
            return value.lower()
        raise problem(
            _("There is no language “%(code)s”.") % {"code": value},
            _("Use a code of ISO 639, such as de; see the template's codes."),
        )

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

    @field_validator("counselled_on", mode="after")
    @classmethod
    def _counselled(cls, value: date, info: ValidationInfo) -> date:
        if value > info.context.today:
            raise problem(
                _("The counselling lies in the future."), _("Give the day on which it was.")
            )
        return value

    @field_validator("skills", mode="before")
    @classmethod
    def _skills(cls, value: str, info: ValidationInfo) -> tuple[tuple[int, int], ...]:
        found = {}
        for part in filter(None, (part.strip() for part in value.split(";"))):
            skill, level = _skill(part, info.context.skills)
            found[skill] = level
        return tuple(found.items())

    @field_validator("language_tested_on", mode="after")
    @classmethod
    def _tested(cls, value: date, info: ValidationInfo) -> date:
        if value > info.context.today:
            raise problem(_("The test lies in the future."), _("Give the day of the test."))
        return value

    @model_validator(mode="after")
    def _counselling_as_a_whole(self) -> Self:
        missing = "counselled_on" if self.adviser else "adviser"
        if bool(self.adviser) != bool(self.counselled_on):
            raise problem(
                _("A counselling needs who counselled, and the day."),
                _("Fill in “%(column)s”, or leave both of them empty.") % {"column": missing},
                column=missing,
            )
        return self

    @model_validator(mode="after")
    def _language_as_a_whole(self) -> Self:
        given = self.model_fields_set & {*LANGUAGE_PARTS, "language_expires_on"}
        missing = [name for name in LANGUAGE_PARTS if name not in given]
        if given and missing:
            raise problem(
                _("A language result needs its language, its level and the day of the test."),
                _("Fill in “%(column)s”, or leave all of them empty.") % {"column": missing[0]},
                column=missing[0],
            )
        if self.language_expires_on and self.language_expires_on < self.language_tested_on:
            raise problem(
                _("The result expires before the test."),
                _("Give a day after %(day)s.") % {"day": self.language_tested_on},
                column="language_expires_on",
            )
        return self


def _skill(part: str, known: dict[str, int | None]) -> tuple[int, int]:
    name, _colon, level = (piece.strip() for piece in part.rpartition(":"))
    if level.casefold() not in LEVELS or not name:
        raise problem(
            _("“%(part)s” says no level.") % {"part": part},
            _("Write the skill, a colon and 1 (basic) to 4 (expert), such as “lay bricks:2”."),
        )
    skill = known.get(name.lower())
    if skill is None:
        several = name.lower() in known
        message = (
            _("Several skills are called “%(name)s”.")
            if several
            else _("There is no skill “%(name)s”.")
        )
        raise problem(message % {"name": name}, _("Give its ESCO address, or its exact title."))
    return skill, LEVELS[level.casefold()].value
