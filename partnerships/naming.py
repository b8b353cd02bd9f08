"""Partnerships and organisations as callers name them: by address or by identifier."""

from uuid import UUID

from django.utils.translation import gettext as _

from gsp.workflow import Refused
from partnerships.models import Organisation, Partnership


def partnership_named(text: str, *, field: str = "partnership") -> Partnership:
    """Return the partnership of an address or identifier that the scope may see.

    Raises:
        Refused: there is none.

    """
    found = Partnership.objects.filter(**_name(text)).first()
    if found is None:
        raise Refused(
            _("There is no partnership “%(text)s” here. Give the address or identifier of one.")
            % {"text": text},
            field=field,
            code="unknown_partnership",
        )
    return found


def organisation_named(text: str, *, kind: str, field: str) -> Organisation:
    """Return the organisation of one kind that the scope may see.

    Raises:
        Refused: there is none.

    """
    found = Organisation.objects.of_kind(kind).filter(**_name(text)).first()
    if found is None:
        raise Refused(
            _("There is no %(kind)s “%(text)s” here. Give its address or identifier.")
            % {"kind": Organisation.Kind(kind).label.lower(), "text": text},
            field=field,
            code=f"unknown_{field}",
        )
    return found


def _name(text: str) -> dict:
    try:
        return {"uid": UUID(text)}
    except ValueError:
        return {"slug": text}
