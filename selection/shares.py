"""Shares of women, ages, regions and disability along a selection, small numbers hidden."""

from dataclasses import dataclass, field

HIDDEN_BELOW = 5
BANDS = ((18, "under_18"), (25, "18_24"), (30, "25_29"), (35, "30_34"), (200, "35_and_over"))
STAGES = ("applied", "eligible", "shortlisted", "offered")
DIMENSIONS = ("sex", "age", "region", "disability")
LARGEST_REGIONS = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, or None where it is hidden, and its share of all of its stage."""

    count: int | None
    share: float | None


@dataclass
class Breakdown:
    """For each dimension and value, a Figure at every stage; ``totals`` by stage."""

    totals: dict[str, int] = field(default_factory=dict)
    lines: dict[str, dict[str, dict[str, Figure]]] = field(default_factory=dict)


def band(age: int | None) -> str:
    """Return the code of the age band, “unknown” without an age."""
    if age is None:
        return "unknown"
    return next(code for end, code in BANDS if age < end)


def broken_down(counts: list[tuple[str, dict[str, str], int]], *, hides_small: bool) -> Breakdown:
    """Sum up ``(furthest stage, values by dimension, count)``; whoever got far counts before too.

    With ``hides_small``, counts of 1 to 4 are hidden, and with a single hidden one the next
    smallest of its line-up too, for else the total would tell it. Disability is always treated
    so: nobody needs to know whose it is.
    """
    found = Breakdown({stage: 0 for stage in STAGES})
    summed: dict[str, dict[str, dict[str, int]]] = {name: {} for name in DIMENSIONS}
    for furthest, values, count in counts:
        for stage in STAGES[: STAGES.index(furthest) + 1]:
            found.totals[stage] += count
            for name, value in values.items():
                line = summed[name].setdefault(value, dict.fromkeys(STAGES, 0))
                line[stage] += count
    summed["region"] = _largest(summed["region"])
    for name, lines in summed.items():
        hides = hides_small or name == "disability"
        found.lines[name] = _figures(lines, found.totals, hides=hides)
    return found


def _largest(lines: dict) -> dict:
    order = sorted(lines, key=lambda value: (-lines[value]["applied"], value))
    kept = {value: lines[value] for value in order[:LARGEST_REGIONS]}
    rest = [lines[value] for value in order[LARGEST_REGIONS:]]
    if rest:
        kept["elsewhere"] = {stage: sum(one[stage] for one in rest) for stage in STAGES}
    return kept


def _figures(lines: dict, totals: dict, *, hides: bool) -> dict[str, dict[str, Figure]]:
    hidden = {stage: _hidden(lines, stage) if hides else set() for stage in STAGES}
    return {
        value: {
            stage: Figure(None, None)
            if value in hidden[stage]
            else Figure(count, count / totals[stage] if totals[stage] else None)
            for stage, count in line.items()
        }
        for value, line in lines.items()
    }


def _hidden(lines: dict, stage: str) -> set[str]:
    small = {value for value, line in lines.items() if 0 < line[stage] < HIDDEN_BELOW}
    others = sorted(
        (line[stage], value)
        for value, line in lines.items()
        if value not in small and line[stage] > 0
    )
    if len(small) == 1 and others:
        small.add(others[0][1])
    return small
