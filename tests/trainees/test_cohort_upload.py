"""A centre's list: applied once, exactly counted, updated by reference, with decisions kept."""

import unicodedata
from datetime import date
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gsp.tenancy.scope import as_agency
from gsp.uploads.models import Upload
from gsp.workflow import NotAllowed, Refused
from partnerships.models import Partnership
from tests import builders as a
from tests.trainees.lists import ARTA, BESA, HEADER, NOW, TRACKS, choosing, counts, send
from tests.uploads.files import xlsx
from tests.uploads.stages import applied
from trainees.actions.cohort_upload import upload
from trainees.models import Enrolment, LanguageResult, Person, SkillClaim, TrackDecision
from training.models import Cohort

FULL = (
    "reference,given_name,family_name,birth_date,sex,country,region,document_number,email,phone,"
    "track,adviser,counselled_on,language,language_level,language_tested_on,language_expires_on,skills,may_be_proposed"
)
FULL_ARTA = (
    "A1,Arta,Krasniqi,2000-05-17,female,xk,Drenica,007123,arta@example.org,+383 44 123 456,"
    "away,Ada Adviser,2026-11-20,de,b1,2026-06-01,2028-06-01,Carve Test Stones:2;"
    "http://data.europa.eu/esco/skill/test-mix-mortar:advanced,yes"
)


@pytest.fixture(autouse=True)
def skill_with_a_title_of_its_own(cast):
    a.skill("carve test stones")
    with cast.scope():
        Partnership.objects.update(home_floor=0)


def test_full_row_becomes_a_case(cast):
    with cast.scope(cast.coordinator):
        record = send(cast, FULL_ARTA, header=FULL)
        assert record.errors == []
        person = Person.objects.get()
        enrolment = Enrolment.objects.get()
        language = LanguageResult.objects.get()
        decision = TrackDecision.objects.get()
        skills = SkillClaim.objects.values_list("skill__title", "level", "evidence")
        assert sorted(skills) == [("carve test stones", 2, "none"), ("mix mortar", 3, "none")]
    assert (record.state, record.rows, counts(record)) == ("applied", 1, (1, 0, 0))
    assert (person.reference, person.given_name, person.family_name) == ("A1", "Arta", "Krasniqi")
    assert (person.birth_date, person.birth_year, person.sex) == ("2000-05-17", 2000, "female")
    assert (person.country_id, person.region, person.document_number) == ("XK", "Drenica", "007123")
    assert (person.email, person.phone) == ("arta@example.org", "+383 44 123 456")
    assert (person.may_be_proposed, person.centre_id) == (True, cast.centre.pk)
    assert (enrolment.person_id, enrolment.cohort_id) == (person.pk, cast.cohort.pk)
    assert (enrolment.track, enrolment.state) == ("away", "in_training")
    assert enrolment.enrolled_on == record.applied_at.date()
    assert (language.language_id, language.level, language.skill) == ("de", "B1", "overall")
    assert (language.tested_on, language.expires_on) == (date(2026, 6, 1), date(2028, 6, 1))
    assert (decision.track, decision.reason) == ("away", "first_choice")
    assert decision.decided_on == record.applied_at.date()


def test_same_file_twice_writes_nothing_twice(cast):
    with cast.scope():  # the audit trail is for staff
        send(cast, FULL_ARTA, header=FULL)
        before = snapshot()
        assert before == [1, 1, 1, 1, 2, 1, 2, 1, 1, 2]  # the track is an update of its own
        record = send(cast, FULL_ARTA, header=FULL)
        assert counts(record) == (0, 0, 1)
        assert snapshot() == before
        assert Upload.objects.count() == 2


def snapshot():
    """Count the rows and, in the audit trail, the writes of every table an upload touches."""
    tables = (Person, Enrolment, TrackDecision, LanguageResult, SkillClaim)
    events = [table.objects.model._meta.get_field("events").related_model for table in tables]
    return [table.objects.count() for table in tables] + [event.objects.count() for event in events]


def test_changes_are_counted_row_by_row(cast):
    with cast.scope(cast.coordinator):
        send(cast, ARTA, BESA)
        changed = ARTA.replace("Arta", "Artë")
        record = send(cast, changed, BESA, "A3,Drita,Berisha,1999-12-31,DE")
        assert counts(record) == (1, 1, 1)
        assert Person.objects.get(reference="A1").given_name == "Artë"
        assert Enrolment.objects.count() == 3


def test_change_is_audited_as_a_change(cast):
    events = Person._meta.get_field("events").related_model
    with cast.scope():  # the audit trail is for staff
        send(cast, ARTA)
        send(cast, ARTA.replace("Krasniqi", "Gashi"))
        assert list(events.objects.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
            "insert",
            "update",
        ]
        assert Person.objects.get().family_name == "Gashi"


def test_empty_cell_changes_nothing(cast):
    with cast.scope(cast.coordinator):
        send(cast, FULL_ARTA, header=FULL)
        record = send(cast, f"{ARTA},,", header=f"{HEADER},phone,may_be_proposed")
        person = Person.objects.get()
        assert counts(record) == (0, 0, 1)
        assert (person.phone, person.may_be_proposed) == ("+383 44 123 456", True)


