"""What matching knows of a course: the open gaps that it, or what it comes near to, would close."""

from matching import queries, words
from training.coverage import coverage_of

NEAR = 40


def gaps_of(course, view) -> dict:
    """Return the open gaps of the latest runs, with how much of the group the course covers.

    Shown are the course's own unit group, and every other in which it covers some occupation.
    """
    own = course.occupation.unit_group_id
    covered = {own: 0.0}
    for one in coverage_of(course, most=NEAR):
        group = one.occupation.unit_group_id
        if one.share or group == own:
            covered[group] = max(one.share, covered.get(group, 0.0))
    rows = [
        {"gap": gap, "share": covered[gap.occupation_id], "term": words.TERMS[gap.term]}
        for gap in queries.open_gaps(covered)
    ]
    rows.sort(key=lambda row: (row["gap"].occupation_id != own, -row["share"], -row["gap"].gap))
    return {"rows": rows, "own": own}
