"""After signing in: the desk, or the choice between several."""

from partnerships.models import Membership
from tests import builders as a


def test_anonymous_is_sent_to_sign_in(client, db):
    assert client.get("/").headers["Location"] == "/account/login/?next=/"
    assert client.get("/gallery/").headers["Location"] == "/account/login/?next=/gallery/"


def test_single_desk_opens_at_once(cast, client):
    client.force_login(cast.recruiter.user)
    assert client.get("/").headers["Location"] == "/desk/north/bau/"


def test_several_desks_are_offered_and_the_bar_switches(cast, client):
    with cast.scope():
        Membership.objects.create(
            user=cast.recruiter.user, organisation=cast.centre, role="centre_coordinator"
        )
    client.force_login(cast.recruiter.user)
    shown = client.get("/").text
    assert 'href="/desk/north/bau/"' in shown
    assert 'href="/desk/north/skenderaj/"' in shown
    bar = client.get("/desk/north/bau/").text
    assert '<a class="menu-item" href="/desk/north/skenderaj/"' in bar
    assert '<a class="menu-item" href="/desk/north/bau/" aria-current="true"' in bar


def test_desks_of_two_agencies_stand_side_by_side(cast, client):
    with cast.scope():
        Membership.objects.create(user=cast.outsider.user, role="auditor")
    client.force_login(cast.outsider.user)
    shown = client.get("/").text
    assert 'href="/desk/north/agency/"' in shown
    assert 'href="/desk/south/agency/"' in shown
    assert client.get("/desk/north/agency/").status_code == 200
    assert client.get("/desk/south/agency/").status_code == 200


def test_nobody_without_a_desk_is_left_alone(client, db):
    client.force_login(a.user("Nobody Yet"))
    assert "You have no desk yet" in client.get("/").text


def test_switching_costs_no_further_query(cast, client, count_queries):
    client.force_login(cast.recruiter.user)
    one = count_queries(lambda: client.get("/desk/north/bau/partnerships/"))
    with cast.scope():
        Membership.objects.create(
            user=cast.recruiter.user, organisation=cast.centre, role="centre_coordinator"
        )
    assert count_queries(lambda: client.get("/desk/north/bau/partnerships/")) == one


def test_gallery_opens_for_members(cast, client):
    client.force_login(cast.officer.user)
    assert client.get("/gallery/").status_code == 200
