"""The same few persons everywhere, so that a reader knows at once what a test is about.

``north`` is the agency under test. Inside it: a director, an officer and an auditor, a training
centre with its coordinator and a trainee, an employer with its recruiter, an employment service
with its analyst, and a *rival* employer and a *rival* centre that take part in nothing.
``south`` is another agency; its director is the **outsider**.
"""

from dataclasses import dataclass

from gsp.tenancy.scope import scope
from partnerships.models import Agency, Membership, Organisation, Partnership
from tests import builders as a
from training.models import Cohort


@dataclass
class Cast:
    """Everybody, by what they are."""

    north: Agency
    south: Agency
    partnership: Partnership
    centre: Organisation
    employer: Organisation
    service: Organisation
    rival_employer: Organisation
    rival_centre: Organisation
    cohort: Cohort
    director: Membership
    officer: Membership
    auditor: Membership
    coordinator: Membership
    recruiter: Membership
    analyst: Membership
    rival_recruiter: Membership
    rival_coordinator: Membership
    outsider: Membership

    def scope(self, member: Membership | None = None):
        """Open the scope of a member, or of the agency's staff."""
        if member is None:
            return scope(self.north)
        return scope(member.tenant_id, member.organisation_id)


def build_cast() -> Cast:
    """Write everybody into the database."""
    north, south = a.agency("north"), a.agency("south")
    with scope(south):
        outsider = a.membership("agency_director")
    with scope(north):
        centre = a.organisation("skenderaj", "training_centre")
        employer = a.organisation("bau", "employer", "DE")
        service = a.organisation("eark", "employment_service")
        rival_employer = a.organisation("rival-bau", "employer", "DE")
        rival_centre = a.organisation("rival-school", "training_centre")
        partnership = a.partnership(participants=[centre, employer, service])
        course = a.course(centre, skills=[a.skill("lay bricks"), a.skill("mix mortar")])
        return Cast(
            north=north,
            south=south,
            outsider=outsider,
            centre=centre,
            employer=employer,
            service=service,
            rival_employer=rival_employer,
            rival_centre=rival_centre,
            partnership=partnership,
            cohort=a.cohort(partnership, course),
            director=a.membership("agency_director"),
            officer=a.membership("programme_officer"),
            auditor=a.membership("auditor"),
            coordinator=a.membership("centre_coordinator", centre),
            recruiter=a.membership("employer_recruiter", employer),
            analyst=a.membership("service_analyst", service),
            rival_recruiter=a.membership("employer_recruiter", rival_employer),
            rival_coordinator=a.membership("centre_coordinator", rival_centre),
        )
