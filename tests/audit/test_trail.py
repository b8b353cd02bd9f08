"""The audit trail: old → new, who and how, for those who may read it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from gsp.audit import queries
from gsp.audit.models import note_looks
from gsp.tenancy.scope import Because, scope
from tests import builders as a

NORTH = "/desk/north/agency/"


def trail(record) -> str:
    return f"{NORTH}audit/{record._meta.label_lower}/{record.uid}/"


def words(answer) -> str:
    """Return the text of a page without tags, its white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def rename(cast, client):
    client.force_login(cast.officer.user)
    client.post(
        f"{NORTH}organisations/{cast.employer.uid}/edit/",
        {"name": "Isar Bau", "country": "XK", "registry_number": ""},
    )


def test_trail_shows_old_new_and_who(cast, client):
    rename(cast, client)
    client.force_login(cast.auditor.user)
    answer = client.get(trail(cast.employer))
    assert answer.status_code == 200
    text = words(answer)
    assert "Name Bau Isar Bau Country Germany Kosovo" in text
    assert f"{cast.officer.user.name}, website" in text


def test_steps_name_exactly_the_fields_that_changed(cast, client):
    rename(cast, client)
    with cast.scope():
        changed, recorded = queries.steps("partnerships.organisation", cast.employer.uid)
    assert [(str(c.field), c.old, c.new) for c in changed.changes] == [
        ("name", "Bau", "Isar Bau"),
        ("country", "Germany", "Kosovo"),
    ]
    assert (changed.kind, changed.by, changed.via) == ("update", cast.officer.user.name, "web")
    assert (recorded.kind, recorded.changes[0].old) == ("insert", None)


def test_encrypted_fields_show_only_that_they_changed(cast, client):
    with cast.scope():
        person = a.person(cast.centre, given_name="Vjosa", region="Drenica")
    with scope(cast.north, because=Because(actor_name="Night", via="command", reason="sweep")):
        person.given_name, person.region = "Teuta", "Llap"
        person.save()
    client.force_login(cast.auditor.user)
    answer = client.get(trail(person))
    text = words(answer)
    assert "Given name changed (encrypted) Region Drenica Llap" in text
    assert "Night, command line, sweep" in text
    assert "Vjosa" not in answer.text
    assert "Teuta" not in answer.text
    assert person.reference in text


def test_person_is_named_by_reference_where_other_records_refer_to_them(cast, client):
    with cast.scope():
        person = a.person(cast.centre, "P-77", given_name="Vjosa")
        enrolment = a.enrolment(person, cast.cohort)
    client.force_login(cast.auditor.user)
    answer = client.get(trail(enrolment))
    assert "Person P-77 Cohort C1" in words(answer)
    assert "Vjosa" not in answer.text


def test_deleted_record_keeps_its_trail(cast, client):
    with cast.scope():
        demand = a.demand(cast.employer, cast.partnership, reference="D-1")
        demand.delete()
        steps = queries.steps("employers.demand", demand.uid)
    assert [step.kind for step in steps] == ["delete", "insert"]
    client.force_login(cast.auditor.user)
    assert "Demand D-1" in words(client.get(trail(demand)))


def test_looks_are_listed_with_the_record_and_for_the_agency(cast, client):
    with cast.scope():
        person = a.person(cast.centre)
    why = Because(actor=cast.coordinator.user_id, actor_name="Teuta Maliqi", via="web")
    with scope(cast.north, cast.centre, because=why):
        note_looks([person], at=timezone.now())
    client.force_login(cast.auditor.user)
    assert "Teuta Maliqi" in words(client.get(trail(person)))
    assert "Teuta Maliqi Skenderaj Looked at" in words(client.get(f"{NORTH}audit/?show=looks"))


def test_log_groups_what_one_transaction_did(cast, client):
    with scope(cast.north, because=Because(actor_name="Lena Vogt", via="api")):
        for number in range(3):
            a.organisation(f"firm-{number}", "employer")
    with cast.scope():
        newest = queries.changes()[0]
    assert newest["log_model"] == "partnerships.organisation"
    assert (newest["pgh_label"], newest["log_count"]) == ("insert", 3)
    assert (newest["log_by"], newest["log_via"]) == ("Lena Vogt", "api")
    client.force_login(cast.auditor.user)
    assert "Lena Vogt Recorded Organisation × 3 API" in words(client.get(f"{NORTH}audit/"))


def test_log_leaves_out_what_is_older(cast):
    with cast.scope():
        assert list(queries.changes(timezone.now() + timedelta(minutes=1))) == []


def test_unknown_record_or_kind_is_404(cast, client):
    client.force_login(cast.auditor.user)
    for end in (
        f"partnerships.organisation/{uuid4()}/",
        f"partnerships.nothing/{cast.employer.uid}/",
        f"accounts.user/{cast.employer.uid}/",
    ):
        assert client.get(f"{NORTH}audit/{end}").status_code == 404


def test_record_of_another_agency_is_404(cast, client):
    with scope(cast.south):
        theirs = a.organisation("theirs", "employer")
    client.force_login(cast.auditor.user)
    assert client.get(trail(theirs)).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "recruiter", "analyst", "outsider"])
def test_partners_and_the_outsider_meet_404(cast, client, who):
    member = getattr(cast, who)
    client.force_login(member.user)
    desk = "agency" if who == "outsider" else member.organisation.slug
    for end in ("", f"partnerships.organisation/{cast.employer.uid}/"):
        assert client.get(f"/desk/north/{desk}/audit/{end}").status_code == 404


def test_history_button_only_for_those_who_may_read_it(cast, client):
    page = f"{NORTH}organisations/{cast.employer.uid}/"
    client.force_login(cast.auditor.user)
    assert trail(cast.employer) in client.get(page).text
    with cast.scope():
        finance = a.membership("finance_officer")
    client.force_login(finance.user)
    assert "/audit/" not in client.get(page).text


def test_trail_and_log_cost_the_same_for_more_changes(cast, client, count_queries):
    client.force_login(cast.auditor.user)
    pages = (trail(cast.employer), f"{NORTH}audit/")
    few = [count_queries(lambda page=page: client.get(page)) for page in pages]
    for name in ("One", "Two", "Three"):
        with cast.scope():
            cast.employer.name = name
            cast.employer.save()
    client.force_login(cast.auditor.user)
    assert [count_queries(lambda page=page: client.get(page)) for page in pages] == few


def test_record_without_a_name_is_called_by_its_owner(cast, client):
    client.force_login(cast.auditor.user)
    members = client.get(f"{NORTH}members/").text
    assert trail(cast.officer) in members
    assert f"Member {cast.officer.user.name}" in words(client.get(trail(cast.officer)))
    with cast.scope():
        assert queries.title_of("partnerships.partnership", cast.partnership.uid) == "Builders"
