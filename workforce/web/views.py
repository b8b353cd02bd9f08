"""Pages of workforce figures: the list, the upload and its template."""

import django_filters as filters
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gsp.uploads.models import Upload
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission
from workforce.actions import uploads
from workforce.models import Figure
from workforce.queries import countries_with_figures, figures, services
from workforce.queries import uploads as uploads_sent
from workforce.rows import template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 10


class FigureFilter(filters.FilterSet):
    """Country, occupation, year and quarter."""

    country = filters.ModelChoiceFilter(
        queryset=countries_with_figures,
        label=gettext_lazy("Country"),
    )
    occupation = filters.CharFilter(
        field_name="occupation__isco_code",
        lookup_expr="startswith",
        label=gettext_lazy("ISCO-08 code"),
    )
    year = filters.NumberFilter(label=gettext_lazy("Year"))
    quarter = filters.ChoiceFilter(
        choices=[(one, f"Q{one}") for one in range(1, 5)],
        label=gettext_lazy("Quarter"),
    )

    class Meta:
        model = Figure
        fields = []


class UploadForm(forms.Form):
    """A file, and for staff whose it is."""

    service = forms.ModelChoiceField(
        None, label=gettext_lazy("Employment service"), to_field_name="slug"
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or XLSX with the columns of the template."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args, service=None, **kwargs):
        """Ask for the service where the desk does not say it."""
        super().__init__(*args, **kwargs)
        if service is None:
            self.fields["service"].queryset = services()
        else:
            del self.fields["service"]


class FigureList(DeskList):
    """Figures of all services for staff, of its own for a service."""

    permission = Permission.VIEW_WORKFORCE
    template_name = "workforce/figures.html"
    filterset_class = FigureFilter

    def get_queryset(self):
        """Return figures, the newest quarter first."""
        return figures().order_by(
            "-year", "-quarter", "country_id", "occupation__isco_code", "region", "id"
        )

    def get_context_data(self, **kwargs):
        """Say whether the member may send figures, and whether some are invented."""
        context = super().get_context_data(**kwargs)
        return context | {
            "may_send": self.may(Permission.SEND_WORKFORCE),
            "filtered": bool(self.request.GET),
            "has_demonstration": any(figure.is_demonstration for figure in context["page_obj"]),
        }


class FigureUpload(DeskPage):
    """Send a file; what is wrong with it is shown row by row."""

    permission = Permission.SEND_WORKFORCE
    write_permission = Permission.SEND_WORKFORCE
    template_name = "workforce/upload.html"

    def get(self, request):
        """Show the form, and once more the errors of an upload chosen by ``?of=``."""
        of = request.GET.get("of")
        record = next((one for one in uploads_sent()[:SHOWN] if str(one.uid) == of), None)
        return self._show(UploadForm(service=self.desk.organisation), record)

    def post(self, request):
        """Apply the file and go to the list, or show its errors."""
        own = self.desk.organisation
        form = UploadForm(request.POST, request.FILES, service=own)
        if not form.is_valid():
            return self._show(form)
        file = form.cleaned_data["file"]
        record = uploads.upload(
            own or form.cleaned_data["service"],
            file_name=file.name,
            content=file.read(settings.UPLOAD_MAX_BYTES + 1),
            by=self.desk.member,
            at=timezone.now(),
        )
        if record.state == "refused":
            return self._show(UploadForm(service=own), record)
        messages.success(request, _counted(record))
        return redirect(self.desk.url("figures"))

    def _show(self, form, record=None):
        above = self.desk.url("figures")
        context = {
            "form": form,
            "record": record,
            "crumbs": [{"label": _("Workforce figures"), "url": above}],
            "cancel_url": above,
            "uploads": uploads_sent()[:SHOWN],
        }
        return self.render_to_response(context)


class FigureTemplate(DeskView):
    """The workbook to fill in."""

    permission = Permission.SEND_WORKFORCE

    def get(self, request):
        """Return it as a download."""
        headers = {"Content-Disposition": 'attachment; filename="workforce-figures.xlsx"'}
        return HttpResponse(template(), content_type=XLSX, headers=headers)


def _counted(record: Upload) -> str:
    words = ngettext("%(rows)s row was applied", "%(rows)s rows were applied", record.rows)
    counts = _("%(created)s new, %(updated)s changed, %(unchanged)s the same")
    return f"{words}: {counts}." % {
        "rows": record.rows,
        "created": record.created,
        "updated": record.updated,
        "unchanged": record.unchanged,
    }
