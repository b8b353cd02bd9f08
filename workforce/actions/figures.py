"""Workforce figures: sent as a whole or not at all, corrected by sending them again."""

from django.db import transaction

from gsp.uploads.batch import Counts
from workforce import rules
from workforce.models import Figure

KEY = ("country_id", "region", "occupation_id", "year", "quarter")
FACTS = (*rules.COUNTS, "wage", "currency_id", "source")
WRITTEN = (*rules.COUNTS, "wage", "currency", "source")


@transaction.atomic
def send(service, rows: rules.Numbered, *, by, at, is_demonstration: bool = False) -> Counts:
    """Write figures of ``service``, one per country, region, occupation and quarter.

    ``rows`` are numbered dictionaries as in ``rules.resolved``. A figure that is there already
    gets the new numbers; what a row does not name becomes empty. Returns how many were new,
    changed and the same.

    Raises:
        RowsRefused: with every error of every row; nothing is written.
        NotAllowed: ``by`` is neither the service nor staff with the permission.

    """
    rules.may_send_for(service, by)
    sent = [
        Figure(service=service, is_demonstration=is_demonstration, **row)
        for row in rules.resolved(rows, at.date())
    ]
    known = _known(service, sent)
    new = [figure for figure in sent if _key(figure) not in known]
    changed = [figure for figure in sent if known.get(_key(figure)) not in (None, _facts(figure))]
    Figure.objects.bulk_create(
        [*new, *changed],
        update_conflicts=True,
        unique_fields=["tenant", "service", "country", "region", "occupation", "year", "quarter"],
        update_fields=[*WRITTEN, "is_demonstration", "updated_at"],
    )
    return Counts(
        created=len(new), updated=len(changed), unchanged=len(sent) - len(new) - len(changed)
    )


def _known(service, sent: list[Figure]) -> dict:
    rows = Figure.objects.filter(
        service=service,
        year__in={figure.year for figure in sent},
        country_id__in={figure.country_id for figure in sent},
        occupation_id__in={figure.occupation_id for figure in sent},
    )
    return {_key(figure): _facts(figure) for figure in rows}


def _key(figure: Figure) -> tuple:
    return tuple(getattr(figure, name) for name in KEY)


def _facts(figure: Figure) -> tuple:
    return tuple(getattr(figure, name) for name in FACTS)
