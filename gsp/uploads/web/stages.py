"""The stages of a list as steps on its page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gsp.uploads.models import Upload
from gsp.uploads.states import UploadState

S = UploadState
LAST = (S.APPLIED, S.DISCARDED, S.REFUSED, S.FAILED)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: when it was reached, and whether the list stands there now."""

    label: str
    at: datetime | None
    is_current: bool

    @property
    def icon(self) -> str:
        """Return the sign beside the word."""
        if self.at:
            return "check-circle"
        return "arrow-repeat" if self.is_current else "circle"

    @property
    def tone(self) -> str:
        """Return how the sign looks."""
        if self.at:
            return "good"
        return "info" if self.is_current else "quiet"


def steps_of(upload: Upload) -> list[Step]:
    """Return the stages in order; the last one is how it ended, or how it will."""
    state = upload.state
    end = S(state) if state in LAST else S.APPLIED
    ended = upload.applied_at or (upload.state_changed_at if state in LAST else None)
    waiting = upload.checked_at if state in (S.WAITING, S.CONFIRMED, *LAST) else None
    return [
        Step(_("Received"), upload.received_at, False),
        Step(_("Read"), upload.read_at, state in (S.RECEIVED, S.MAPPING)),
        Step(_("Checked"), upload.checked_at, state == S.READ),
        Step(_("Confirmed"), upload.decided_at if waiting else None, state == S.WAITING),
        Step(str(end.label), ended if state in LAST else None, state == S.CONFIRMED),
    ]
