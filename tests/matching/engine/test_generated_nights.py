"""Generated nights: the shape they promise, and a whole run on real occupations and skills."""

import numpy as np
import pytest
from django.conf import settings

from benchmarks import instances
from matching.engine.instance import input_hash
from matching.engine.model import Terms
from matching.engine.run import run

DATA = settings.BASE_DIR.parent / "shared" / "data"
ESCO, VACANCIES = DATA / "esco-1.2.0-en-csv.zip", DATA / "vacancies-by-occupation.csv"

needs_data = pytest.mark.skipif(
    not (ESCO.exists() and VACANCIES.exists()), reason="ESCO and vacancy data are not at hand"
)


@pytest.fixture(scope="module")
def night():
    return instances.instance(600, 120, seed=7, esco=ESCO, vacancies=VACANCIES)


@needs_data
def test_night_has_the_sizes_asked_for_and_only_real_relations(night):
    assert len(night.trainees["key"]) == 600
    assert len(night.demands["key"]) == 120
    assert len(np.unique(night.trainees["cohort"])) == 20
    row = next(night.rows("demands"))
    occupation = row["occupation"]
    start, end = night.catalogue.offsets[occupation : occupation + 2]
    related = set(night.catalogue.relation_skill[start:end].tolist())
    asked = {each["skill"] for each in night.rows("demand_skills") if each["owner"] == row["key"]}
    assert asked
    assert asked <= related


@needs_data
def test_same_seed_gives_the_same_night_and_another_seed_another(night):
    terms = Terms(as_of=instances.AS_OF)
    here = input_hash(night.to_instance(), terms)
    again = instances.instance(600, 120, seed=7, esco=[ESCO], vacancies=str(VACANCIES))
    other = instances.instance(600, 120, seed=8, esco=ESCO, vacancies=VACANCIES)
    assert input_hash(again.to_instance(), terms) == here
    assert input_hash(other.to_instance(), terms) != here


@needs_data
def test_night_runs_with_proof_and_everyone_is_accounted_for(night):
    found = run(night.to_instance(), Terms(as_of=instances.AS_OF, away_cap=20))
    assert found.certificate.holds
    proposals = list(found.proposals())
    assert len(proposals) + len(list(found.unplaced())) == 600
    assert sum(each.track == "away" for each in proposals) == 20
    spare = sum(each.posts_left for each in found.unfilled())
    assert len(proposals) + spare == int(night.demands["posts"].sum())


@pytest.mark.parametrize("absent", ["esco", "vacancies"])
def test_absent_file_is_named(tmp_path, absent):
    present = tmp_path / "here.csv"
    present.write_text("")
    paths = {"esco": present, "vacancies": present, absent: tmp_path / "nowhere.zip"}
    with pytest.raises(FileNotFoundError, match=r"nowhere\.zip is absent; pass the path"):
        instances.instance(1, 1, 1, **paths)


def test_folder_without_the_table_is_named(tmp_path):
    vacancies = tmp_path / "vacancies.csv"
    vacancies.write_text("occupation_uri,total_job_offers_de\n")
    with pytest.raises(ValueError, match=r"no occupations_en\*\.csv in .*: is it an ESCO download"):
        instances.instance(1, 1, 1, esco=tmp_path, vacancies=vacancies)
