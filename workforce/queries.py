"""Reads for the pages and the API of workforce figures."""

from workforce.models import Figure


def figures():
    """Return figures with what one line shows, newest first."""
    return Figure.objects.select_related("service", "country", "occupation", "currency").order_by(
        "-id"
    )
