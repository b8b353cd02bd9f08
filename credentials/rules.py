"""What must hold before a certificate is issued or ended; these refuse, they never write."""

from django.utils.translation import gettext as _

from credentials.certificate.fonts import unknown_letters
from credentials.states import EndReason
from gsp.workflow import Refused
from trainees.states import EnrolmentState


def is_certified(enrolment) -> None:
    """Refuse an enrolment that is not certified.

    Raises:
        Refused: it is not.

    """
    if enrolment.state != EnrolmentState.CERTIFIED:
        raise Refused(
            _("Only a certified trainee gets a certificate. Certify the trainee first."),
            field="enrolment",
            code="not_certified",
        )


def validity_is_sound(valid_until, *, today) -> None:
    """Refuse an end of validity that has passed.

    Raises:
        Refused: it lies before ``today``.

    """
    if valid_until is not None and valid_until < today:
        raise Refused(
            _("The certificate would have expired already. Choose a later day or none."),
            field="valid_until",
            code="expired_already",
        )


def has_none(standing) -> None:
    """Refuse a second certificate beside one that stands.

    Raises:
        Refused: ``standing`` is such a certificate.

    """
    if standing is not None:
        raise Refused(
            _("This trainee has a certificate of this course. Issue it again to replace it."),
            field="enrolment",
            code="issued_already",
        )


def can_be_printed(holder_name: str) -> None:
    """Refuse a name that the certificate's fonts cannot write, or none at all.

    Raises:
        Refused: with the letters that are missing.

    """
    if not holder_name:
        raise Refused(
            _("The trainee's name is not recorded. Enter it first."),
            field="enrolment",
            code="no_name",
        )
    missing = unknown_letters(holder_name)
    if missing:
        raise Refused(
            _(
                "The certificate cannot print “%(letters)s”. Write the name in Latin, Arabic, "
                "Cyrillic or Greek letters."
            )
            % {"letters": missing},
            field="enrolment",
            code="letters_unknown",
        )


def reason_is_given(reason: str) -> None:
    """Refuse a reason that is not on the list, or that only the platform itself gives.

    Raises:
        Refused: it is not a reason to revoke.

    """
    if reason not in REVOCABLE:
        raise Refused(_("Choose the reason."), field="reason", code="unknown_reason")


REVOCABLE = (EndReason.MISTAKE, EndReason.WITHDRAWN, EndReason.HOLDER)
REVOCATION_REASONS = [(reason.value, reason.label) for reason in REVOCABLE]
