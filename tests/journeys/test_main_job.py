"""The platform's main job, end to end, over HTTP, on the real ESCO classification.

A training centre uploads a cohort, two employers post the skills they need, an employment service
sends its figures, the night runs, and an officer reads gaps and proposals in the morning.
"""

import io
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import strip_tags

from catalogue.models import Occupation, OccupationSkill
from gsp.uploads.models import Upload
from partnerships.actions import clients
from partnerships.models import Participation, Partnership
from tests import builders as a
from tests.faults.processes import web
from tests.faults.visitor import Machine, Visitor
from tests.uploads.stages import applied

ESCO = settings.BASE_DIR.parent / "shared" / "data" / "esco-1.2.0-en-csv.zip"
TILE_FITTER = "http://data.europa.eu/esco/occupation/02447817-ea01-4d8b-b09c-8bc128e447e6"
NOT_TAUGHT = ("sanding techniques", "types of tile")
GATES = [
    "Agreed to be proposed",
    "Employer verified",
    "Country of the track",
    "Trained for this occupation",
    "Region",
    "Age",
    "Available inside the start window",
    "Language level",
    "Language result valid at the start",
    "Not declined before",
    "Least fit reached",
]
DAY = timedelta(days=1)

pytestmark = pytest.mark.skipif(not ESCO.exists(), reason=f"no ESCO download at {ESCO.name}")


@pytest.fixture
def today():
    return timezone.now().date()


@pytest.fixture
def cohort(stage, today):
    """A course that teaches all but two essential skills of ESCO's tile fitter; its cohort."""
    call_command("import_esco", str(ESCO), verbosity=0)
    occupation = Occupation.objects.get(uri=TILE_FITTER)
    essential = OccupationSkill.objects.filter(occupation=occupation, relation="essential")
    taught = [one.skill for one in essential.exclude(skill__title__in=NOT_TAUGHT)]
    assert (essential.count(), len(taught)) == (17, 15)
    with stage.scope():
        course = a.course(stage.centre, "TILE", isco="7122", skills=taught)
        course.occupation = occupation
        course.save()
        return a.cohort(
            stage.partnership,
            course,
            "TILE-1",
            starts_on=today - 200 * DAY,
            ends_on=today + 40 * DAY,
            decision_opens_on=today - 200 * DAY,
            decision_closes_on=today + 20 * DAY,
        )


@pytest.fixture
def local_employer(stage):
    """An employer of the country of origin that takes part."""
    with stage.scope():
        made = a.organisation("kosova-build", "employer", "XK")
        Participation.objects.create(
            partnership=stage.partnership, organisation=made, since=timezone.now().date()
        )
        return made


@pytest.fixture
def address(cohort, given, tmp_path):
    with web(given, tmp_path / "web") as where:
        yield where


def machine_of(address, stage, organisation) -> Machine:
    """Return a system of an organisation, which the director has let in."""
    with stage.scope():
        handover = clients.create(
            organisation, name="Interface", by=stage.director, at=timezone.now()
        )
    return Machine(address, handover.client.pk, handover.secret)


