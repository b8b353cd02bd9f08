"""What calls, applications and decisions must satisfy; these refuse, they never write."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import CefrLevel, Country, Language
from gsp.workflow import NotAllowed, Refused
from selection.models import Application, Call, Criterion, EligibilityRule, Employment, Score
from selection.states import ApplicationState, CallState
from trainees.states import Track

Kind = EligibilityRule.Kind
RANGES = (Kind.AGE, Kind.EDUCATION, Kind.EXPERIENCE)


def may_change(call: Call) -> None:
    """Refuse to change a call whose places are decided.

    Raises:
        Refused: it is decided, ended or cancelled.

    """
    if not call.is_undecided:
        raise Refused(
            _("This call is %(state)s. Take the decision back first.")
            % {"state": call.get_state_display().lower()},
            field="state",
            code="call_decided",
        )


def scheme_may_change(call: Call) -> None:
    """Refuse to change criteria once something was scored by them.

    Raises:
        Refused: scores exist, or the call is decided.

    """
    may_change(call)
    if Score.objects.filter(call=call).exists():
        raise Refused(
            _("Applications are scored by these criteria already. Remove the scores first."),
            field="criteria",
            code="scored_already",
        )


def takes_applications(call: Call, *, at, from_public: bool) -> None:
    """Refuse an application that comes too early or too late.

    A desk may enter what arrived on paper until the decision; the public form keeps the hours.

    Raises:
        Refused: the call takes none now; it says when.

    """
    if not from_public and call.state in (CallState.CLOSED, CallState.SCREENING):
        return
    if call.state != CallState.OPEN or (from_public and at >= call.closes_at):
        raise Refused(
            _("This call takes no applications any more."), field="call", code="call_closed"
        )
    if from_public and at < call.opens_at:
        raise Refused(_("This call takes no applications yet."), field="call", code="call_not_open")


def is_sound(rule: EligibilityRule) -> None:
    """Refuse a rule that asks for nothing or for something unknown.

    Raises:
        Refused: it says which field is missing or wrong.

    """
    if rule.kind in RANGES:
        if rule.minimum is None and rule.maximum is None:
            raise Refused(
                _("Give a lower or an upper bound."), field="minimum", code="bound_missing"
            )
        return
    if not rule.values:
        raise Refused(_("Name at least one value."), field="values", code="values_missing")
    known = _known(rule)
    unknown = [value for value in rule.values if known is not None and value not in known]
    if unknown:
        raise Refused(
            _("“%(value)s” is not known here.") % {"value": unknown[0]},
            field="values",
            code="unknown_value",
        )


def _known(rule: EligibilityRule) -> set[str] | None:
    if rule.kind == Kind.COUNTRY:
        return set(Country.objects.values_list("pk", flat=True))
    if rule.kind == Kind.EMPLOYMENT:
        return set(Employment.values)
    if rule.kind == Kind.LANGUAGE:
        return {*Language.objects.values_list("pk", flat=True), *CefrLevel.values}
    return None


def has_scheme(call: Call) -> None:
    """Refuse to open a call without text or criteria.

    Raises:
        Refused: it says what is missing.

    """
    if not call.titles or not call.texts:
        raise Refused(
            _("Write the title and the text of the call first."), field="title", code="no_text"
        )
    if not call.criteria.exists():
        raise Refused(
            _("Add the criteria applications are scored by first."),
            field="criteria",
            code="no_criteria",
        )


def track_is_said(call: Call, track: str) -> None:
    """Refuse an application without home or away where these have places of their own.

    Raises:
        Refused: home or away is missing.

    """
    if call.is_split and track not in (Track.HOME, Track.AWAY):
        raise Refused(
            _("Choose home or away: this call has places for each."),
            field="track",
            code="track_missing",
        )


def may_score(application: Application, criterion: Criterion, by) -> None:
    """Refuse a score from somebody the criterion does not name, or for a settled application.

    Raises:
        NotAllowed: another side scores this criterion.
        Refused: the application is not to be scored.

    """
    organisation = getattr(by, "organisation_id", None)
    wrong = {
        Criterion.Scorer.CENTRE: organisation is None,
        Criterion.Scorer.AGENCY: organisation is not None,
    }
    if wrong.get(criterion.scored_by, False):
        raise NotAllowed(_("“%(criterion)s” is scored by: %(who)s.") % {
            "criterion": criterion, "who": criterion.get_scored_by_display()
        }, code="not_allowed")  # fmt: skip
    is_to_be_scored(application)


def is_to_be_scored(application: Application) -> None:
    """Refuse an application that is not eligible or is settled.

    Raises:
        Refused: it says where it stands.

    """
    if application.state not in (ApplicationState.ELIGIBLE, ApplicationState.ASSESSED):
        raise Refused(
            _("Only eligible applications are scored; this one is: %(state)s.")
            % {"state": application.get_state_display()},
            field="application",
            code="not_to_be_scored",
        )


def may_decide(call: Call) -> None:
    """Refuse to decide a call that is not being screened or has no scores.

    Raises:
        Refused: it says what is missing.

    """
    if call.state != CallState.SCREENING:
        raise Refused(
            _("Only a call in screening is decided."), field="state", code="not_in_screening"
        )
    if not call.criteria.exists():
        raise Refused(_("The call has no criteria."), field="criteria", code="no_criteria")


def everybody_is_assessed(missing: int) -> None:
    """Refuse to decide while eligible applications lack scores.

    Raises:
        Refused: it says how many.

    """
    if missing:
        raise Refused(
            ngettext(
                "%(count)s eligible application is not fully scored. Score it, or confirm that "
                "it is rejected as not assessed.",
                "%(count)s eligible applications are not fully scored. Score them, or confirm "
                "that they are rejected as not assessed.",
                missing,
            )
            % {"count": missing},
            field="unscored",
            code="not_fully_scored",
        )


def may_undo(call: Call) -> None:
    """Refuse to take back a decision that applicants know.

    Raises:
        Refused: nothing is decided, or the offers are sent.

    """
    if call.state != CallState.DECIDED:
        raise Refused(_("Nothing is decided yet."), field="state", code="not_decided")
    if call.offers_sent_at is not None:
        raise Refused(
            _("The offers are sent; the decision stands."), field="state", code="offers_sent"
        )
