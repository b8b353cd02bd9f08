"""The demonstration's cases: the same every time, built once, taken away with their files."""

from datetime import UTC, datetime
from random import Random
from types import SimpleNamespace

import pytest

from cases.models import Document, Note, RecognitionCase, Task
from demonstration.actions.cases import build_cases
from demonstration.actions.remove import _remove_files
from demonstration.site import Site
from tests import builders as a

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def site(cast, settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"
    with cast.scope():
        for number in range(10):
            person = a.person(cast.centre, f"D-{number}", email=f"d{number}@demo.example")
            a.enrolment(person, cast.cohort, "away" if number < 4 else "home")
    programme = SimpleNamespace(agency=("north", "North", "DE"))
    return Site(programme, AT, {}, Random(1), partnership=cast.partnership)


def test_cases_are_built_once(cast, site):
    with cast.scope():
        build_cases(site)
        counts = [row.objects.count() for row in (Document, RecognitionCase, Task, Note)]
        states = list(RecognitionCase.objects.order_by("id").values_list("state", flat=True))
        rules = sorted(Task.objects.open().values_list("rule", flat=True))
        build_cases(site)
        again = [row.objects.count() for row in (Document, RecognitionCase, Task, Note)]
    assert counts == again
    assert counts[0] == 10  # eight passports, two diplomas
    assert counts[3] == 1
    assert sorted(states) == ["filed", "full", "partial", "preparing"]
    assert rules.count("unreachable") == 1
    assert rules.count("recognition_due") == 1
    assert rules.count("expiry") >= 3


def test_files_go_with_the_demonstration(cast, site, settings, django_capture_on_commit_callbacks):
    with cast.scope():
        build_cases(site)
    lying = [path for path in settings.VAULT_DIR.rglob("*") if path.is_file()]
    assert len(lying) == 10
    with django_capture_on_commit_callbacks(execute=True), cast.scope():
        _remove_files()
    assert [path for path in settings.VAULT_DIR.rglob("*") if path.is_file()] == []
