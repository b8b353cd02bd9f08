"""What an applicant may know of the own application, and when."""

from django.utils.translation import gettext as _

from selection.models import Application, Call
from selection.states import ApplicationState as A
from selection.states import CallState
from selection.words import asked_for, reason


def is_being_decided(call: Call) -> bool:
    """Tell whether a decision is made that nobody was told of yet."""
    return call.state == CallState.DECIDED and call.offers_sent_at is None


def told(application: Application) -> str:
    """Return the state an applicant may know: until offers are sent, that it is applied."""
    ended = application.state in (A.WITHDRAWN, A.ACCEPTED)
    if ended or application.call.offers_sent_at is not None:
        return application.state
    return A.APPLIED


def told_reasons(application: Application) -> list[str]:
    """Return the rules not met, once the decision is sent."""
    if told(application) != A.REJECTED:
        return []
    # That somebody applied twice is for the centre to sort out, not for the applicant to hear.
    failed = [code for code in application.failed if code != "submitted_twice"]
    return [reason(code) for code in failed]


def ahead(application: Application) -> int:
    """Return how many wait before an applicant on the same list."""
    rows = application.call.applications.filter(
        state=A.WAITLISTED, waiting_position__lt=application.waiting_position
    )
    if application.call.is_split:
        rows = rows.filter(track=application.track)
    return rows.count()


def conditions_in_words(call: Call) -> list[str]:
    """Return what the call asks of applicants, a line for each rule."""
    return [
        _("%(about)s: %(asked)s") % {"about": rule.get_kind_display(), "asked": asked_for(rule)}
        for rule in call.rules.order_by("id")
    ]
