"""Credentials: issued, issued again, revoked, erased."""

import json
import secrets

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from credentials import addresses, codes, rules
from credentials.actions.keys import key_in_force, locked, pair_of
from credentials.models import Credential, SealedCredential
from credentials.models.credential import LIST_LENGTH
from credentials.open_badge import open_badge
from credentials.signing.proofs import as_token, with_proof
from credentials.statement import statement_of
from credentials.states import CredentialState, EndReason
from gsp import workflow
from gsp.tenancy.scope import as_agency
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees.actions.story import tell
from trainees.models import CaseEvent

# A list this full goes on to the next, so that a free bit is found at the first or second draw.
FULL = LIST_LENGTH // 2


@transaction.atomic
def issue(enrolment, *, by, at, valid_until=None, issuing=None) -> Credential:
    """Issue the certificate of a certified enrolment, signed, and return it.

    Raises:
        Refused: the trainee is not certified, has a certificate already, or the name cannot be
            printed; or ``valid_until`` has passed.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    may_act_for(enrolment.centre_id, Permission.ISSUE_CREDENTIALS, by)
    rules.is_certified(enrolment)
    rules.validity_is_sound(valid_until, today=at.date())
    locked()
    rules.has_none(Credential.objects.standing().filter(enrolment=enrolment).first())
    made = _write(enrolment, valid_until=valid_until, issuing=issuing, replaces=None, at=at)
    _tell(made, _("Certificate issued"), by=by, at=at)
    return made


@transaction.atomic
def issue_again(credential, *, by, at, valid_until=None) -> Credential:
    """Replace a certificate by a new one with what is true today; return the new one.

    Raises as ``issue``, and Refused or Stale where the old one no longer stands.
    """
    may_act_for(credential.centre_id, Permission.ISSUE_CREDENTIALS, by)
    enrolment = credential.enrolment
    rules.is_certified(enrolment)
    rules.validity_is_sound(valid_until, today=at.date())
    locked()
    _end(credential, CredentialState.SUPERSEDED, EndReason.CORRECTED, by=by, at=at)
    made = _write(enrolment, valid_until=valid_until, issuing=None, replaces=credential, at=at)
    _tell(made, _("Certificate issued again"), by=by, at=at)
    return made


@transaction.atomic
def revoke(credential, reason, *, by, at, note="") -> Credential:
    """Revoke a certificate for a reason of ``rules.REVOCABLE``; it holds at once; return it.

    ``note`` is for the centre and the agency; whoever checks sees the reason alone.

    Raises:
        Refused: no such reason, or it does not stand any more.
        NotAllowed: ``by`` is neither the centre nor staff with the permission.
        Stale: somebody else ended it first.

    """
    may_act_for(credential.centre_id, Permission.ISSUE_CREDENTIALS, by)
    rules.reason_is_given(reason)
    _end(credential, CredentialState.REVOKED, reason, by=by, at=at, note=note.strip()[:500])
    _tell(credential, _("Certificate revoked"), by=by, at=at)
    return credential


@transaction.atomic
def erase(person, *, by, at) -> int:
    """Revoke a person's certificates and empty what identifies the holder; return how many.

    What was certified stays for the counts; the public page says that the certificate ended.
    """
    for credential in Credential.objects.standing().filter(person=person).order_by("id"):
        _end(credential, CredentialState.REVOKED, EndReason.ERASED, by=by, at=at)
    Credential.objects.filter(person=person).exclude(note="").update(note="")
    return SealedCredential.objects.filter(credential__person=person).update(
        **dict.fromkeys(SealedCredential.erased_fields, "")
    )


def _write(enrolment, *, valid_until, issuing, replaces, at) -> Credential:
    holder_name = str(enrolment.person).strip()
    rules.can_be_printed(holder_name)
    key, (number, index) = key_in_force(at=at), _free_bit()
    code = codes.draw()
    made = Credential.objects.create(
        enrolment=enrolment,
        person=enrolment.person,
        centre_id=enrolment.centre_id,
        cohort_id=enrolment.cohort_id,
        key=key,
        issuing=issuing,
        replaces=replaces,
        code_digest=codes.digest(code),
        statement=statement_of(enrolment),
        issued_on=at.date(),
        valid_until=valid_until,
        status_list=number,
        status_index=index,
    )
    _seal(made, key, code=code, holder_name=holder_name, at=at)
    return made


def _seal(made, key, *, code, holder_name, at) -> None:
    """Sign both forms and keep them as they are: what was signed must not change later."""
    agency = made.statement["agency"]["address"]
    badge = open_badge(made.statement, credential=made, code=code, holder_name=holder_name)
    pair = pair_of(key)
    proven = with_proof(badge, pair=pair, method=addresses.key(agency, key.name), at=at)
    SealedCredential.objects.create(
        credential=made,
        centre_id=made.centre_id,
        code=code,
        holder_name=holder_name,
        document=json.dumps(proven, ensure_ascii=False),
        token=as_token(badge, pair=pair, method=addresses.web_key(agency, key.name)),
    )


def _free_bit() -> tuple[int, int]:
    """Return a status list and a bit in it, drawn so that neighbours tell nothing."""
    with as_agency():
        rows = Credential.objects.all()
        number = rows.aggregate(last=Max("status_list"))["last"] or 1
        if rows.filter(status_list=number).count() >= FULL:
            return number + 1, secrets.randbelow(LIST_LENGTH)
        while True:
            index = secrets.randbelow(LIST_LENGTH)
            if not rows.filter(status_list=number, status_index=index).exists():
                return number, index


def _end(credential, state, reason, *, by, at, note="") -> None:
    workflow.move(credential, state, by=by, at=at, ended_on=at.date(), end_reason=reason, note=note)


def _tell(credential, text: str, *, by, at) -> None:
    title = credential.statement["course"]["title"]
    tell(
        credential.person,
        CaseEvent.Kind.CREDENTIAL,
        by=by,
        at=at,
        text=f"{text}: {title}",
        about=credential,
    )
