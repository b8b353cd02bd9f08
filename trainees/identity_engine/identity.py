"""What is known of who somebody is: as recorded, and made comparable."""

from dataclasses import dataclass
from datetime import date

from trainees.identity_engine.letters import compact, digits, script, skeletons, words

NUMBER_TAIL = 8  # digits of a telephone number that hold with and without the country's code


@dataclass(frozen=True, slots=True)
class Identity:
    """One record as it was written; ``birth_date`` in ISO form, unknown facts empty.

    ``centre`` is any key of the training centre that keeps the record.
    """

    given_name: str = ""
    family_name: str = ""
    birth_date: str = ""
    document_number: str = ""
    email: str = ""
    phone: str = ""
    sex: str = ""
    country: str = ""
    region: str = ""
    reference: str = ""
    centre: int | None = None


@dataclass(frozen=True, slots=True)
class Features:
    """The same, made comparable: names as Latin words, numbers without punctuation."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    script: str
    born: date | None
    document: str
    email: str
    phone: str
    sex: str
    country: str
    region: tuple[str, ...]
    reference: str
    centre: int | None

    @property
    def names(self) -> tuple[str, ...]:
        """Return all words of the name."""
        return self.given + self.family

    @property
    def sounds(self) -> list[tuple[str, ...]]:
        """Return the skeletons of each word of the name."""
        return [skeletons(word) for word in self.names]


def features(identity: Identity) -> Features:
    """Make a record comparable."""
    number = digits(identity.phone)
    sex = identity.sex if identity.sex not in ("unknown", "other") else ""
    return Features(
        given=words(identity.given_name),
        family=words(identity.family_name),
        script=script(identity.given_name + identity.family_name),
        born=_day(identity.birth_date),
        document=compact(identity.document_number),
        email=identity.email.strip().casefold(),
        phone=number[-NUMBER_TAIL:] if len(number) >= NUMBER_TAIL - 2 else "",
        sex=sex,
        country=identity.country,
        region=words(identity.region),
        reference=compact(identity.reference).lstrip("0"),
        centre=identity.centre,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
