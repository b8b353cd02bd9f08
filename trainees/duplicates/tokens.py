"""From a person to the tokens under which the database finds them."""

from collections.abc import Iterable

from gsp import blind_index
from trainees.identity_engine.identity import Identity, features
from trainees.identity_engine.keys import COMPARED, Kind, keys
from trainees.models import Person

FACTS = (
    "given_name",
    "family_name",
    "birth_date",
    "document_number",
    "email",
    "phone",
    "sex",
    "region",
    "reference",
)
# What must be read of a person to compare them.
COLUMNS = ("id", "uid", "merged_into_id", "country_id", "centre_id", *FACTS)


def identity_of(person: Person) -> Identity:
    """Return what a person's record says of who they are."""
    facts = {name: getattr(person, name) for name in FACTS}
    return Identity(**facts, country=person.country_id, centre=person.centre_id)


def facts_text(identity: Identity) -> str:
    """Return all facts as one text, of which the fingerprint is made."""
    names = (*FACTS, "country")
    return "\x1f".join(str(getattr(identity, name)) for name in names)


def token_rows(person: Person, identity: Identity) -> list[tuple[int, int, int, int]]:
    """Return person, centre, kind and token of each token of one person."""
    return [
        (person.pk, person.centre_id, int(kind), blind_index.token(kind.name, text))
        for kind, text in sorted(keys(features(identity)))
    ]


def tokens_of(wanted: Iterable[tuple[Kind, str]]) -> list[int]:
    """Return tokens of keys under every key of the settings."""
    return [token for kind, text in wanted for token in blind_index.tokens(kind.name, text)]


def compared_tokens(identity: Identity) -> list[int]:
    """Return the tokens by which records to compare with are found."""
    return tokens_of(key for key in keys(features(identity)) if key[0] in COMPARED)
