"""Reads for the pages and the API of workforce figures."""

from catalogue.models import Country
from gsp.uploads.models import Upload
from partnerships.models import Organisation
from workforce.models import Figure


def figures():
    """Return figures with what one line shows, newest first."""
    return Figure.objects.select_related("service", "country", "occupation", "currency").order_by(
        "-id"
    )


def uploads():
    """Return the files of figures that were sent, the latest first."""
    rows = Upload.objects.filter(kind="workforce").select_related("organisation")
    return rows.order_by("-received_at", "-id")


def services():
    """Return the employment services of the agency, by name."""
    kind = Organisation.Kind.EMPLOYMENT_SERVICE
    return Organisation.objects.of_kind(kind).order_by("name", "id")


def countries_with_figures(request=None):
    """Return the countries of which the scope sees figures, by name."""
    return Country.objects.filter(pk__in=Figure.objects.values("country_id")).order_by("name")
