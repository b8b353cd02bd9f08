"""Desks: where a member works, always in the address, so two tabs never mix."""

from dataclasses import dataclass

from django.urls import reverse

from gsp.tenancy.scope import own_rows
from partnerships.models import Agency, Membership, Organisation
from partnerships.models.organisation import AGENCY_DESK


@dataclass(frozen=True, slots=True)
class Desk:
    """One member at one agency, at the agency's own desk or at an organisation's."""

    agency: Agency
    organisation: Organisation | None
    member: Membership

    @property
    def slug(self) -> str:
        """Return the second part of the address."""
        return self.organisation.slug if self.organisation else AGENCY_DESK

    @property
    def name(self) -> str:
        """Return whose desk it is."""
        return self.organisation.name if self.organisation else self.agency.name

    @property
    def home(self) -> str:
        """Return the address of the first page."""
        return self.url("home")

    def url(self, name: str, **kwargs) -> str:
        """Return the address of a page or API route at this desk."""
        return reverse(name, kwargs={"agency": self.agency.slug, "desk": self.slug, **kwargs})


def desks_of(user) -> list[Desk]:
    """Return every desk of a user, agencies in order of name, the agency's own desk first."""
    with own_rows(user):
        found = [_desk(member) for member in _members().order_by("id")]
    return sorted(found, key=lambda desk: (desk.agency.name, desk.slug != AGENCY_DESK, desk.name))


def find_desk(user, agency: str, desk: str) -> Desk | None:
    """Return the user's desk at this address, or None where they have none."""
    own = {"organisation": None} if desk == AGENCY_DESK else {"organisation__slug": desk}
    with own_rows(user):
        member = _members().filter(tenant__slug=agency, **own).first()
    return _desk(member) if member else None


def _members():
    return Membership.own.active().select_related("user", "tenant", "organisation")


def _desk(member: Membership) -> Desk:
    return Desk(member.tenant, member.organisation, member)
