"""Faulty lists: every error with row, column and remedy, and nothing written."""

import pytest

from gsp.uploads.models import Upload
from partnerships.models import Partnership
from tests import builders as a
from tests.trainees.lists import ARTA, BESA, HEADER, TRACKS, choosing, errors, send
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim, TrackDecision
from training.models import Cohort


@pytest.fixture(autouse=True)
def no_floor(cast):
    with cast.scope():
        Partnership.objects.update(home_floor=0)


def refused(cast, *lines, header=HEADER, **fields):
    """Send a list that must be refused; return its errors once sure that nothing changed."""
    tables = (Person, Enrolment, TrackDecision, LanguageResult, SkillClaim)
    with cast.scope(cast.coordinator):
        before = [table.objects.count() for table in tables]
        record = send(cast, *lines, header=header, **fields)
        assert [table.objects.count() for table in tables] == before
        assert Upload.objects.filter(state=record.state).count() >= 1
    assert record.state in ("waiting", "refused")
    assert record.faulty == len({one["row"] for one in record.errors} - {None})
    assert all(error["remedy"] for error in record.errors)
    return errors(record)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("sex", "bricklayer", "“bricklayer” is not one of the codes."),
        ("track", "abroad", "“abroad” is not one of the codes."),
        ("email", "arta@", "This is not an e-mail address."),
        ("phone", "3.83441E+11", "The spreadsheet has rounded this number to “…”."),
        (
            "document_number",
            "1.23457E+11",
            "The spreadsheet has rounded this number to “…”.",
        ),
        ("may_be_proposed", "perhaps", "“perhaps” is neither yes nor no."),
        ("skills", "fly:2", "There is no skill “fly”."),
        ("skills", "fly", "“fly” says no level."),
        ("skills", "fly:9", "“fly:9” says no level."),
        ("region", "x" * 81, "This text has 81 characters."),
    ],
)
def test_cell_is_refused(cast, column, cell, message):
    found = refused(cast, f"{ARTA},{cell}", header=f"{HEADER},{column}")
    assert found == [(2, column, message)]


SEVERAL = "The day “…” can be read in several ways."
WAIT = "Wait until one is free, or have seats added."
AWAY_HELD = f"All away seats are held: 1 of 1. {WAIT}"
HOME_HELD = f"All home seats are held: 2 of 2. {WAIT}"
BORN = "Nobody in training was born on this day."
ROUNDED = "The spreadsheet has rounded this number to “1E+12”."


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (",Arta,Krasniqi,2000-05-17,XK", "reference", "This cell is empty."),
        ("A1,,Krasniqi,2000-05-17,XK", "given_name", "This cell is empty."),
        (
            "A1,Arta,Krasniqi,17.05.2000,XK",
            "birth_date",
            "The day “…” can be read in several ways.",
        ),
        ("A1,Arta,Krasniqi,2999-05-17,XK", "birth_date", BORN),
        ("A1,Arta,Krasniqi,1899-05-17,XK", "birth_date", BORN),
        ("A1,Arta,Krasniqi,2000-05-17,KX", "country", "There is no country “KX”."),
        ("1E+12,Arta,Krasniqi,2000-05-17,XK", "reference", ROUNDED),
    ],
)
def test_needed_cell_is_refused(cast, row, column, message):
    assert refused(cast, BESA, row) == [(3, column, message)]


BEFORE = "The result expires before the test."
LANGUAGE = f"{HEADER},language,language_level,language_tested_on,language_expires_on"


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ("de,B5,2026-01-01,", "language_level", "“B5” is not one of the codes."),
        ("xx,B1,2026-01-01,", "language", "There is no language “xx”."),
        (
            "de,,,",
            "language_level",
            "A language result needs its language, its level and the day of the test.",
        ),
        (
            "de,B1,,",
            "language_tested_on",
            "A language result needs its language, its level and the day of the test.",
        ),
        (
            ",,,2028-01-01",
            "language",
            "A language result needs its language, its level and the day of the test.",
        ),
        ("de,B1,2999-01-01,", "language_tested_on", "The test lies in the future."),
        ("de,B1,2026-02-02,2026-02-01", "language_expires_on", BEFORE),
    ],
)
def test_language_is_refused(cast, cells, column, message):
    assert refused(cast, f"{ARTA},{cells}", header=LANGUAGE) == [(2, column, message)]


