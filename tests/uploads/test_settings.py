"""How an organisation's files are read: it says so itself, or the agency's staff for it."""

import pytest

from gsp.uploads.models import UploadHabits

DAY_FIRST = {"date_order": "dmy", "decimal": ",", "encoding": ""}


@pytest.fixture
def desk(client, cast):
    """A function that returns the address of a member's desk, signed in."""

    def of(member):
        client.force_login(member.user)
        organisation = member.organisation
        return f"/desk/north/{organisation.slug if organisation else 'agency'}"

    return of


def kept(cast):
    with cast.scope():
        return list(UploadHabits.objects.values_list("organisation", "date_order", "decimal"))


def test_staff_set_what_a_centre_asks_them_to(client, cast, desk):
    home = desk(cast.officer)
    page = f"{home}/organisations/{cast.centre.uid}/"
    assert f'href="{page}reading/"' in client.get(page).content.decode()
    assert cast.centre.name in client.get(f"{page}reading/").content.decode()
    answer = client.post(f"{page}reading/", DAY_FIRST)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert kept(cast) == [(cast.centre.pk, "dmy", ",")]
    shown = client.get(f"{page}reading/").content.decode()
    assert '<option value="dmy" selected>' in shown


def test_centre_sets_its_own(client, cast, desk):
    home = desk(cast.coordinator)
    answer = client.post(f"{home}/uploads/settings/", DAY_FIRST)
    assert (answer.status_code, answer["Location"]) == (302, f"{home}/uploads/")
    assert kept(cast) == [(cast.centre.pk, "dmy", ",")]


def test_nobody_sets_what_another_organisation_does(client, cast, desk):
    home = desk(cast.rival_coordinator)
    answer = client.post(f"{home}/organisations/{cast.centre.uid}/reading/", DAY_FIRST)
    assert (answer.status_code, kept(cast)) == (404, [])


def test_who_sends_no_lists_is_not_asked_how_they_are_read(client, cast, desk):
    page = f"{desk(cast.officer)}/organisations/{cast.employer.uid}/"
    assert "reading/" not in client.get(page).content.decode()


def test_reader_of_the_agency_sets_nothing(client, cast, desk):
    page = f"{desk(cast.auditor)}/organisations/{cast.centre.uid}/"
    assert "reading/" not in client.get(page).content.decode()
    assert client.post(f"{page}reading/", DAY_FIRST).status_code == 403
    assert kept(cast) == []
