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
    def address(self) -> tuple[str, str]:
        """Return both parts of the address: the agency's and the desk's."""
        return self.agency.slug, self.slug

    @property
    def role(self) -> str:
        """Return what the member is here, in words."""
        return self.member.get_role_display()

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
        members = Membership.own.active().select_related("user", "tenant", "organisation")
        found = [
            Desk(member.tenant, member.organisation, member) for member in members.order_by("id")
        ]
    return sorted(found, key=lambda desk: (desk.agency.name, desk.slug != AGENCY_DESK, desk.name))