def upload_cohort(address, stage, cohort, today):
    """The coordinator uploads three trainees and certifies the one who has finished."""
    tested = today - 30 * DAY
    file = io.BytesIO(
        f"""reference,given_name,family_name,birth_date,country,track,adviser,counselled_on,language,\
language_level,language_tested_on,skills,may_be_proposed
T-1,Arta,Krasniqi,2001-04-12,XK,home,Ada,{tested},,,,types of tile:1; \
advise on construction materials:2,yes
T-2,Besnik,Gashi,2000-09-30,XK,away,Ada,{tested},de,B1,{tested},sanding techniques:2,yes
T-3,Çlirim,Hoxha,1999-01-07,XK,away,Ada,{tested},,,,,yes
""".encode()
    )
    file.name = "cohort.csv"
    visitor = Visitor(address)
    visitor.sign_in(stage.coordinator.user.email)
    desk = "/desk/north/skenderaj"
    landed = visitor.submit(f"{desk}/cohorts/{cohort.uid}/upload/", file=file)
    assert (landed.status, "The file is with us" in landed.text) == (200, True), landed.text
    with stage.scope():
        Partnership.objects.update(home_floor=0)
    with stage.scope(stage.coordinator):  # what the worker and the coordinator's click do
        record = applied(Upload.objects.get(), by=stage.coordinator, at=timezone.now())
        assert (record.state, record.created, record.held) == ("applied", 3, 0), record.errors
    enrolments = visitor.get(f"/api/v1/north/skenderaj/enrolments?cohort={cohort.uid}").json()
    by_reference = {row["person"]["reference"]: row for row in enrolments["results"]}
    assert [(key, row["track"], row["state"]) for key, row in sorted(by_reference.items())] == [
        ("T-1", "home", "in_training"),
        ("T-2", "away", "in_training"),
        ("T-3", "away", "in_training"),
    ]
    certify = f"{desk}/enrolments/{by_reference['T-2']['uid']}/certify/"
    certified = visitor.submit(certify, certified_on=today.isoformat())
    assert "The trainee is certified." in certified.text


def post_demand(machine, desk, today, **changes):
    """An employer's system states what it needs; what it gets back is what it said."""
    content = {
        "partnership": "builders",
        "occupation": TILE_FITTER,
        "term": "short",
        "stage": "contract",
        "starts_from": (today + 60 * DAY).isoformat(),
        "starts_until": (today + 120 * DAY).isoformat(),
        **changes,
    }
    answer = machine.post(f"/api/v1/north/{desk}/demand", content)
    assert answer.status == 201, answer.text
    made = answer.json()
    assert made["occupation"]["title"] == "tile fitter"
    assert (made["employer"], made["state"]) == (desk, "open")
    return made


def uri(title: str) -> str:
    skills = OccupationSkill.objects.filter(occupation__uri=TILE_FITTER)
    return skills.get(skill__title=title).skill.uri


def send_figures(machine):
    figures = {
        "country": "XK",
        "occupation": "7122",
        "year": 2026,
        "quarter": 2,
        "employed": 2000,
        "unemployed": 100,
        "vacancies": 60,
        "graduates": 10,
        "source": "Labour force survey",
    }
    answer = machine.post("/api/v1/north/eark/workforce-figures", [figures])
    assert (answer.status, answer.json()) == (200, {"created": 1, "updated": 0, "unchanged": 0})


def test_main_job(address, stage, cohort, local_employer, today):
    upload_cohort(address, stage, cohort, today)
    abroad = post_demand(
        machine_of(address, stage, stage.employer),
        "bau",
        today,
        country="DE",
        openings=2,
        languages=[{"language": "de", "level": "B1"}],
        skills_from_occupation=True,
    )
    assert len(abroad["skills"]) == 17
    asked = [("lay tiles", 2), ("cut tiles", 2), ("types of tile", 2)]
    post_demand(
        machine_of(address, stage, local_employer),
        "kosova-build",
        today,
        country="XK",
        openings=100,
        skills=[
            *({"skill": uri(title), "minimum_level": level} for title, level in asked),
            {"skill": uri("advise on construction materials"), "relation": "optional"},
        ],
    )
    send_figures(machine_of(address, stage, stage.service))
    assert run_night(today) == [
        "north/builders: 4 gaps, 2 proposals (1 home, 1 away; 2 new, 0 kept, 0 lapsed)",
        "  unmatched trainees: Language level too low: 1",
        "  unmatched openings: Too few openings, or too few people, for all who fit: 100",
    ]
    officer = Visitor(address)
    officer.sign_in(stage.officer.user.email)
    reads_gaps(officer)
    reads_proposals(officer)
    reads_who_was_left_over(officer)
    assert run_night(today) == [f"north/builders: nothing new, run of {today} stands"]


