"""Tables of the privacy app."""

from privacy.models.access import OwnAccess
from privacy.models.request import DataRequest
from privacy.models.retention import Erasure, RetentionRule, RetentionRun

__all__ = ["DataRequest", "Erasure", "OwnAccess", "RetentionRule", "RetentionRun"]
