"""Journeys share the committed cast and the broker of the tests of faults."""

from tests.faults.committed import catalogue_afterwards, committed, stage
from tests.faults.conftest import broker, given, use_broker

__all__ = ["broker", "catalogue_afterwards", "committed", "given", "stage", "use_broker"]
