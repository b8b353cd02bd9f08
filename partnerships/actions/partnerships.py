"""Partnerships: draft, change terms, move on, and who takes part."""

from django.db import transaction

from gsp.workflow import move
from partnerships import rules
from partnerships.models import Participation, Partnership, PartnershipOrigin
from partnerships.roles import Permission

EDIT = Permission.EDIT_PARTNERSHIPS


@transaction.atomic
def draft(*, origins, by, at, **terms) -> Partnership:
    """Write down a new partnership between ``origins`` (countries) and a destination.

    ``terms`` are fields of Partnership.

    Raises:
        Refused: a term is impossible; ``field`` names it.
        NotAllowed: ``by`` may not edit partnerships.

    """
    rules.may(by, EDIT)
    partnership = Partnership(**terms)
    rules.address_is_free(partnership)
    rules.is_valid(partnership)
    partnership.save(force_insert=True)
    _set_origins(partnership, origins)
    return partnership


@transaction.atomic
def change(partnership, *, by, at, origins=None, **terms) -> Partnership:
    """Change the named terms, and the countries of origin if given; raises as ``draft``."""
    rules.may(by, EDIT)
    partnership = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    for name, value in terms.items():
        setattr(partnership, name, value)
    rules.is_valid(partnership)
    partnership.save(update_fields=[*terms])
    if origins is not None:
        _set_origins(partnership, origins)
    return partnership


def move_to(partnership, state: str, *, by, at) -> Partnership:
    """Activate, suspend or close the partnership; raises as ``gsp.workflow.move``."""
    return move(partnership, state, by=by, at=at)


@transaction.atomic
def add_participant(partnership, organisation, *, since, by, at) -> Participation:
    """Open the partnership to an organisation.

    Raises:
        Refused: it takes part already.
        NotAllowed: ``by`` may not edit partnerships.

    """
    rules.may(by, EDIT)
    rules.may_take_part(partnership, organisation)
    return Participation.objects.create(
        partnership=partnership, organisation=organisation, since=since
    )


@transaction.atomic
def end_participation(participation, *, by, at) -> None:
    """Close the partnership to an organisation; what it did stays.

    Raises:
        Refused: it still has open demand or a cohort in training there.
        NotAllowed: ``by`` may not edit partnerships.

    """
    rules.may(by, EDIT)
    rules.has_nothing_running(participation)
    participation.delete()


def _set_origins(partnership, countries) -> None:
    wanted = {country.pk for country in countries}
    present = {origin.country_id: origin for origin in partnership.origins.all()}
    for code in present.keys() - wanted:
        present[code].delete()
    PartnershipOrigin.objects.bulk_create(
        PartnershipOrigin(partnership=partnership, country_id=code)
        for code in sorted(wanted - present.keys())
    )