def test_skill_with_two_meanings_is_refused(cast):
    from catalogue.models import Skill

    for number in (1, 2):
        Skill.objects.create(uri=f"urn:test:{number}", title="Juggle test bricks", kind="skill")
    found = refused(cast, f"{ARTA},juggle test bricks:1", header=f"{HEADER},skills")
    assert found == [(2, "skills", "Several skills are called “juggle test bricks”.")]


def test_reference_that_stands_twice_is_refused(cast):
    assert refused(cast, ARTA, BESA, ARTA) == [
        (4, "reference", "This reference stands in row 2 already.")
    ]


def test_errors_of_every_kind_come_together_in_order(cast):
    with cast.scope():
        Cohort.objects.update(away_seats=1)
    found = refused(
        cast,
        choosing(ARTA, "away"),
        choosing(BESA, "away"),
        choosing(ARTA.replace("XK", "ZZ"), "home"),
        choosing(BESA.replace("A2", "A3"), ""),
        choosing(BESA.replace("A2", "A3"), ""),
        header=TRACKS,
    )
    assert found == [
        (3, "track", AWAY_HELD),
        (4, "country", "There is no country “ZZ”."),
        (6, "reference", "This reference stands in row 5 already."),
    ]


def test_seats_held_already_count(cast):
    with cast.scope():
        Cohort.objects.update(home_seats=2)
        a.enrolment(a.person(cast.centre, "X1"), cast.cohort)
        a.enrolment(a.person(cast.centre, "X2"), cast.cohort, state="withdrawn", certified_on=None)
    found = refused(cast, choosing(ARTA, "home"), choosing(BESA, "home"), header=TRACKS)
    assert found == [(3, "track", HOME_HELD)]


def test_swap_of_two_trainees_needs_no_further_seat(cast):
    with cast.scope(cast.coordinator):
        Cohort.objects.update(home_seats=1, away_seats=1)
        header = TRACKS
        send(cast, choosing(ARTA, "home"), choosing(BESA, "away"), header=header)
        record = send(cast, choosing(ARTA, "away"), choosing(BESA, "home"), header=header)
        assert (record.errors, record.updated) == ([], 2)
        tracks = Enrolment.objects.order_by("person__reference").values_list("track", flat=True)
        assert list(tracks) == ["away", "home"]


def test_change_outside_the_window_is_refused(cast):
    with cast.scope(cast.coordinator):
        send(cast, choosing(ARTA, "home"), header=TRACKS)
        Cohort.objects.update(decision_closes_on="2026-11-21")
    found = refused(cast, choosing(ARTA, "away"), header=TRACKS)
    assert [(row, column) for row, column, _message in found] == [(2, "track")]
    assert found[0][2].startswith("The track is chosen between 1 Jan 2026 and 21 Nov 2026.")


def test_track_of_somebody_who_left_is_settled(cast):
    with cast.scope():
        person = a.person(cast.centre, "A1")
        a.enrolment(person, cast.cohort, state="withdrawn", certified_on=None)
    found = refused(cast, choosing(ARTA, "away"), header=TRACKS)
    assert found == [(2, "track", "This trainee is withdrawn; the track is settled.")]


def test_identifying_value_is_not_kept_with_the_error(cast):
    with cast.scope(cast.coordinator):
        record = send(cast, f"{ARTA},arta@", header=f"{HEADER},email")
    assert record.errors[0]["value"] == ""
    assert "arta@" not in str(record.errors)


@pytest.mark.parametrize(
    ("name", "lines", "message"),
    [
        ("list.csv", (), "There is no row below the headings."),
        ("list.pdf", (ARTA,), "“list.pdf” is not a table that can be read."),
        ("list.xlsx", (ARTA,), "“list.xlsx” is not a table that can be read."),
    ],
)
def test_useless_file_is_recorded(cast, name, lines, message):
    assert refused(cast, *lines, name=name) == [(None, "", message)]
