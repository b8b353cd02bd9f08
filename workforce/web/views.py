"""Pages of workforce figures: the list, the upload and its template."""

import django_filters as filters
from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskView
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
        help_text=gettext_lazy("XLSX, XLS, ODS or CSV with the columns of the template."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}),
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


class FigureUpload(FormPage):
    """Send a file; what it would change is shown before anything is written."""

    permission = write_permission = Permission.SEND_WORKFORCE
    template_name = "workforce/upload.html"

    def make_form(self, data=None):
        """Bind the form to the file, if one came."""
        own = self.desk.organisation
        return UploadForm(data, self.request.FILES if data is not None else None, service=own)

    def crumbs(self):
        """Return the list of figures."""
        return [{"label": _("Workforce figures"), "url": self.desk.url("figures")}]

    def get_context_data(self, **kwargs):
        """Add the last files."""
        return super().get_context_data(**kwargs) | {"uploads": uploads_sent()[:SHOWN]}

    def act(self, facts):
        """Take the file and go to its stages."""
        service, file = self.desk.organisation or facts["service"], facts["file"]
        by, at = self.desk.member, timezone.now()
        record = uploads.upload(service, file=file, file_name=file.name, by=by, at=at)
        return self.desk.url("upload", uid=record.uid)


class FigureTemplate(DeskView):
    """The workbook to fill in."""

    permission = Permission.SEND_WORKFORCE

    def get(self, request):
        """Return it as a download."""
        headers = {"Content-Disposition": 'attachment; filename="workforce-figures.xlsx"'}
        return HttpResponse(template(), content_type=XLSX, headers=headers)
