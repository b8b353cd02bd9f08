"""Language tests of a cohort as a list: a test a row."""

from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import CefrLevel, Language
from gsp.uploads.batch import NEW, UNCHANGED, Change, Verdict, updated
from gsp.uploads.cells import Day, identifier, one_of, text
from gsp.uploads.purpose import Purpose, Target, register
from gsp.uploads.rows import UploadRow
from gsp.uploads.template import columns_of, workbook
from learning.actions.languages import PARTS, Sitting, differs, key_of, record_all, rows_of
from learning.headings import LANGUAGES
from learning.lists import people
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.models import LanguageResult

Level = one_of(CefrLevel)


class LanguageRow(UploadRow):
    """One test of one person, skill by skill."""

    identifying: ClassVar[frozenset[str]] = frozenset({"certificate"})
    headings: ClassVar = LANGUAGES

    reference: identifier(40)
    language: text(3)
    tested_on: Day
    listening: Level | None = None
    reading: Level | None = None
    speaking: Level | None = None
    writing: Level | None = None
    overall: Level | None = None
    expires_on: Day | None = None
    test: text(80) = ""
    certificate: identifier(80) = ""


@dataclass
class Tests:
    """The trainees of a cohort by reference, the languages there are, and what is held."""

    at: object
    trainees: dict
    languages: frozenset[str]
    seen: people.Seen = field(default_factory=people.Seen)
    sittings: dict[int, Sitting] = field(default_factory=dict)


@register
class LanguageList(Purpose):
    """A test a row; the same test again corrects it."""

    kind, label, row = "languages", gettext_lazy("Language tests"), LanguageRow
    permission, view_permission = Permission.RECORD_ASSESSMENTS, Permission.VIEW_TRAINEES

    def find(self, name, organisation):
        """Return the cohort of an identifier."""
        return people.cohort_named(name)

    def target(self, thing, *, by):
        """Return the cohort's centre; a language may be tested after the cohort has ended."""
        may_act_for(thing.centre_id, self.permission, by)
        return Target(thing.centre, thing.uid, thing.code)

    def begin(self, upload, *, at):
        """Read the trainees and the languages."""
        cohort = people.cohort_named(str(upload.subject))
        codes = frozenset(Language.objects.values_list("pk", flat=True))
        return Tests(at, people.trainees_of(cohort), codes)

    def compare(self, context, batch):
        """Compare each test with the one that is held."""
        named = [context.trainees.get(name) for name in batch.texts("reference")]
        persons = [one.person_id for one in named if one]
        rows = LanguageResult.objects.filter(person__in=persons)
        held = {key_of(row): row for row in rows}
        return [_verdict(context, number, row, held) for number, row in batch.numbered()]

    def write(self, context, batch, *, by, at):
        """Write them and tell them."""
        record_all([context.sittings[number] for number in batch.numbers], by=by, at=at)

    def template(self, thing):
        """Return a line for each trainee."""
        levels = tuple((level.value, level.value) for level in CefrLevel)
        codes = dict.fromkeys((*PARTS, "overall"), levels)
        codes |= {"language": tuple(sorted((one.pk, str(one)) for one in Language.objects.all()))}
        columns = columns_of(LanguageRow, _hints(), codes)
        lines = [(reference,) for reference in sorted(people.trainees_of(thing))]
        return workbook(columns, title=_("Language tests"), rows=lines)

    def address(self, upload):
        """Return the page where language tests are sent."""
        return "languages-upload", {"uid": upload.subject}


def _verdict(context: Tests, number: int, row, held) -> Verdict:
    trainee = context.trainees.get(row.reference)
    if trainee is None:
        return people.no_such_trainee(number, row.reference)
    language = row.language.lower()
    verdict = _impossible(context, number, row, language)
    if verdict:
        return verdict
    first = context.seen.first((trainee.person_id, language, row.tested_on), number)
    if first is not None:
        return people.stands_already(number, "tested_on", row.tested_on.isoformat(), first)
    sitting = _sitting(trainee.person, language, row)
    if not sitting.by_skill():
        message, remedy = _("No level is given."), _("Fill in the levels that were tested.")
        return people.error(number, "overall", "", message, remedy)
    context.sittings[number] = sitting
    rows = rows_of(sitting)
    known = [(one, held.get(key_of(one))) for one in rows]
    if not any(differs(one, old) for one, old in known):
        return UNCHANGED
    if not any(old for _one, old in known):
        return NEW
    return updated(*_changes(known))


def _sitting(person, language: str, row) -> Sitting:
    return Sitting(
        person,
        language,
        row.tested_on,
        {part.value: level.value for part in PARTS if (level := getattr(row, part.value))},
        row.overall.value if row.overall else "",
        row.expires_on,
        row.test,
        row.certificate,
    )


def _changes(known) -> list[Change]:
    found = [
        Change(one.skill, old.level if old else "", one.level)
        for one, old in known
        if old is None or old.level != one.level
    ]
    one, old = next(pair for pair in known if pair[1])
    facts = (("expires_on", one.expires_on, old.expires_on), ("test", one.test, old.test))
    found += [Change(n, str(was or ""), str(now or "")) for n, now, was in facts if was != now]
    if one.certificate != old.certificate:
        found.append(Change("certificate", "…", "…"))
    return found


def _impossible(context: Tests, number: int, row, language: str) -> Verdict | None:
    if language not in context.languages:
        message = _("There is no language “%(code)s”.") % {"code": row.language}
        remedy = _("Use a code of ISO 639, such as de; see the template's codes.")
        return people.error(number, "language", row.language, message, remedy)
    if row.tested_on > context.at.date():
        message, remedy = _("The test lies in the future."), _("Give the day of the test.")
        return people.error(number, "tested_on", row.tested_on.isoformat(), message, remedy)
    if row.expires_on and row.expires_on < row.tested_on:
        message = _("The result expires before the test.")
        remedy = _("Give a day after the test, or leave the cell empty.")
        return people.error(number, "expires_on", row.expires_on.isoformat(), message, remedy)
    return None


def _hints() -> dict[str, str]:
    level = _("The level reached, A1 to C2.")
    return {
        "reference": _("Your own number for this person."),
        "language": _("Its code of ISO 639, such as de."),
        "tested_on": _("The day of the test."),
        **dict.fromkeys(PARTS, level),
        "overall": _("Only if the certificate states one; else it is the lowest of the four."),
        "expires_on": _("Empty where the result does not expire."),
        "test": _("Such as Goethe-Zertifikat."),
        "certificate": _("It is kept encrypted."),
    }
