"""What the clock does in selection: closes calls, lets offers expire, forgets old forms."""

from datetime import timedelta

from selection.actions import calls, places
from selection.models import Call, Draft, Offer
from selection.states import CallState

KEPT = timedelta(days=30)


def due(*, at) -> list[int]:
    """Return the ids of calls that wait for the clock at that moment."""
    over = Call.objects.filter(state=CallState.OPEN, closes_at__lte=at)
    late = Offer.objects.outstanding().filter(deadline__lte=at).values("call")
    expiring = Call.objects.filter(pk__in=late, state=CallState.DECIDED)
    return sorted({*over.values_list("pk", flat=True), *expiring.values_list("pk", flat=True)})


def sweep(call_id: int, *, seed: str, by, at) -> int:
    """Do what is due in one call; return how many offers expired. Safe to repeat."""
    call = Call.objects.get(pk=call_id)
    if call.state == CallState.OPEN and call.closes_at <= at:
        calls.close(call, seed=seed, by=by, at=at)
    return places.expire(call, by=by, at=at) if call.state == CallState.DECIDED else 0


def forget_drafts(*, at) -> int:
    """Remove forms that were saved and not sent within 30 days; return how many."""
    return Draft.objects.filter(saved_at__lt=at - KEPT).delete()[0]
