"""Lines of the gap table: demand by firmness, workforce figures, cohorts still in training."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Sum

from employers.models import Demand
from employers.states import Stage
from matching.engine.gap_lines import DemandLine, PipelineLine, WorkforceLine
from matching.engine.gap_lines import Stage as Firmness
from matching.engine.gap_lines import Term as Horizon
from matching.engine.model import Track as EngineTrack
from trainees.models import Enrolment
from trainees.states import EnrolmentState, Track
from workforce.models import Figure


def demand_lines(partnership) -> list[DemandLine]:
    """Return open posts per country, unit group, term and stage.

    Demand of an employer the agency has not verified counts as expressed, whatever it says.
    """
    rows = (
        Demand.objects.open()
        .filter(partnership=partnership)
        .values_list(
            "country_id", "occupation__unit_group_id", "term", "stage", "employer__verified_on"
        )
        .annotate(posts=Sum("openings"))
        .order_by("country_id", "occupation__unit_group_id", "term", "stage")
    )
    return [
        DemandLine(
            country=country,
            unit_group=group,
            term=Horizon(term),
            posts=posts,
            stage=Firmness(stage if verified else Stage.EXPRESSED),
        )
        for country, group, term, stage, verified, posts in rows
    ]


def workforce_lines(countries) -> list[WorkforceLine]:
    """Return each country's and unit group's newest quarter, summed over regions and services.

    Graduates are counted per quarter and the formula wants a year: the mean of up to four
    newest quarters, times four.
    """
    rows = (
        Figure.objects.filter(country__in=countries)
        .values("country_id", "occupation__unit_group_id", "year", "quarter")
        .annotate(
            employed_sum=Sum("employed"),
            unemployed_sum=Sum("unemployed"),
            vacancies_sum=Sum("vacancies"),
            graduates_sum=Sum("graduates"),
        )
        .order_by("country_id", "occupation__unit_group_id", "-year", "-quarter")
    )
    quarters = defaultdict(list)
    for row in rows:
        quarters[row["country_id"], row["occupation__unit_group_id"]].append(row)
    return [
        WorkforceLine(
            country=country,
            unit_group=group,
            employed=found[0]["employed_sum"],
            unemployed=found[0]["unemployed_sum"],
            vacancies=found[0]["vacancies_sum"],
            graduates=_a_year([row["graduates_sum"] for row in found[:4]]),
        )
        for (country, group), found in quarters.items()
    ]


def _a_year(quarters: list[int | None]) -> int | None:
    known = [count for count in quarters if count is not None]
    return round(sum(known) * 4 / len(known)) if known else None


def pipeline_lines(partnership, as_of: date) -> list[PipelineLine]:
    """Return trainees per country of work, unit group, track and months to the end.

    Certified trainees without a place are through: complete, in no months. The undecided are
    on no track and count nowhere.
    """
    rows = (
        Enrolment.objects.seeking()
        .filter(cohort__partnership=partnership)
        .values_list(
            "track",
            "state",
            "person__country_id",
            "cohort__course__occupation__unit_group_id",
            "cohort__ends_on",
        )
        .annotate(heads=Count("id"))
        .order_by("track", "state", "person__country_id", "cohort__ends_on")
    )
    lines = []
    for track, state, origin, group, ends_on, heads in rows:
        certified = state == EnrolmentState.CERTIFIED
        lines.append(
            PipelineLine(
                country=partnership.destination_id if track == Track.AWAY else origin,
                unit_group=group,
                track=EngineTrack(track),
                headcount=heads,
                months_to_completion=0 if certified else _months(as_of, ends_on),
                completion=1 if certified else None,
            )
        )
    return lines


def _months(start: date, end: date) -> int:
    return max(0, (end.year - start.year) * 12 + end.month - start.month)
