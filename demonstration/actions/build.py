"""Builds one demonstration agency, whole or not at all."""

from random import Random

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from accounts.models import User
from demonstration.actions import (
    cases,
    credentials,
    frame,
    identity,
    journeys,
    learning,
    market,
    people,
    privacy,
    selection,
)
from demonstration.catalogue import trades
from demonstration.plan import Programme
from demonstration.site import Site
from gsp.tenancy.scope import Because, scope
from gsp.workflow import Refused
from partnerships.models import Agency

WHY = Because(actor_name="Demonstration", via="demonstration", reason="built by manage.py demo")


def build(programme: Programme, *, password: str, at) -> Agency | None:
    """Build the agency of a programme; return it, or None where it stands already.

    ``password`` is the encoded password of new logins. One transaction: an interrupted build
    leaves nothing.

    Raises:
        Refused: the address belongs to a real agency, or the catalogue lacks an occupation.

    """
    slug, name, country = programme.agency
    standing = Agency.objects.filter(slug=slug).first()
    if standing:
        refuse_real(standing)
        return None
    codes = {offer.occupation for offer in programme.offers} | set(programme.occupations)
    site = Site(programme, at, trades(sorted(codes)), Random(slug))  # noqa: S311 - to repeat it
    users = _users(programme, password)
    agency = Agency(
        slug=slug,
        name=name,
        country_id=country,
        time_zone=programme.time_zone,
        is_demonstration=True,
    )
    return _write(site, agency, users)


def _write(site: Site, agency: Agency, users: dict[str, int]) -> Agency:
    agency.save()
    with scope(agency, because=WHY):
        frame.build_organisations(site)
        frame.build_partnership(site)
        frame.build_courses(site)
        frame.build_members(site, users)
        people.build_cohorts(site)
        market.build_demand(site)
        market.build_figures(site)
        build_lives(site)
    return agency


def build_lives(site: Site) -> None:
    """Write what happens around the people: each part repeats nothing that stands already."""
    journeys.build_journeys(site)
    learning.build_classes(site)
    credentials.build_credentials(site)
    cases.build_cases(site)
    selection.build_call(site)
    identity.build_doubles(site)
    privacy.build_privacy(site)


def refuse_real(agency: Agency) -> None:
    """Let the demonstration touch demonstration agencies only.

    Raises:
        Refused: the agency is a real one.

    """
    if not agency.is_demonstration:
        raise Refused(
            _("“%(agency)s” is a real agency; the demonstration does not touch it.")
            % {"agency": agency.name},
            code="not_demonstration",
        )


def _users(programme: Programme, password: str) -> dict[str, int]:
    """Return the ids of the programme's users by e-mail address; new ones are created."""
    names = {login.email: login.name for login in programme.logins}
    present = set(User.objects.filter(email__in=names).values_list("email", flat=True))
    made = User.objects.bulk_create(
        User(email=email, name=name, password=password, time_zone=programme.time_zone)
        for email, name in names.items()
        if email not in present
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made
    )
    return dict(User.objects.filter(email__in=names).values_list("email", "pk"))
