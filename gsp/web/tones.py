"""What a state looks like: a tone, an icon and a word, the same on every page."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Look(NamedTuple):
    """Tone (colour class), icon (Bootstrap Icons) and label of one state."""

    tone: str
    icon: str
    label: str


TRACKS = {
    "home": Look("home", "house-heart", pgettext_lazy("track", "Home")),
    "away": Look("away", "airplane", pgettext_lazy("track", "Away")),
    "undecided": Look("undecided", "signpost-split", pgettext_lazy("track", "Undecided")),
}

STATES = {
    "draft": Look("quiet", "pencil", _("Draft")),
    "planned": Look("quiet", "calendar-event", _("Planned")),
    "queued": Look("quiet", "hourglass", _("Queued")),
    "applied": Look("info", "inbox", _("Applied")),
    "submitted": Look("info", "inbox", _("Submitted")),
    "proposed": Look("info", "lightbulb", _("Proposed")),
    "open": Look("accent", "circle", _("Open")),
    "active": Look("accent", "play-circle", _("Active")),
    "running": Look("accent", "arrow-repeat", _("Running")),
    "enrolled": Look("accent", "mortarboard", _("Enrolled")),
    "in_training": Look("accent", "mortarboard", _("In training")),
    "pending": Look("wait", "hourglass-split", _("Pending")),
    "waiting": Look("wait", "hourglass-split", _("Waiting")),
    "suspended": Look("wait", "pause-circle", _("Suspended")),
    "deferred": Look("wait", "pause-circle", _("Deferred")),
    "expiring": Look("wait", "clock", _("Expiring")),
    "accepted": Look("good", "check-circle", _("Accepted")),
    "confirmed": Look("good", "check-circle", _("Confirmed")),
    "verified": Look("good", "patch-check", _("Verified")),
    "certified": Look("good", "award", _("Certified")),
    "issued": Look("good", "patch-check", _("Issued")),
    "completed": Look("good", "check-circle", _("Completed")),
    "succeeded": Look("good", "check-circle", _("Succeeded")),
    "done": Look("good", "check-circle", _("Done")),
    "filled": Look("good", "check-circle", _("Filled")),
    "placed": Look("good", "briefcase", _("Placed")),
    "unverified": Look("wait", "question-circle", _("Not verified")),
    "failed": Look("bad", "x-octagon", _("Failed")),
    "revoked": Look("bad", "x-octagon", _("Revoked")),
    "refused": Look("bad", "x-circle", _("Refused")),
    "rejected": Look("bad", "x-circle", _("Rejected")),
    "declined": Look("bad", "x-circle", _("Declined")),
    "dismissed": Look("bad", "x-circle", _("Dismissed")),
    "expired": Look("quiet", "clock-history", _("Expired")),
    "lapsed": Look("quiet", "clock-history", _("Lapsed")),
    "superseded": Look("quiet", "clock-history", _("Superseded")),
    "withdrawn": Look("quiet", "arrow-return-left", _("Withdrawn")),
    "closed": Look("quiet", "lock", _("Closed")),
    "ended": Look("quiet", "flag", _("Ended")),
    "cancelled": Look("quiet", "slash-circle", _("Cancelled")),
    "retired": Look("quiet", "archive", _("Retired")),
}

REASONS = {
    "met": Look("good", "check-lg", _("met")),
    "missing": Look("bad", "x-lg", _("missing")),
    "claimed": Look("wait", "question-lg", _("claimed, no evidence")),
    "optional": Look("info", "plus-lg", _("optional")),
}

NOTICES = {
    "info": Look("info", "info-circle", _("For information")),
    "success": Look("good", "check-circle", _("Done")),
    "warning": Look("wait", "exclamation-triangle", _("Attention")),
    "error": Look("bad", "x-octagon", _("Problem")),
    "debug": Look("quiet", "bug", _("Detail")),
}


def state_look(state):
    """The look of a state; one nobody has given a look is quiet and shows its own words."""
    name = str(state)
    return STATES.get(name) or Look("quiet", "circle", name.replace("_", " ").capitalize())


def track_look(track):
    """The look of a track: home, away, or undecided for anything else."""
    return TRACKS.get(str(track or ""), TRACKS["undecided"])


def reason_look(verdict):
    """The look of one reason of a match: met, missing, claimed, optional.

    Raises KeyError for any other word.
    """
    return REASONS[str(verdict)]


def notice_look(level):
    """The look of a notice or of a Django message level; information by default."""
    words = str(level or "").split()
    return next((NOTICES[word] for word in words if word in NOTICES), NOTICES["info"])
