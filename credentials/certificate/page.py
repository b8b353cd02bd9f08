"""Draws a certificate: one page in the language its reader chose."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from credentials.certificate.sheet import ACCENT, GOLD, MARGIN, SOFT, WIDTH, Sheet
from credentials.certificate.wording import WORDINGS, Wording

MOST_ROWS = 8  # modules or skills shown: a certificate is one page
# Digits stay the same in every language, so that days and codes can be compared.
LOCALES = {"en": "en_GB", "ar": "ar_MA"}
NOTHING = "–"
QR = 35  # mm


@dataclass(frozen=True, slots=True)
class Printed:
    """What a certificate shows: the frozen statement, and what identifies it and its holder."""

    statement: dict
    holder_name: str
    issued_on: date
    valid_until: date | None
    code: str
    check_url: str
    entry_url: str


def pdf(printed: Printed, language: str) -> bytes:
    """Return the certificate as PDF.

    Raises:
        KeyError: ``WORDINGS`` has no such language.

    """
    words = WORDINGS[language]
    title = f"{words.title} {printed.code}"
    sheet = Sheet(language=language, right_to_left=words.right_to_left, title=title)
    sheet.border(10, colour=ACCENT, thick=0.9)
    sheet.border(12.2, colour=GOLD, thick=0.3)
    if printed.statement["is_demonstration"]:
        sheet.band(words.demonstration, y=12.6)
    _heading(sheet, words, printed)
    _facts(sheet, words, printed.statement, LOCALES.get(language, language))
    _columns(sheet, words, printed.statement)
    _foot(sheet, words, printed, LOCALES.get(language, language))
    return sheet.finished()


def _heading(sheet: Sheet, words: Wording, printed: Printed) -> None:
    """Who certifies whom of what."""
    said = printed.statement
    sheet.centred(said["agency"]["name"], y=31, size=12, colour=SOFT)
    sheet.centred(words.title, y=41, size=38, style="B", colour=ACCENT, height=18)
    sheet.rule(64, x=WIDTH / 2 - 18, colour=GOLD, thick=0.5)
    sheet.centred(words.confirms, y=69, size=12, colour=SOFT)
    sheet.centred(printed.holder_name, y=79, size=27, style="B", height=14)
    sheet.centred(words.completed, y=96, size=12, colour=SOFT)
    sheet.centred(said["course"]["title"], y=105, size=20, style="B", colour=ACCENT, height=11)
    sheet.centred(said["centre"]["name"], y=117, size=12)


def _facts(sheet: Sheet, words: Wording, said: dict, locale: str) -> None:
    """Facts side by side: each a small label over its value."""
    course = said["course"]
    started, ended = (_written(day, "MMM y", locale) for day in said["trained"])
    cells = [
        (words.occupation, course["occupation"]["title"], 43),
        (words.period, f"{started} – {ended}", 42),
        (words.certified, _written(said["certified_on"], "long", locale), 34),
        (words.hours, str(course["hours"] or NOTHING), 19),
        (words.eqf, str(course["eqf"] or NOTHING), 24),
    ]
    x = MARGIN
    sheet.rule(129)
    for label, value, width in reversed(cells) if words.right_to_left else cells:
        place = {"x": x, "width": width, "align": sheet.start}
        sheet.fitted(label, y=131, size=8, colour=SOFT, height=4, **place)
        sheet.wrapped(value, x=x, y=136, width=width, size=10, height=4.6)
        x += width
    sheet.rule(148)


def _columns(sheet: Sheet, words: Wording, said: dict) -> None:
    """Modules and skills side by side."""
    modules = [
        (one["title"], f"{one['hours']} h" if one["hours"] else "") for one in said["modules"]
    ]
    skills = [(one["title"], words.levels[one["level"] - 1]) for one in said["skills"]]
    parts = [(words.modules, modules, 14), (words.skills, skills, 24)]
    parts = [part for part in parts if part[1]]
    gap = 10
    width = (WIDTH - 2 * MARGIN - gap * (len(parts) - 1)) / max(1, len(parts))
    x = MARGIN
    for label, rows, aside in reversed(parts) if words.right_to_left else parts:
        box = {"x": x, "width": width, "align": sheet.start}
        sheet.fitted(label, y=152, size=11, style="B", colour=ACCENT, height=6, **box)
        shown = rows if len(rows) <= MOST_ROWS else rows[: MOST_ROWS - 1]
        for place, row in enumerate(shown):
            _row(sheet, row, x=x, y=160 + place * 6.4, width=width, aside=aside)
        if len(shown) < len(rows):
            more = words.more.format(count=len(rows) - len(shown))
            sheet.fitted(more, y=160 + len(shown) * 6.4, size=9, colour=SOFT, **box)
        x += width + gap


def _row(sheet: Sheet, row: tuple[str, str], *, x, y, width, aside) -> None:
    """A title, and its detail at the far end."""
    title, detail = row
    left, right = (aside, 0) if sheet.right_to_left else (0, width - aside)
    sheet.fitted(title, x=x + left, y=y, width=width - aside, size=9.5, align=sheet.start)
    sheet.fitted(detail, x=x + right, y=y, width=aside, size=8.5, align=sheet.end, colour=SOFT)


def _foot(sheet: Sheet, words: Wording, printed: Printed, locale: str) -> None:
    """Who signed, and how to check it."""
    said = printed.statement
    rows = [
        (words.issued_by, said["agency"]["name"]),
        (words.trained_by, said["centre"]["name"]),
        (words.issued, _written(printed.issued_on.isoformat(), "long", locale)),
    ]
    if printed.valid_until:
        rows.append((words.valid_until, _written(printed.valid_until.isoformat(), "long", locale)))
    mirrored = words.right_to_left
    sheet.qr_code(printed.check_url, x=MARGIN if mirrored else WIDTH - MARGIN - QR, y=220, size=QR)
    box = {"x": MARGIN + (QR + 6) * mirrored, "width": WIDTH - 2 * MARGIN - QR - 6}
    for place, (label, value) in enumerate(rows):
        y = 218.5 + place * 10.4
        sheet.fitted(label, y=y, size=8, colour=SOFT, height=4, align=sheet.start, **box)
        sheet.fitted(value, y=y + 3.9, size=10.5, height=5, align=sheet.start, **box)
    sheet.centred(words.check, y=263, size=9, colour=SOFT, height=5)
    sheet.centred(printed.entry_url, y=268.3, size=9, height=5)
    sheet.centred(printed.code, y=273.8, size=10.5, style="B", height=5)


def _written(iso: str, shape: str, locale: str) -> str:
    return format_date(date.fromisoformat(iso), shape, locale=locale)
