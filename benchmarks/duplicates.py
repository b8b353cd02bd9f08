"""``duplicates.*``: 10,000 new records compared with 100,000 known persons, under row security."""

import time
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

import psycopg
from django.core.management import call_command

from gsp.tenancy.scope import scope
from partnerships.models import Agency, Organisation
from trainees.duplicates.index import index_missing
from trainees.duplicates.sweep import compare_now
from trainees.models import Person, PossibleDuplicate

KNOWN, NEW, DOUBLES = 100_000, 10_000, 500
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CYRILLIC = str.maketrans("abcdefghijklmnoprstuvz", "абцдефгхијклмнопрстувз")


def run(owner_url: str) -> None:
    """Fill one agency, compare, print the figures; the owner gathers statistics in between."""
    call_command("load_starter_catalogue", verbosity=0)
    random = Random(7)  # noqa: S311 - the same people every time
    agency = Agency.objects.create(slug="duplicates", name="Duplicates", country_id="DE")
    with scope(agency):
        centre = Organisation.objects.create(
            slug="centre", name="Centre", kind="training_centre", country_id="XK"
        )
        known = [_person(centre, f"K{number}", random) for number in range(KNOWN)]
        Person.objects.bulk_create(known, batch_size=5_000)
        print(f"duplicates.index_100000 {_timed(index_missing):.1f} s", flush=True)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("ANALYZE")
    with scope(agency):
        new = [_person(centre, f"N{number}", random) for number in range(NEW - DOUBLES)]
        new += [_double(one, random) for one in random.sample(known, DOUBLES)]
        Person.objects.bulk_create(new, batch_size=5_000)
        ids = [person.pk for person in new]
        took = _timed(lambda: compare_now(ids, at=AT))
        print(f"duplicates.compare_10000_with_100000 {took:.1f} s")
        _quality({person.pk for person in new[-DOUBLES:]})


def _quality(doubles: set[int]) -> None:
    rows = PossibleDuplicate.objects.values_list("second_id", "band")
    sure = [second for second, band in rows if band != "possible"]
    found = {second for second, _band in rows} & doubles
    print(f"duplicates.doubles_found {len(found) / DOUBLES:.3f} share")
    print(f"duplicates.likely_and_true {len(set(sure) & doubles) / len(sure):.3f} share")


def _timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _names(random: Random, syllables: int, count: int) -> list[str]:
    parts = ["".join(each) for each in product("bdfgklmnprstvz", "aeiou")]
    return ["".join(random.choices(parts, k=syllables)).title() for _ in range(count)]


GIVEN = _names(Random(1), 2, 300)  # noqa: S311
FAMILY = _names(Random(2), 3, 400)  # noqa: S311
COMMON_FIRST = [1 / (place + 5) for place in range(400)]


def _person(centre, reference: str, random: Random) -> Person:
    born = date(1985, 1, 1) + timedelta(days=random.randrange(8_000))
    return Person(
        centre=centre,
        reference=reference,
        given_name=random.choices(GIVEN, COMMON_FIRST[:300])[0],
        family_name=random.choices(FAMILY, COMMON_FIRST)[0],
        birth_date=born.isoformat(),
        birth_year=born.year,
        document_number=f"P{random.randrange(10**8):08}" if random.random() < 0.7 else "",
        phone=f"+38344{random.randrange(400_000):06}",
        sex=random.choice(["female", "male"]),
        country_id="XK",
        region=f"Region {random.randrange(7)}",
    )


def _double(known: Person, random: Random) -> Person:
    """Return the same person as entered again: another script, order, day or number."""
    facts = {name: getattr(known, name) for name in ("given_name", "family_name", "birth_date")}
    kind = random.randrange(4)
    if kind == 0:
        for name in ("given_name", "family_name"):
            facts[name] = facts[name].lower().translate(CYRILLIC).title()
    if kind == 1:
        facts["given_name"], facts["family_name"] = facts["family_name"], facts["given_name"]
    if kind == 2 and int(facts["birth_date"][8:]) <= 12:
        year, month, day = facts["birth_date"].split("-")
        facts["birth_date"] = f"{year}-{day}-{month}"
    return Person(
        centre_id=known.centre_id,
        reference=f"D{known.reference}",
        birth_year=known.birth_year,
        document_number=known.document_number if kind == 3 else "",
        phone=known.phone,
        sex=known.sex,
        country_id="XK",
        **facts,
    )
