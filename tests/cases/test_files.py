"""What a file is, is judged by its content: kept clean, or refused with what would do instead."""

import io

import pytest
from PIL import Image

from cases.files import images
from cases.files.examine import examine
from gsp.workflow import Refused
from tests.cases import files

MOST = 15 * 1024 * 1024


@pytest.mark.parametrize(
    ("kind", "media_type", "suffix"),
    [
        ("JPEG", "image/jpeg", ".jpg"),
        ("PNG", "image/png", ".png"),
        ("WEBP", "image/webp", ".webp"),
        ("TIFF", "image/tiff", ".tif"),
    ],
)
def test_pictures_are_taken_and_stay_pictures(kind, media_type, suffix):
    kept = examine(files.picture(kind), most=MOST)
    assert (kept.media_type, kept.suffix) == (media_type, suffix)
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.format, picture.size) == (kind, (60, 40))


def test_a_photograph_is_turned_upright_and_says_no_longer_where_it_was_taken():
    sent = files.geotagged()
    with Image.open(io.BytesIO(sent)) as picture:
        assert picture.getexif().get_ifd(0x8825) == {1: "N"}
    kept = examine(sent, most=MOST)
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.size == (40, 60)
        assert dict(picture.getexif()) == {}
    assert b"Maker" not in kept.content


def test_what_is_hung_onto_a_picture_does_not_survive():
    kept = examine(files.picture("PNG") + files.archive(), most=MOST)
    assert b"PK" not in kept.content
    assert b"index.html" not in kept.content


def test_every_page_of_a_scan_stays():
    kept = examine(files.tiff(pages=3), most=MOST)
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.n_frames == 3


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_colours_of_printers_are_taken(mode):
    assert examine(files.picture(mode=mode), most=MOST).media_type == "image/jpeg"


def test_a_pdf_stays_byte_for_byte():
    sent = files.pdf(pages=2)
    kept = examine(sent, most=MOST)
    assert (kept.content, kept.media_type, kept.suffix) == (sent, "application/pdf", ".pdf")


HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 40
REFUSED = {
    "empty": (b"", "empty"),
    "too large": (b"%PDF-" + b"0" * MOST, "too_large"),
    "locked PDF": (files.locked_pdf(), "locked"),
    "PDF with a script": (files.pdf(files.with_script), "active_content"),
    "PDF with another file": (files.pdf(files.with_attachment), "active_content"),
    "PDF that starts a program": (files.pdf(files.with_launch), "active_content"),
    "PDF and archive at once": (files.pdf() + files.archive(), "polyglot"),
    "PDF and web page at once": (files.pdf() + b"<script>alert(1)</script>", "polyglot"),
    "PDF cut short": (files.pdf()[:200], "damaged"),
    "PDF of nothing": (b"%PDF-1.7\n%%EOF\n", "damaged"),
    "PDF without a page": (files.pdf(pages=0), "pages"),
    "picture cut short": (files.picture("PNG", size=(500, 500))[:60], "damaged"),
    "only the head of a JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 30, "damaged"),
    "HEIC": (HEIC, "heic"),
    "archive": (files.archive(), "office"),
    "old office document": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "office"),
    "web page": (b"\xef\xbb\xbf <!DOCTYPE html><script>1</script>", "markup"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "markup"),
    "program": (b"MZ" + b"\0" * 600, "unknown_type"),
    "text": (b"I am a diploma.", "unknown_type"),
    "GIF": (b"GIF89a" + b"\0" * 30, "unknown_type"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_files_are_refused(name):
    content, code = REFUSED[name]
    with pytest.raises(Refused) as refusal:
        examine(content, most=MOST)
    assert (refusal.value.field, refusal.value.code) == ("file", code)


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_does():
    bomb = files.picture("PNG", size=(12_000, 12_000), mode="1")
    assert len(bomb) < 100_000
    with pytest.raises(Refused) as refusal:
        examine(bomb, most=MOST)
    assert refusal.value.code == "too_many_pixels"


def test_pixels_of_all_pages_count_together(monkeypatch):
    monkeypatch.setattr(images, "MOST_PIXELS", 1_000)
    with pytest.raises(Refused) as refusal:
        examine(files.tiff(pages=2), most=MOST)  # 600 each
    assert refusal.value.code == "too_many_pixels"
