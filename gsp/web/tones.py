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
    "missing": Look("bad", "x-circle", _("Missing")),
    "too_short": Look("bad", "clock-history", _("Ends too early")),
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
    "recruiting": Look("info", "megaphone", _("Recruiting")),
    "receiving": Look("quiet", "cloud-arrow-up", _("Arriving")),
    "received": Look("wait", "inbox", _("Received")),
    "replaced": Look("quiet", "clock-history", _("Replaced")),
    "dropped": Look("quiet", "slash-circle", _("Dropped")),
    "discarded": Look("quiet", "trash", _("Discarded")),
    "merged": Look("good", "intersect", _("Merged")),
    "separate": Look("quiet", "signpost-split", _("Kept apart")),
    "contacted": Look("info", "telephone", _("Contacted")),
    "answered": Look("good", "check-circle", _("Answered")),
    "preparing": Look("quiet", "pencil", _("In preparation")),
    "filed": Look("info", "send", _("Filed")),
    "full": Look("good", "patch-check", _("Fully recognised")),
    "partial": Look("wait", "patch-exclamation", _("Partly recognised")),
}

SELECTION = {
    "screening": Look("accent", "funnel", _("Screening")),
    "decided": Look("good", "check2-all", _("Decided")),
    "eligible": Look("info", "check-circle", _("Eligible")),
    "ineligible": Look("bad", "x-circle", _("Not eligible")),
    "assessed": Look("accent", "clipboard-check", _("Assessed")),
    "shortlisted": Look("good", "list-check", _("Shortlisted")),
    "waitlisted": Look("wait", "hourglass-split", _("On the waiting list")),
    "place_offered": Look("wait", "envelope-open", _("Place offered")),
    "offer_declined": Look("quiet", "x-circle", _("Offer declined")),
    "offer_expired": Look("quiet", "clock-history", _("Offer expired")),
}

LIVES = {
    "assessment": Look("accent", "clipboard-check", _("In assessment")),
    "not_yet_competent": Look("wait", "arrow-repeat", _("Not yet competent")),
    "unreachable": Look("bad", "telephone-x", _("Unreachable")),
    "transferred": Look("quiet", "arrow-left-right", _("Transferred")),
    "duplicate": Look("quiet", "intersect", _("Entered twice")),
    "job_search": Look("wait", "search", _("Looking for work at home")),
    "re_searching": Look("wait", "search", _("Looking for work again")),
    "referred": Look("info", "person-check", _("Referred to an employer")),
    "interviewed": Look("info", "chat-dots", _("Interviewed")),
    "retained": Look("good", "briefcase", _("Stayed in work")),
    "integration": Look("accent", "translate", _("Preparing")),
    "matched": Look("info", "link-45deg", _("Matched with an employer")),
    "offered": Look("info", "envelope-open", _("Job offered")),
    "contract_verified": Look("accent", "file-earmark-check", _("Contract verified")),
    "permit_filed": Look("wait", "send", _("Permit applied for")),
    "permit_granted": Look("accent", "file-earmark-check", _("Permit granted")),
    "visa": Look("accent", "passport", _("Visa issued")),
    "pre_departure_done": Look("accent", "luggage", _("Ready to depart")),
    "travelled": Look("accent", "airplane", _("Departed")),
    "arrived": Look("accent", "geo-alt", _("Arrived")),
    "employed": Look("good", "briefcase", _("In work abroad")),
    "job_changed": Look("info", "arrow-left-right", _("Changed employer")),
    "job_lost": Look("bad", "briefcase", _("Lost the job")),
    "left_destination": Look("wait", "box-arrow-left", _("Left the destination")),
    "return_planned": Look("info", "calendar-event", _("Return planned")),
    "returned": Look("info", "house", _("Returned")),
    "reintegrating": Look("accent", "house", _("Settling in at home")),
    "settled": Look("good", "house-check", _("Settled abroad")),
    "reintegrated": Look("good", "house-check", _("Settled at home again")),
    "remigrated": Look("quiet", "airplane", _("Left again")),
    "permit_refused": Look("bad", "x-circle", _("Permit refused")),
    "permit_expired": Look("bad", "clock-history", _("Permit expired")),
    "offer_retracted": Look("bad", "x-circle", _("Offer retracted")),
    "language_failed": Look("bad", "translate", _("Language not reached")),
    "recognition_refused": Look("bad", "x-circle", _("Recognition refused")),
    "stopped": Look("quiet", "signpost-split", _("Track changed")),
    "left": Look("quiet", "arrow-return-left", _("Left the programme")),
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
    found = STATES.get(name) or SELECTION.get(name) or LIVES.get(name)
    return found or Look("quiet", "circle", name.replace("_", " ").capitalize())


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
