"""The typefaces of certificates, from the npm packages that set-up fetches."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

PACKAGES = Path(settings.BASE_DIR) / "node_modules" / "@expo-google-fonts"
LATIN, ARABIC = "Latin", "Arabic"  # families as the page names them
FILES = {
    (LATIN, ""): "source-serif-4/400Regular/SourceSerif4_400Regular.ttf",
    (LATIN, "B"): "source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf",
    (LATIN, "I"): "source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf",
    (ARABIC, ""): "noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf",
    (ARABIC, "B"): "noto-naskh-arabic/600SemiBold/NotoNaskhArabic_600SemiBold.ttf",
}


def path_of(family: str, style: str) -> Path:
    """Return the file of a typeface: Latin also writes Cyrillic and Greek."""
    return PACKAGES / FILES[family, style]


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """Return the code points that a certificate can print."""
    known = set()
    for family in (LATIN, ARABIC):
        with TTFont(path_of(family, "")) as font:
            known |= font.getBestCmap().keys()
    return frozenset(known)


def unknown_letters(text: str) -> str:
    """Return the letters of a text that a certificate cannot print, each once."""
    return "".join(letter for letter in dict.fromkeys(text) if ord(letter) not in letters())
