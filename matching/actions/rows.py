"""What the engine found, as rows of our tables."""

from catalogue.models import Occupation
from employers.models import Demand
from matching.engine.model import Reason
from matching.models import Gap, Proposal, Unmatched
from partnerships.models import Organisation
from trainees.states import Track


def gap_rows(new_run, lines):
    """Yield a ``Gap`` for each line of the gap table."""
    for line in lines:
        yield Gap(
            run=new_run,
            partnership_id=new_run.partnership_id,
            occupation_id=line.unit_group,
            country_id=line.country,
            term=line.term.value,
            openings=sum(
                int(part.quantity) for part in line.demand_parts if part.code not in STRUCTURAL
            ),
            demand=line.demand,
            supply=line.supply,
            pipeline=line.pipeline,
            gap=line.gap,
            tension=line.tension,
            parts={
                "demand": [_part(part) for part in line.demand_parts],
                "supply": [_part(part) for part in line.supply_parts],
                "pipeline": [_part(part) for part in line.pipeline_parts],
            },
            missing=[*line.missing, *(f"assumed:{name}" for name in line.assumed)],
        )


STRUCTURAL = {"growth", "replacement"}


def _part(part) -> dict:
    return {
        "code": part.code,
        "quantity": str(part.quantity),
        "factor": str(part.factor.normalize()),
        "value": str(part.value),
    }


def proposal_rows(new_run, night, found):
    """Yield a ``Proposal`` for each pair, with the facts both sides may read at this stage."""
    demands = Demand.objects.in_bulk([each.opening for each in found])
    occupations = Occupation.objects.in_bulk({d.occupation_id for d in demands.values()})
    organisations = Organisation.objects.in_bulk(
        {night.centre_of[each.candidate] for each in found}
        | {demand.employer_id for demand in demands.values()}
    )
    for each in found:
        demand, centre = demands[each.opening], night.centre_of[each.candidate]
        yield Proposal(
            run=new_run,
            last_run=new_run,
            partnership_id=new_run.partnership_id,
            enrolment_id=each.candidate,
            demand=demand,
            centre_id=centre,
            employer_id=demand.employer_id,
            track=each.track.value,
            score=each.points,
            skills_met=list(each.skills.met),
            skills_claimed=list(each.skills.claimed),
            skills_missing=_missing(each.skills),
            gates=[gate.value for gate in each.gates],
            next_best={
                "opening": _other(each.next_opening),
                "candidate": _other(each.next_candidate),
            },
            facts={
                "occupation": occupations[demand.occupation_id].title,
                "isco_code": occupations[demand.occupation_id].isco_code,
                "country": demand.country_id,
                "employer": organisations[demand.employer_id].name,
                "centre": organisations[centre].name,
                "reference": demand.reference,
                "starts_on": each.starts_on.isoformat(),
                "partnership": new_run.partnership.name,
                "is_demonstration": new_run.partnership.is_demonstration,
            },
        )


def _missing(skills) -> list[dict]:
    """Return what falls short: ``[{"skill", "why", "held", "asked"}]``."""
    lines = [{"skill": skill, "why": "essential"} for skill in skills.missing]
    lines += [{"skill": skill, "why": "optional"} for skill in skills.missing_optional]
    lines += [
        {"skill": skill, "why": "level", "held": held, "asked": asked}
        for skill, held, asked in skills.short
    ]
    return lines


def _other(alternative) -> dict | None:
    return alternative and {"key": alternative.key, "points": alternative.points}


def unmatched_rows(new_run, night, result):
    """Yield an ``Unmatched`` per trainee without a proposal and per demand with posts left."""
    for each in result.unplaced():
        yield Unmatched(
            run=new_run,
            enrolment_id=each.candidate,
            centre_id=night.centre_of[each.candidate],
            track=each.track.value,
            reason=_reason(each),
            nearest=[_near(other) for other in each.nearest],
        )
    for each in result.unfilled():
        away = each.country == new_run.partnership.destination_id
        yield Unmatched(
            run=new_run,
            demand_id=each.opening,
            employer_id=night.employer_of[each.opening],
            track=Track.AWAY if away else Track.HOME,
            openings=each.posts_left,
            reason=_reason(each),
            nearest=[_near(other) for other in each.nearest],
        )


def _reason(each) -> str:
    """Return the reason as ``gate:language`` or, where no gate is the reason, its own code."""
    return f"gate:{each.gate.value}" if each.reason == Reason.GATE else each.reason.value


def _near(other) -> dict:
    return {
        "key": other.key,
        "points": other.points,
        "taken": other.taken,
        "shortfalls": [
            {
                "gate": short.gate.value,
                "wanted": _text(short.wanted),
                "found": _text(short.found),
                "subject": short.subject,
            }
            for short in other.shortfalls
        ],
        "missing": _missing(other.skills),
    }


def _text(value):
    return value if value is None or isinstance(value, int) else str(value)
