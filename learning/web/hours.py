"""Times on the pages of learning are those of the agency, wherever the reader is."""

from zoneinfo import ZoneInfo

from django.utils import timezone


def zone_of(desk) -> ZoneInfo:
    """Return the time zone in which the agency's centres teach."""
    return ZoneInfo(desk.agency.time_zone)


class InAgencyTime:
    """A page whose times are shown, and read, in the agency's time zone."""

    def dispatch(self, request, *args, **kwargs):
        """Serve and render the page in that zone."""
        with timezone.override(zone_of(request.desk)):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render") and not response.is_rendered:
                response = response.render()
        return response
