"""What stands against an erasure, and who may ask for what."""

from django.utils.translation import gettext as _

from gsp.workflow import Refused
from matching.models import Proposal
from matching.states import ProposalState
from partnerships.rules import may_act_for
from trainees.models import Enrolment
from trainees.states import EnrolmentState

IN_PROGRESS = (EnrolmentState.ENROLLED, EnrolmentState.IN_TRAINING)


def may_export(person, permission, by) -> None:
    """Allow the person's centre and staff, each with the permission.

    Raises:
        NotAllowed: neither.

    """
    may_act_for(person.centre_id, permission, by)


def may_be_erased(records) -> None:
    """Refuse to erase somebody with whom something is still going on.

    Raises:
        Refused: in training, or accepted by an employer.

    """
    ids = [record.pk for record in records]
    if Enrolment.objects.filter(person__in=ids, state__in=IN_PROGRESS).exists():
        raise Refused(
            _("This person is in training. Withdraw them from the cohort first, then erase."),
            field="person",
            code="in_training",
        )
    accepted = Proposal.objects.filter(
        enrolment__person__in=ids, state=ProposalState.ACCEPTED
    ).exists()
    if accepted:
        raise Refused(
            _("An employer has accepted this person. Take the acceptance back first, then erase."),
            field="person",
            code="accepted",
        )


def has_words(text: str, field: str = "text") -> str:
    """Return the text without space around it.

    Raises:
        Refused: it is empty.

    """
    if not text.strip():
        raise Refused(_("Write at least one sentence."), field=field, code="required")
    return text.strip()
