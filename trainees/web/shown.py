"""Which identifying fields a page shows: by the stage of the case, and by permission."""

from dataclasses import dataclass

from partnerships.roles import Permission
from trainees.rules import OVER


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a person stands on the page openly; the rest waits behind a click, or not at all."""

    birth_date: bool
    contacts: bool
    number: bool
    may_reveal: bool

    @property
    def hides_something(self) -> bool:
        """Tell whether a click would show more."""
        return self.may_reveal and not (self.contacts and self.number)


def shown(view, enrolments, *, revealed: bool) -> Shown:
    """Return what the member sees now.

    While somebody is in training or looks for work, the day of birth and the contacts are needed
    every day. Before (an applicant) and after (all enrolments are over) they are not, so they and
    always the document number are shown only to those who may open documents, after a click that
    is noted as a look of its own.
    """
    works_on_it = any(one.state not in OVER for one in enrolments)
    opened = revealed and view.may(Permission.VIEW_DOCUMENTS)
    return Shown(
        birth_date=works_on_it or opened,
        contacts=works_on_it or opened,
        number=opened,
        may_reveal=view.may(Permission.VIEW_DOCUMENTS),
    )
