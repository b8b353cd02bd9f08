"""Public forms saved to be finished later: kept sealed, found by their code alone."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from gsp.workflow import Refused
from selection import codes, rules
from selection.models import Draft

LARGEST = 60_000  # characters


@transaction.atomic
def save(call, answers: dict[str, str], *, code: str, language: str, at) -> Draft:
    """Save what was filled in so far under a code; a draft of that code is replaced.

    Raises:
        Refused: the call takes no applications now, or it is far too long.

    """
    rules.takes_applications(call, at=at, from_public=True)
    content = json.dumps(answers, ensure_ascii=False)
    if len(content) > LARGEST:
        raise Refused(_("This is too long to be saved."), code="too_long")
    return Draft.objects.update_or_create(
        code_sha256=codes.hashed(code),
        defaults={
            "call": call,
            "centre_id": call.centre_id,
            "answers": content,
            "language": language,
            "saved_at": at,
        },
    )[0]


def found(call, code: str) -> Draft | None:
    """Return the draft of a code, if the call has one."""
    sha256 = codes.hashed(code)
    return Draft.objects.filter(call=call, code_sha256=sha256).first() if sha256 else None


def answers(draft: Draft) -> dict[str, str]:
    """Return what was filled in."""
    return json.loads(draft.answers)


def drop(call, code: str) -> None:
    """Remove the draft of a code, once its application is sent."""
    Draft.objects.filter(call=call, code_sha256=codes.hashed(code)).delete()
