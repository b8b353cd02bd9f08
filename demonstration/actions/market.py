"""Builds the invented market: employers' demand and the services' figures."""

from decimal import Decimal

from catalogue.models import SkillRelation
from demonstration.plan import Labour
from demonstration.site import Site
from employers.models import Demand, DemandLanguage, DemandSkill
from workforce.models import Figure

QUARTERS = 6
SOURCE = "Demonstration figures, invented"


def build_demand(site: Site) -> None:
    """Write every need of the programme with its skills and languages."""
    needs = site.programme.needs
    made = Demand.objects.bulk_create(_demand(site, need) for need in needs)
    pairs = list(zip(needs, made, strict=True))
    DemandSkill.objects.bulk_create(
        DemandSkill(
            demand=demand,
            employer_id=demand.employer_id,
            skill_id=skill,
            relation=relation,
            minimum_level=level,
        )
        for need, demand in pairs
        for skill, relation, level in _skills(site, site.trades[need.occupation])
    )
    DemandLanguage.objects.bulk_create(
        DemandLanguage(
            demand=demand,
            employer_id=demand.employer_id,
            language_id=need.language[0],
            level=need.language[1],
        )
        for need, demand in pairs
        if need.language
    )


def _demand(site: Site, need) -> Demand:
    employer = site.bodies[need.employer]
    wage, currency, period = need.wage
    return Demand(
        partnership=site.partnership,
        employer=employer,
        reference=need.reference,
        occupation=site.trades[need.occupation].occupation,
        country_id=employer.country_id,
        region=need.region,
        openings=need.openings,
        term=need.term,
        stage=need.stage,
        starts_from=site.day(need.starts),
        starts_until=site.day(need.until),
        wage=wage,
        currency_id=currency,
        wage_period=period,
        is_demonstration=True,
    )


def _skills(site: Site, trade):
    taught = trade.essential[:14]
    for skill in site.some(taught, 7):
        yield skill, SkillRelation.ESSENTIAL, site.random.choice((1, 2, 2, 3))
    for skill in site.some(trade.optional, 3):
        yield skill, SkillRelation.OPTIONAL, 1


def build_figures(site: Site) -> None:
    """Write figures of the last quarters for every country and unit group."""
    Figure.objects.bulk_create(
        figure for labour in site.programme.labour for figure in _figures(site, labour)
    )


def _figures(site: Site, labour: Labour):
    for code, employed in site.programme.occupations.items():
        unit_group = site.trades[code].occupation.unit_group
        for age, (year, quarter) in enumerate(quarters_before(site.today, QUARTERS)):
            if age < labour.late:
                continue
            here = round(employed * labour.size * site.random.uniform(0.97, 1.03)) + 60
            yield Figure(
                service=site.bodies[labour.service],
                country_id=labour.country,
                occupation=unit_group,
                year=year,
                quarter=quarter,
                employed=here,
                unemployed=round(here * site.random.uniform(0.0005, 0.002)),
                vacancies=round(here * site.random.uniform(0.01, 0.03)),
                graduates=round(here * site.random.uniform(0.0002, 0.001)),
                wage=Decimal(round(labour.wage[0] * site.random.uniform(0.94, 1.08))),
                currency_id=labour.wage[1],
                source=SOURCE,
                is_demonstration=True,
            )


def quarters_before(day, count: int) -> list[tuple[int, int]]:
    """Return the last ``count`` complete quarters as (year, quarter), newest first."""
    now = day.year * 4 + (day.month - 1) // 3
    return [(number // 4, number % 4 + 1) for number in range(now - 1, now - 1 - count, -1)]
