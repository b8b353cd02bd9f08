"""One night in one call: eligible pairs, assignment, certificate, explanations."""

from dataclasses import dataclass

from .assign import Assignment, solve
from .certificate import Certificate, certify
from .instance import Instance, input_hash
from .model import ENGINE_VERSION, Terms
from .pairs import Pairs, eligible
from .why import leftover, proposed


@dataclass(frozen=True, eq=False)
class Result:
    """What a run found. The explanations are put in words as they are read, in key order."""

    engine_version: str
    input_hash: str
    instance: Instance
    terms: Terms
    pairs: Pairs
    assignment: Assignment
    certificate: Certificate

    @property
    def placements(self):
        """How many proposals there are."""
        return len(self.assignment.chosen)

    @property
    def points(self):
        """The points of all proposals together."""
        return int(self.pairs.points[self.assignment.chosen].sum())

    def proposals(self):
        """Yield an `why.proposed.Proposal` for every chosen pair."""
        return proposed.proposals(self.instance, self.terms, self.pairs, self.assignment)

    def unplaced(self):
        """Yield a `why.leftover.Unplaced` for every person without a proposal."""
        return leftover.unplaced(self.instance, self.terms, self.pairs, self.assignment)

    def unfilled(self):
        """Yield a `why.leftover.Unfilled` for every opening with posts left."""
        return leftover.unfilled(self.instance, self.terms, self.pairs, self.assignment)


def run(instance, terms):
    """The `Result` of an instance under its terms.

    Raises ArithmeticError where the certificate does not prove the assignment optimal: a fault
    of the engine that must not become proposals.
    """
    pairs = eligible(instance, terms)
    assignment = solve(instance, pairs, terms)
    certificate = certify(instance, pairs, terms, assignment)
    if not certificate.holds:
        raise ArithmeticError("the assignment could not be proven optimal")
    return Result(
        engine_version=ENGINE_VERSION,
        input_hash=input_hash(instance, terms),
        instance=instance,
        terms=terms,
        pairs=pairs,
        assignment=assignment,
        certificate=certificate,
    )
