"""Issues certificates to the invented graduates; each says that it certifies nothing."""

from credentials.actions.credentials import issue, issue_again, revoke
from credentials.models import Credential
from credentials.states import EndReason
from demonstration.site import Site
from partnerships.roles import System
from trainees.models import Enrolment
from trainees.states import EnrolmentState

MOST = 12  # certificates; further graduates wait for the button on the page of their cohort
BY = System("demonstration")


def build_credentials(site: Site) -> None:
    """Issue certificates in the site's partnership, one of them corrected, one revoked; once."""
    if Credential.objects.filter(cohort__partnership=site.partnership).exists():
        return
    graduates = Enrolment.objects.filter(
        cohort__partnership=site.partnership, state=EnrolmentState.CERTIFIED
    ).select_related(
        "tenant", "person", "centre", "cohort__partnership", "cohort__course__occupation"
    )
    made = [issue(one, by=BY, at=site.at) for one in graduates.order_by("id")[:MOST]]
    if len(made) > 2:
        issue_again(made[1], by=BY, at=site.at)
        revoke(made[2], EndReason.MISTAKE, by=BY, at=site.at, note="Issued to show a revocation.")