def test_known_person_keeps_the_case_in_a_second_cohort(cast):
    with cast.scope(cast.coordinator):
        second = a.cohort(cast.partnership, cast.cohort.course, "C2", state="planned")
        send(cast, ARTA)
        record = send(cast, ARTA, cohort=second)
        assert counts(record) == (1, 0, 0)
        assert Person.objects.count() == 1
        assert list(Enrolment.objects.order_by("id").values_list("cohort__code", "state")) == [
            ("C1", "in_training"),
            ("C2", "enrolled"),
        ]


def test_track_change_by_list_is_a_decision(cast):
    with cast.scope(cast.coordinator):
        for track in ("", "home", "undecided", "away"):
            send(cast, choosing(ARTA, track), header=TRACKS)
        decided = TrackDecision.objects.order_by("id").values_list("track", "reason")
        assert list(decided) == [("home", "first_choice"), ("away", "preference")]
        assert Enrolment.objects.get().track == "away"


def test_skill_proved_by_a_course_is_not_lowered_to_a_claim(cast):
    with cast.scope(cast.coordinator):
        person = a.person(cast.centre, "A1")
        a.enrolment(person, cast.cohort, skills=[a.skill("carve test stones")])
        claims = "carve test stones:1;http://data.europa.eu/esco/skill/test-mix-mortar:1"
        record = send(cast, f"{ARTA},{claims}", header=f"{HEADER},skills")
        assert counts(record) == (0, 1, 0)
        assert sorted(SkillClaim.objects.values_list("skill__title", "level", "evidence")) == [
            ("carve test stones", 3, "course"),
            ("mix mortar", 1, "none"),
        ]


@pytest.mark.parametrize("name", ["محمد العربي", "Дмитрий", "Nguyễn", "=1+1", "@SUM(A1)", "-5"])
def test_names_of_every_script_are_kept_in_nfc(cast, name):
    rows = [HEADER.split(","), ["A1", unicodedata.normalize("NFD", name), "X", "2000-05-17", "XK"]]
    with cast.scope(cast.coordinator):
        by = cast.coordinator
        sent = upload(cast.cohort, file_name="l.xlsx", file=xlsx(*rows), by=by, at=NOW)
        applied(sent, by=by, at=NOW)
        assert Person.objects.get().given_name == unicodedata.normalize("NFC", name)


def test_staff_may_upload_for_a_centre(cast):
    with cast.scope():
        record = send(cast, ARTA, by=cast.officer)
        assert counts(record) == (1, 0, 0)
        assert Person.objects.get().centre_id == cast.centre.pk
        assert record.organisation_id == cast.centre.pk


def test_another_centre_cannot_even_find_the_cohort(cast):
    with cast.scope(cast.rival_coordinator):
        assert not Cohort.objects.filter(pk=cast.cohort.pk).exists()
        with pytest.raises(NotAllowed):
            send(cast, ARTA, by=cast.rival_coordinator)
    with cast.scope():
        assert (Person.objects.count(), Upload.objects.count()) == (0, 0)


def test_reader_without_the_permission_is_refused(cast):
    with cast.scope():
        with pytest.raises(NotAllowed):
            send(cast, ARTA, by=cast.auditor)
        assert (Person.objects.count(), Upload.objects.count()) == (0, 0)


@pytest.mark.parametrize("state", ["assessed", "closed", "cancelled"])
def test_settled_cohort_takes_no_list(cast, state):
    with cast.scope(cast.coordinator):
        cohort = a.cohort(cast.partnership, cast.cohort.course, "C2", state=state)
        with pytest.raises(Refused) as refusal:
            send(cast, ARTA, cohort=cohort)
        assert refusal.value.code == "cohort_settled"
        assert (Person.objects.count(), Upload.objects.count()) == (0, 0)


def test_number_of_queries_does_not_grow_with_the_rows(cast):
    def queries(start, stop):
        lines = [
            f"{FULL_ARTA}".replace("A1,", f"R{number},").replace("away", "home")
            for number in range(start, stop)
        ]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert counts(send(cast, *lines, header=FULL)) == (stop - start, 0, 0)
        return len(captured)

    with cast.scope(cast.coordinator):
        assert queries(0, 1) == queries(1, 8)


def test_five_hundred_rows_are_quick(cast):
    with cast.scope(cast.coordinator):
        Cohort.objects.update(home_seats=500, away_seats=500)
        with as_agency():
            Partnership.objects.update(away_seats=500)
        lines = [FULL_ARTA.replace("A1,", f"R{number},") for number in range(500)]
        started = perf_counter()
        assert counts(send(cast, *lines, header=FULL)) == (500, 0, 0)
        created = perf_counter()
        changed = [line.replace("Drenica", "Prizren") for line in lines]
        assert counts(send(cast, *changed, header=FULL)) == (0, 500, 0)
        updated = perf_counter()
    print(f"{created - started:.2f} s new, {updated - created:.2f} s changed")
    assert created - started < 3
    assert updated - created < 3
