"""How many queries something costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def count_queries():
    """Return a function that runs something and counts its queries."""

    def count(run) -> int:
        with CaptureQueriesContext(connection) as captured:
            run()
        return len(captured)

    return count
