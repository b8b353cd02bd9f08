"""Who moves a list: a member, as far as its purpose lets them, or the platform on their behalf."""

from dataclasses import dataclass

from gsp.uploads.purpose import purpose_of
from gsp.uploads.states import PLATFORM, SENDER


@dataclass(frozen=True, slots=True)
class Sender:
    """A member, with the permission that the list's purpose asks for."""

    member: object
    kind: str

    def may(self, need: str) -> bool:
        """Tell whether the member may make a move of this need."""
        return need == SENDER and self.member.may(purpose_of(self.kind).permission)


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """The platform doing what a member confirmed; what they may was asked then."""

    name: str

    def may(self, need: str) -> bool:
        """Return True: see the class."""
        return True


class Clock:
    """The platform itself, working through its queue."""

    name = PLATFORM

    def may(self, need: str) -> bool:
        """Tell whether the move is the platform's own."""
        return need == PLATFORM


def name_of(by) -> str:
    """Return the name that is kept of who did something."""
    return str(by.user.name if hasattr(by, "user") else by.name)[:150]
