"""How far the decision of a call is, while it is made in the background."""

from django.core.cache import cache
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

KEPT = 600  # seconds


class Stage(TextChoices):
    """What the background is doing."""

    WAITING = "waiting", _("Waiting to begin")
    CHECKING = "checking", _("Checking eligibility and scores")
    RANKING = "ranking", _("Ranking")
    DECIDING = "deciding", _("Making the lists")


def note(call, stage: Stage) -> None:
    """Say what is being done; the page of the call shows it."""
    cache.set(_key(call), {"stage": stage.value}, timeout=KEPT)


def refuse(call, message: str) -> None:
    """Say why it was not done."""
    cache.set(_key(call), {"refused": message}, timeout=KEPT)


def forget(call) -> None:
    """Nothing is being done any more."""
    cache.delete(_key(call))


def of(call) -> dict | None:
    """Return ``{"stage", "label"}`` while it is made, ``{"refused"}`` if it was refused."""
    found = cache.get(_key(call))
    if found and "stage" in found:
        return found | {"label": Stage(found["stage"]).label}
    return found


def _key(call) -> str:
    return f"selection:decision:{call.tenant_id}:{call.pk}"
