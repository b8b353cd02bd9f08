"""The lists that are measured on their way in: made up, the same every time."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path
from random import Random

import xlsxwriter

FIGURES, TRAINEES = 100_000, 10_000
SOURCES = ("Labour force survey", "Vacancy survey", "Register of the employment service")
PLAIN_FIGURES = """
    country text, region text, occupation text, year int, quarter int, employed int,
    unemployed int, vacancies int, vacancy_days int, filled_vacancies int, closed_vacancies int,
    qualified_applicants int, suitable_applicants int, graduates int, exits int,
    wage numeric(12, 2), currency text, source text
"""
PLAIN_TRAINEES = """
    reference text, given_name text, family_name text, birth_date date, sex text, country text,
    region text, document_number text, email text, phone text, may_be_proposed text
"""


@dataclass(frozen=True)
class List:
    """Headings and rows; ``plain`` are the columns of a table that takes them as they are."""

    header: list[str]
    rows: list[list]
    plain: str

    def write_csv(self, path: Path) -> None:
        """Write the list as a centre sends it."""
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([self.header, *self.rows])

    def write_xlsx(self, path: Path) -> None:
        """Write the list as a workbook, numbers as numbers."""
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([self.header, *self.rows]):
                sheet.write_row(number, 0, row)


def figures() -> List:
    """Return workforce figures of 18 columns, with the codes of the catalogue."""
    from catalogue.models import Country, Currency, Occupation
    from workforce.rows import FigureRow

    groups = Occupation.objects.current().unit_groups()
    occupations = sorted(groups.values_list("isco_code", flat=True))
    countries = sorted(Country.objects.values_list("pk", flat=True))[:20]
    currencies = sorted(Currency.objects.values_list("pk", flat=True))
    random = Random(11)  # noqa: S311 - the same figures every time
    keys = (
        (country, f"Region {region}", occupation, year, quarter)
        for year in range(2025, 1999, -1)
        for quarter in (1, 2, 3, 4)
        for country in countries
        for region in range(1, 4)
        for occupation in occupations
    )
    rows = [[*key, *_numbers(random, currencies)] for key in islice(keys, FIGURES)]
    return List(list(FigureRow.model_fields), rows, PLAIN_FIGURES)


def _numbers(random: Random, currencies) -> list:
    counts = [random.randrange(60_000) for _ in range(4)]
    counts += [random.randrange(900) for _ in range(6)]
    wage = random.randrange(30_000, 900_000) / 100
    return [*counts, wage, random.choice(currencies), random.choice(SOURCES)]


def trainees() -> List:
    """Return trainees, all of them different people; most of what is told lies encrypted."""
    random = Random(11)  # noqa: S311 - the same people every time
    syllables = [first + second for first, second in product("bdfgklmnprstvz", "aeiou")]
    names = ["".join(three).capitalize() for three in product(syllables, repeat=3)]
    given, family = (random.sample(names, TRAINEES) for _ in range(2))
    first_day = date(1985, 1, 1)
    rows = [
        [
            f"T{number:05}",
            given[number],
            family[number],
            (first_day + timedelta(days=random.randrange(7_000))).isoformat(),
            random.choice(("female", "male")),
            "XK",
            f"Region {number % 7}",
            f"D{random.randrange(10**9):09}",
            f"t{number}@example.org",
            f"+38344{random.randrange(10**6):06}",
            "yes",
        ]
        for number in range(TRAINEES)
    ]
    header = [line.split()[0] for line in PLAIN_TRAINEES.replace("\n", " ").split(",")]
    return List(header, rows, PLAIN_TRAINEES)