def run_night(today) -> list[str]:
    """Run the night and return the lines it prints, without the seconds."""
    out = io.StringIO()
    call_command("run_night", as_of=today.isoformat(), stdout=out)
    return [re.sub(r", [\d.]+ s$", "", line) for line in out.getvalue().splitlines()]


def reads_gaps(officer):
    rows = officer.get("/api/v1/north/agency/gaps").json()["results"]
    figures = ("demand", "supply", "pipeline", "gap", "tension")
    found = {(row["country"], row["term"]): [row[name] for name in figures] for row in rows}
    assert found == {
        # 100 posts; 100 unemployed x 0.5 x 0.8, 10 graduates a quarter x 4 x 0.7; T-1 x 0.8
        ("XK", "short"): ["100.00", "68.00", "0.80", "31.20", "0.600"],
        # 2000 employed x (1 - 0.975^3), more than the posts; graduates of three years
        ("XK", "medium"): ["146.28", "124.00", "0.80", "21.48", "0.600"],
        # 2 posts; nobody sends figures of Germany; T-2 is certified, T-3 x 0.8
        ("DE", "short"): ["2.00", "0.00", "1.80", "0.20", None],
        ("DE", "medium"): ["2.00", "0.00", "1.80", "0.20", None],
    }
    page = officer.get("/desk/north/agency/gaps/").text
    for shown in ("Floor layers and tile setters", "7122", "146.3", "31.2", "21.5", "<svg"):
        assert shown in page


def reads_proposals(officer):
    rows = officer.get("/api/v1/north/agency/proposals").json()["results"]
    found = {row["trainee"]: row for row in rows}
    lists = ("skills_met", "skills_claimed", "skills_missing")
    reasons = {key: [len(row[name]) for name in lists] for key, row in found.items()}
    # T-2: 15 shown by the certificate, 1 of 17 claimed, 1 missing: (15 + 0.8) / 17.
    # T-1, still in training: (0.8 + 0.8 + 0.5 x 1/2 x 0.8 + 0.25 x 0.8) / 3.25.
    assert reasons == {"T-1": [0, 3, 1], "T-2": [15, 1, 1]}
    assert {key: (row["track"], row["score"]) for key, row in found.items()} == {
        "T-1": ("home", 615),
        "T-2": ("away", 929),
    }
    assert found["T-2"]["facts"]["employer"] == "Bau"
    away, home = reasons_of(officer, found["T-2"]), reasons_of(officer, found["T-1"])
    assert len(away) == len(home) + 13 == 17 + len(GATES)
    assert {"Lay tiles: met", "Plan tiling: met"} < set(away[:15])
    assert away[15:17] == [
        "Sanding techniques (no evidence yet): claimed, no evidence",
        "Types of tile (essential): missing",
    ]
    assert home[:4] == [
        "Lay tiles (no evidence yet): claimed, no evidence",
        "Cut tiles (no evidence yet): claimed, no evidence",
        "Advise on construction materials (no evidence yet): claimed, no evidence",
        "Types of tile (level 1, 2 asked): missing",
    ]
    assert away[17:] == home[4:] == [f"{gate}: met" for gate in GATES]


def reasons_of(officer, proposal) -> list[str]:
    """Return the reasons on a proposal's page, as a reader without colours has them."""
    page = officer.get(f"/desk/north/agency/proposals/{proposal['uid']}/")
    assert page.status == 200
    items = re.findall(r'<li class="tag [^"]*">(.*?)</li>', page.text, re.DOTALL)
    return [strip_tags(item).strip() for item in items]


def reads_who_was_left_over(officer):
    (run,) = officer.get("/api/v1/north/agency/runs").json()["results"]
    page = officer.get(f"/desk/north/agency/runs/{run['uid']}/").text
    for shown in ("T-3", "Language level too low", "German: B1 asked, no result held"):
        assert shown in page
