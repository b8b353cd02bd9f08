"""The printed page: one page A4 in each language, shaped and readable, with its QR code."""

import warnings
from datetime import date

import pypdfium2
import pytest

from credentials.certificate.fonts import path_of, unknown_letters
from credentials.certificate.page import Printed, pdf
from credentials.certificate.sheet import Sheet
from credentials.certificate.wording import WORDINGS

STATEMENT = {
    "agency": {"name": "North"},
    "centre": {"name": "Qendra Skënderaj"},
    "course": {
        "title": "Bricklaying",
        "eqf": 4,
        "hours": 1600,
        "occupation": {"title": "Bricklayers"},
    },
    "trained": ["2026-01-10", "2026-10-31"],
    "certified_on": "2026-11-01",
    "modules": [{"title": f"Module {number}", "hours": 10 * number} for number in range(1, 13)],
    "skills": [{"title": "lay bricks", "level": 3}],
    "is_demonstration": False,
}
CODE = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV"
URL = "https://skills.example.org/public/north/credentials/"


def printed(**facts) -> Printed:
    facts = {
        "statement": STATEMENT,
        "holder_name": "Arta Krasniqi",
        "issued_on": date(2026, 11, 22),
        "valid_until": None,
        "code": CODE,
        "check_url": f"{URL}{CODE.replace('-', '')}/",
        "entry_url": URL,
        **facts,
    }
    return Printed(**facts)


def read(content: bytes):
    """Return the size in mm of the only page, and its text."""
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    page = document[0]
    size = tuple(round(points / 72 * 25.4) for points in page.get_size())
    text = page.get_textpage().get_text_range()
    document.close()
    return size, text


@pytest.mark.parametrize("language", sorted(set(WORDINGS) - {"ar"}))
def test_the_page_says_everything_in_each_language(language):
    size, text = read(pdf(printed(valid_until=date(2031, 11, 21)), language))
    words = WORDINGS[language]
    assert size == (210, 297)
    for word in (words.title, words.confirms, words.issued_by, words.valid_until, "Arta Krasniqi"):
        assert word in text, word
    for word in ("Bricklaying", "Qendra Skënderaj", "1600", CODE, URL, words.levels[2]):
        assert word in text, word
    assert words.more.format(count=5) in text
    assert words.demonstration not in text


def test_the_arabic_page_is_mirrored_and_keeps_names_dates_and_code():
    size, text = read(pdf(printed(holder_name="فاطمة الزهراء العمراني"), "ar"))
    assert size == (210, 297)
    for word in ("Bricklaying", CODE, URL, "2026"):
        assert word in text, word
    assert _dark_share(pdf(printed(), "ar"), left=True) > 0.3  # the QR code stands at the left
    assert _dark_share(pdf(printed(), "en"), left=True) < 0.1


def _dark_share(content: bytes, *, left: bool) -> float:
    document = pypdfium2.PdfDocument(content)
    picture = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    width = picture.width
    start = 24 / 210 * width if left else (1 - 59 / 210) * width
    box = picture.crop((round(start), 630, round(start + 35 / 210 * width), 715))
    dark = sum(value < 128 for value in box.tobytes())
    return dark / (box.width * box.height)


def test_arabic_letters_are_joined():
    """In a word, letters take other shapes than each of them alone."""
    sheet = Sheet(language="ar", right_to_left=True, title="")
    font = sheet.fonts["arabic"]

    def glyphs(text):
        return {one["mapped_char"] for one in font.shape_text(text, 20, {"features": {}})}

    alone = set().union(*map(glyphs, "محمد"))
    assert len(alone) == 3
    assert len(glyphs("محمد")) == 4  # the first and the second meem differ as well
    assert glyphs("محمد").isdisjoint(alone)
    sheet.finished()


def test_a_demonstration_says_that_it_certifies_nothing():
    invented = STATEMENT | {"is_demonstration": True}
    _size, text = read(pdf(printed(statement=invented), "en"))
    assert WORDINGS["en"].demonstration in text


@pytest.mark.parametrize(
    "name", ["Đorđe Ñandú-Ștefănescu", "Арта Красниќи", "Ελένη", "Arta فاطمة", "X" * 90]
)
def test_names_of_many_scripts_are_written(name):
    assert unknown_letters(name) == ""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        size, _text = read(pdf(printed(holder_name=name), "en"))
    assert size == (210, 297)


def test_letters_without_a_glyph_are_named():
    assert unknown_letters("Arta প্রি প") == "প্রি"


def test_a_course_without_modules_skills_or_level_has_a_page():
    bare = STATEMENT | {
        "modules": [],
        "skills": [],
        "course": STATEMENT["course"] | {"eqf": None, "hours": None},
    }
    _size, text = read(pdf(printed(statement=bare), "de"))
    assert WORDINGS["de"].modules not in text.split("\n")[0]
    assert "–" in text


def test_typefaces_come_with_set_up():
    for family, style in (("Latin", ""), ("Latin", "B"), ("Latin", "I"), ("Arabic", "B")):
        assert path_of(family, style).stat().st_size > 100_000
