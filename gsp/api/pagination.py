"""Pages that stay stable while rows are added."""

from rest_framework.pagination import CursorPagination


class StablePages(CursorPagination):
    """Newest first by identifier; ``limit`` up to 200."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering = "-id"
