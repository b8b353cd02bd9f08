"""The list of a call as a file: the rows and the order that the page shows."""

import io

import xlsxwriter
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gsp.audit.models import Look, note_looks
from gsp.uploads.exports import csv_file
from gsp.uploads.template import OPTIONS
from gsp.web.views import DeskView
from partnerships.roles import Permission
from selection import queries
from selection.models import Call
from selection.web.filters import ApplicationFilter, sorted_by
from selection.words import reason

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ApplicationExport(DeskView):
    """``?format=csv`` or XLSX; whose names it holds is noted as exported."""

    permission = Permission.VIEW_TRAINEES

    def get(self, request, uid):
        """Return the file."""
        call = get_object_or_404(Call, uid=uid)
        rows = sorted_by(queries.applications(call), request.GET.get("sort", ""))
        found = list(ApplicationFilter(request.GET, queryset=rows, request=request).qs)
        note_looks([one.person for one in found], kind=Look.Kind.EXPORT, at=timezone.now())
        lines = [headings(), *(line_of(one) for one in found)]
        if request.GET.get("format") == "csv":
            return _file(csv_file(lines), f"{call.code}.csv", "text/csv; charset=utf-8")
        return _file(_xlsx(lines), f"{call.code}.xlsx", XLSX)


def headings() -> list[str]:
    """Return the first line."""
    return [
        _("Reference"),
        _("Given name"),
        _("Family name"),
        _("Date of birth"),
        _("Sex"),
        _("Country"),
        _("Region"),
        _("Track"),
        _("State"),
        _("Rules not met"),
        _("Score"),
        _("Rank"),
        _("Place on the waiting list"),
        _("Reason"),
        _("Submitted at"),
    ]


def line_of(one) -> list[str]:
    """Return one application as texts."""
    person = one.person
    return [
        one.reference,
        person.given_name,
        person.family_name,
        person.birth_date,
        person.get_sex_display(),
        person.country_id,
        person.region,
        one.get_track_display(),
        one.get_state_display(),
        "; ".join(reason(code) for code in one.failed),
        *("" if value is None else str(value) for value in (one.total, one.rank)),
        "" if one.waiting_position is None else str(one.waiting_position),
        one.get_rejection_display(),
        one.submitted_at.isoformat(timespec="seconds"),
    ]


def _xlsx(lines: list[list[str]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS | {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_("Applications")[:31])
        if translation.get_language_bidi():
            sheet.right_to_left()
        for number, line in enumerate(lines):
            for place, cell in enumerate(line):
                sheet.write_string(number, place, str(cell))
    return written.getvalue()


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
