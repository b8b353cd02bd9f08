"""How much of everything a demonstration agency holds."""

from employers.models import Demand
from gsp.tenancy.scope import scope
from partnerships.models import Membership, Organisation, Partnership
from trainees.models import Enrolment
from training.models import Cohort, Course
from workforce.models import Figure

COUNTED = {
    "organisations": Organisation,
    "partnerships": Partnership,
    "members": Membership,
    "courses": Course,
    "cohorts": Cohort,
    "trainees": Enrolment,
    "demands": Demand,
    "workforce figures": Figure,
}


def counts(agency) -> dict[str, int]:
    """Return how many rows of each kind the agency has."""
    with scope(agency):
        return {what: model.objects.count() for what, model in COUNTED.items()}
