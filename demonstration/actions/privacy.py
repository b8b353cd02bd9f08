"""Builds consents in the words of their day, and what two invented people ask."""

from datetime import timedelta

from demonstration.site import Site
from partnerships.roles import System
from privacy.actions.requests import ask
from privacy.models import DataRequest
from trainees.actions.consent import give, set_all
from trainees.models import Consent, Person
from trainees.models.consent import Purpose

BY = System("Demonstration")
FOLLOWED_UP = 5  # every fifth agrees to be asked later how it went


def build_privacy(site: Site) -> None:
    """Write the consents behind each person's flag, some for other purposes, two requests."""
    if Consent.objects.exists():
        return
    people = list(Person.objects.order_by("id"))
    at = site.at - timedelta(days=60)
    set_all(
        [(person, person.may_be_proposed) for person in people],
        by=BY,
        at=at,
        through=Consent.Through.FORM,
    )
    for person in people[::FOLLOWED_UP]:
        give(person, Purpose.FOLLOW_UP, by=BY, at=at, through=Consent.Through.FORM)
    asked = site.at - timedelta(days=4)
    ask(people[0], DataRequest.Kind.CORRECT, text="My street is written wrongly.", at=asked)
    ask(people[1], DataRequest.Kind.OBJECT, text="I do not want to be in studies.", at=asked)
