"""The demonstration while it is built: what each part needs of the parts before it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from demonstration.catalogue import Trade
from demonstration.plan import Programme
from partnerships.models import Organisation, Partnership
from training.models import Course


@dataclass(slots=True)
class Site:
    """One tenant under construction; ``random`` is seeded, so that every build is the same."""

    programme: Programme
    at: datetime
    trades: dict[str, Trade]
    random: Random
    partnership: Partnership | None = None
    bodies: dict[str, Organisation] = field(default_factory=dict)
    courses: dict[tuple[str, str], Course] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the day it is built on."""
        return self.at.date()

    def day(self, offset: int) -> date:
        """Return the date so many days from today."""
        return self.today + timedelta(days=offset)

    def some(self, skills: tuple[int, ...], count: int) -> list[int]:
        """Return up to ``count`` of the skills, in the order of the list."""
        chosen = set(self.random.sample(skills, min(count, len(skills))))
        return [skill for skill in skills if skill in chosen]
