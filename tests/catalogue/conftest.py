import pytest
from django.db import connection

from tests.catalogue.esco_files import Classification

TABLES = (
    "catalogue_release",
    "catalogue_occupation",
    "catalogue_skill",
    "catalogue_skillgroup",
    "catalogue_occupationskill",  # no foreign key, so CASCADE does not reach it
    "catalogue_skillgroupmembership",
    "catalogue_country",
    "catalogue_language",
    "catalogue_currency",
)


@pytest.fixture
def empty_catalogue(db):
    """The catalogue before anything was loaded, for the length of one test."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")


@pytest.fixture
def classification():
    """A classification of some twenty rows, to be changed and written by the test."""
    return Classification()
