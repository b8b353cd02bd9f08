"""Names of any script in Latin letters, and what is left of a word's sound when spelling varies."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Words that name no one: articles and "son of", which records leave out or join at will.
PARTICLES = frozenset(
    (
        "al", "el", "ul", "bin", "ibn", "ben", "bint", "van", "von", "der", "den",
        "de", "da", "di", "del", "dos", "la", "le",
    )
)  # fmt: skip
MOST_WORDS = 5
ARTICLE = "\u0627\u0644"  # the Arabic article, written together with the name
WITHOUT_VOWELS = frozenset(("arabic", "hebrew"))
# Spellings of one sound in the languages of origin, longer ones first. «D» stands for the sound of
# English j, which Albanian writes xh, Bosnian dž, French dj; «K» for q, ć, ch, ts, tsh alike.
SOUNDS = (
    ("tsch", "k"), ("tsh", "k"), ("tch", "k"), ("sch", "s"), ("dzh", "d"), ("xh", "d"),
    ("gj", "d"), ("dj", "d"), ("dz", "d"), ("kh", "h"), ("gh", "g"), ("ch", "k"), ("sh", "s"),
    ("zh", "s"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ts", "k"), ("tz", "k"), ("x", "ks"),
    ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("p", "b"),
)  # fmt: skip
SPELLINGS = dict(SOUNDS)
SPELT = re.compile("|".join(spelling for spelling, _sound in SOUNDS))
SEMIVOWELS = re.compile("[aeiouyhw]")
DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in small Latin letters, particles left out; at most five."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    found = [word for part in re.split(r"[\s\-‐–.,;/_]+", plain) if (word := _latin(part))]
    telling = [word for word in found if len(word) > 1 and word not in PARTICLES]
    return tuple((telling or found)[:MOST_WORDS])


def _latin(word: str) -> str:
    if word.startswith(ARTICLE) and len(word) > len(ARTICLE) + 2:
        word = word[len(ARTICLE) :]
    letters = anyascii(word).lower()
    if letters[:1] in ("'", "`"):  # how alef, hamza and ain begin a word: with a vowel
        letters = "a" + letters[1:]
    return re.sub("[^a-z0-9]", "", letters)


@lru_cache(maxsize=65536)
def skeletons(word: str) -> tuple[str, ...]:
    """Return the consonants of a Latin word as they sound: one form, or two where j is open.

    j is a vowel in Albanian and German and a consonant in French and English.
    """
    spelt = SPELT.sub(lambda found: SPELLINGS[found[0]], word)
    if "j" not in spelt:
        return (_bare(spelt),)
    return tuple(dict.fromkeys((_bare(spelt.replace("j", "y")), _bare(spelt.replace("j", "d")))))


def _bare(spelt: str) -> str:
    initial = spelt[:1].replace("w", "f")
    if initial in "aeiouy":
        initial = "a"
    bare = initial.replace("h", "") + SEMIVOWELS.sub("", spelt[1:])
    return DOUBLED.sub(r"\1", bare) or "a"


@lru_cache(maxsize=65536)
def script(text: str) -> str:
    """Return the script of the first letter in small letters, such as “cyrillic”."""
    for letter in text:
        if letter.isalpha():
            return unicodedata.name(letter, "unknown").split()[0].lower()
    return ""


def compact(text: str) -> str:
    """Return the letters and digits of a number or code, Latin and capital."""
    return re.sub("[^A-Z0-9]", "", anyascii(text).upper())


def digits(text: str) -> str:
    """Return the digits, Arabic ones included."""
    return re.sub(r"\D", "", anyascii(text))
