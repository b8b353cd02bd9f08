"""Reads for the pages, the API and whoever checks a credential."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from credentials import addresses, codes
from credentials.certificate.page import Printed
from credentials.models import Check, Credential, Issuing, SealedCredential, SigningKey
from credentials.states import CredentialState, EndReason

VALID, EXPIRED, ENDED, UNKNOWN = "valid", "expired", "ended", "unknown"


def credentials():
    """Return credentials with holder, cohort and centre in one query.

    Without the key: centres may not read keys, and a join would hide their certificates.
    """
    return Credential.objects.select_related("person", "cohort__course", "centre")


def keys():
    """Return the agency's keys, the one in force first."""
    return SigningKey.objects.order_by("-valid_from", "-id")


def key_name(credential) -> str:
    """Return which key signed a credential, for staff; "" for centres, who see no keys."""
    return keys().filter(pk=credential.key_id).values_list("name", flat=True).first() or ""


def sealed_of(credential) -> SealedCredential:
    """Return what identifies the holder of a credential, both signed forms with it."""
    return SealedCredential.objects.get(credential=credential)


def printed(credential, sealed) -> Printed:
    """Return what the certificate shows on paper."""
    agency = credential.statement["agency"]["address"]
    return Printed(
        statement=credential.statement,
        holder_name=sealed.holder_name,
        issued_on=credential.issued_on,
        valid_until=credential.valid_until,
        code=codes.grouped(sealed.code),
        check_url=addresses.verification(agency, sealed.code),
        entry_url=addresses.entry(agency),
    )


def history_of(credential) -> list[Credential]:
    """Return all credentials of the same enrolment, the latest first."""
    return list(credentials().filter(enrolment=credential.enrolment_id).order_by("-id"))


def checks_of(credential, *, days: int = 30) -> tuple[int, list[Check]]:
    """Return how often a credential was looked up, and the latest days on which it was."""
    rows = Check.objects.filter(credential=credential)
    total = rows.aggregate(total=Sum("times"))["total"] or 0
    return total, list(rows.order_by("-day")[:days])


def latest_issuing(cohort) -> Issuing | None:
    """Return the last order of a cohort's certificates."""
    return Issuing.objects.filter(cohort=cohort).order_by("-id").first()


def ended_bits(number: int) -> list[int]:
    """Return the bits of a status list that are set: what was revoked or superseded."""
    rows = Credential.objects.ended().filter(status_list=number)
    return list(rows.order_by("status_index").values_list("status_index", flat=True))


def has_list(number: int) -> bool:
    """Tell whether a status list is in use."""
    return Credential.objects.filter(status_list=number).exists()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody who checks a code learns. Of an ended credential the name is not shown."""

    standing: str
    credential: Credential | None = None
    sealed: SealedCredential | None = None

    @property
    def statement(self) -> dict:
        """Return what was certified."""
        return self.credential.statement

    @property
    def holder_name(self) -> str:
        """Return the name on the certificate; "" once it ended."""
        return self.sealed.holder_name if self.standing in (VALID, EXPIRED) else ""

    @property
    def reason(self) -> str:
        """Return why it ended, in general words."""
        reason = EndReason(self.credential.end_reason or EndReason.ERASED)
        return reason.label if self.standing == ENDED else ""


def verdict(typed: str, *, on: date) -> Verdict:
    """Look a typed code up, as of a day; two queries."""
    code = codes.tidy(typed)
    rows = SealedCredential.objects.select_related("credential", "centre")
    sealed = rows.filter(credential__code_digest=codes.digest(code)).first() if code else None
    if sealed is None:
        return Verdict(UNKNOWN)
    credential = sealed.credential
    # An erased holder leaves no signed form behind, whatever the state says.
    if credential.state != CredentialState.ISSUED or not sealed.document:
        return Verdict(ENDED, credential, sealed)
    lapsed = credential.valid_until is not None and credential.valid_until < on
    return Verdict(EXPIRED if lapsed else VALID, credential, sealed)
