"""The gap: demand that neither the local workforce nor the training pipeline meets.

Per country, unit group and term: G = max(0, D − S − P), each figure a sum of parts.

    short, one year    D = Σ posts · p(stage)
    medium, h years    D = the larger of E·[(1+g)^h − 1] + E·[1 − (1−ρ)^h] and Σ posts · p(stage)
                       over all posts, since posts on offer are part of what growth asks for
    S = max(0, U·q·a + graduates·r·years − exits·years)
    P = Σ headcount · completion, of cohorts that end within the term

Everything is Decimal. A part is rounded to two decimals, half to even, and a total is the sum of
its rounded parts, so what a page shows always adds up.
"""

from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal

from .gap_lines import GapLine, Part, Stage, Term, WorkforceLine

CENT = Decimal("0.01")


def gaps(demand, workforce, pipeline, assumptions):
    """The `GapLine`s of both terms for every country and unit group that any line names.

    Sorted by country, unit group, term. Raises ValueError where two workforce lines name the
    same country and unit group.
    """
    posts, cohorts, figures = defaultdict(list), defaultdict(list), {}
    for line in demand:
        posts[line.country, line.unit_group].append(line)
    for line in pipeline:
        cohorts[line.country, line.unit_group].append(line)
    for line in workforce:
        place = line.country, line.unit_group
        if place in figures:
            raise ValueError(f"two workforce lines for {place}")
        figures[place] = line
    return [
        _gap(
            term,
            figures.get(place, WorkforceLine(*place)),
            posts[place],
            cohorts[place],
            assumptions,
        )
        for place in sorted({*posts, *cohorts, *figures})
        for term in Term
    ]


def _gap(term, figures, posts, cohorts, assumptions):
    """One line of the table."""
    shares = _Shares(figures, assumptions)
    years = 1 if term == Term.SHORT else assumptions.horizon_years
    demand_parts = _demand(term, figures, posts, shares, assumptions)
    supply_parts = _supply(figures, shares, years)
    pipeline_parts = _pipeline(cohorts, shares, years)
    demand, pipeline = _total(demand_parts), _total(pipeline_parts)
    supply = max(Decimal(0), _total(supply_parts))
    needed = ("unemployed", "vacancies", "graduates", "exits")
    needed = needed if term == Term.SHORT else ("employed", *needed)
    return GapLine(
        country=figures.country,
        unit_group=figures.unit_group,
        term=term,
        demand=demand,
        supply=supply,
        pipeline=pipeline,
        gap=max(Decimal(0), demand - supply - pipeline),
        tension=_tension(figures),
        demand_parts=demand_parts,
        supply_parts=supply_parts,
        pipeline_parts=pipeline_parts,
        missing=tuple(name for name in needed if getattr(figures, name) is None),
        assumed=tuple(sorted(shares.assumed)),
    )


class _Shares:
    """Shares of a line, or of the assumptions, remembering which were assumed."""

    def __init__(self, figures, assumptions):
        self.figures, self.assumptions, self.assumed = figures, assumptions, set()

    def of(self, name, line=None):
        """The share of that name."""
        given = getattr(line or self.figures, name)
        if given is None:
            self.assumed.add(name)
            return getattr(self.assumptions, name)
        return given


def _part(code, quantity, factor):
    """A part, rounded."""
    quantity, factor = Decimal(quantity), Decimal(factor)
    value = (quantity * factor).quantize(CENT, ROUND_HALF_EVEN)
    return Part(code, quantity, factor, value)


def _total(parts):
    """The sum of rounded parts."""
    return sum((part.value for part in parts), Decimal("0.00"))


def _demand(term, figures, posts, shares, assumptions):
    """Parts of the demand."""
    pledged = tuple(
        _part(stage.value, count, assumptions.stages[stage])
        for stage in Stage
        if (count := _posts(posts, stage, term))
    )
    if term == Term.SHORT or figures.employed is None:
        return pledged
    years = assumptions.horizon_years
    structural = (
        _part("growth", figures.employed, (1 + shares.of("growth")) ** years - 1),
        _part("replacement", figures.employed, 1 - (1 - shares.of("replacement")) ** years),
    )
    return structural if _total(structural) >= _total(pledged) else pledged


def _posts(posts, stage, term):
    """Posts of a stage that count in a term: the short term is part of the medium."""
    terms = {Term.SHORT} if term == Term.SHORT else {Term.SHORT, Term.MEDIUM}
    return sum(line.posts for line in posts if line.stage == stage and line.term in terms)


def _supply(figures, shares, years):
    """Parts of the local supply; exits count against it."""
    parts = []
    if figures.unemployed is not None:
        share = shares.of("qualified") * shares.of("available")
        parts.append(_part("unemployed", figures.unemployed, share))
    if figures.graduates is not None:
        parts.append(_part("graduates", figures.graduates, shares.of("staying") * years))
    if figures.exits is not None:
        parts.append(_part("exits", figures.exits, -years))
    return tuple(parts)


def _pipeline(cohorts, shares, years):
    """Parts of the pipeline: one per track and completion share, of cohorts ending in time."""
    heads = defaultdict(int)
    for line in cohorts:
        if line.months_to_completion <= 12 * years:
            heads[line.track, Decimal(shares.of("completion", line))] += line.headcount
    return tuple(_part(track.value, count, done) for (track, done), count in sorted(heads.items()))


def _tension(figures):
    """Vacancies per unemployed, two decimals; None where unknown or nobody is unemployed."""
    if figures.vacancies is None or not figures.unemployed:
        return None
    return (Decimal(figures.vacancies) / figures.unemployed).quantize(CENT, ROUND_HALF_EVEN)
