"""All data of a person, to take away: JSON for machines, PDF for people, and their files."""

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from gsp.audit.models import Look, note_looks
from partnerships.roles import Permission
from privacy import rules
from privacy.personal import same_person
from privacy.queries import disclosures_of, held_on, looks_at
from privacy.report import pdf


def export(person, *, by, at) -> bytes:
    """Return a ZIP archive with ``data.json`` and ``data.pdf``; the export is noted as one.

    Raises:
        NotAllowed: ``by`` is neither the centre nor staff with the permission.

    """
    rules.may_export(person, Permission.EXPORT_PERSON, by)
    note_looks(same_person(person), kind=Look.Kind.EXPORT, at=at)
    return archive(person, at=at, by=by)


def archive(person, *, at, by=None) -> bytes:
    """Return the archive without noting it; without ``by`` for the person themselves."""
    seen = {"one_centre": by is None}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data.json", as_json(person, at=at, by=by))
        parts, shown = held_on(person, by=by, **seen), disclosures_of(person, **seen)
        file.writestr("data.pdf", pdf(person, parts, shown, at=at))
    return written.getvalue()


def as_json(person, *, at, by=None) -> str:
    """Return everything held, who looked and to whom it was disclosed, as JSON text."""
    seen = {"one_centre": by is None}
    facts = {
        "about": str(person.uid),
        "made_at": at,
        "records": [
            {
                "kind": part.kind,
                "name": part.name,
                "rows": [{one.name: one.value for one in row} for row in part.rows],
            }
            for part in held_on(person, by=by, **seen)
        ],
        "looks": [
            {"at": look.at, "kind": look.kind, "by": str(look.organisation or _("the agency"))}
            for look in looks_at(person, **seen)
        ],
        "disclosures": [
            {"at": one.at, "to": one.to, "what": one.what} for one in disclosures_of(person, **seen)
        ],
    }
    return json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
