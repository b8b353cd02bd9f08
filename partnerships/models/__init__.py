"""Tables of the partnerships app."""

from partnerships.models.agency import Agency
from partnerships.models.membership import Membership
from partnerships.models.organisation import Organisation
from partnerships.models.partnership import Participation, Partnership, PartnershipOrigin

__all__ = [
    "Agency",
    "Membership",
    "Organisation",
    "Participation",
    "Partnership",
    "PartnershipOrigin",
]
