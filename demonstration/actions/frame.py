"""Builds what stands: organisations, the partnership, courses and who signs in."""

from catalogue.models import SkillLevel
from demonstration.site import Site
from partnerships.models import (
    Membership,
    Organisation,
    Participation,
    Partnership,
    PartnershipOrigin,
)
from partnerships.states import PartnershipState
from training.models import Course, CourseSkill, Module

ESSENTIAL_TAUGHT, OPTIONAL_TAUGHT = 14, 4


def build_organisations(site: Site) -> None:
    """Write the organisations and keep them by address."""
    made = Organisation.objects.bulk_create(
        Organisation(
            slug=body.slug,
            name=body.name,
            kind=body.kind,
            country_id=body.country,
            registry_number="" if body.is_fact else f"DEMO-{number:03}",
            verified_on=site.day(-400) if body.is_verified else None,
            is_demonstration=not body.is_fact,
        )
        for number, body in enumerate(site.programme.bodies, 1)
    )
    site.bodies = {organisation.slug: organisation for organisation in made}


def build_partnership(site: Site) -> None:
    """Write the partnership, its countries of origin, and let every organisation take part."""
    site.partnership = Partnership.objects.create(
        **site.programme.partnership,
        starts_on=site.day(-800),
        ends_on=site.day(1100),
        is_demonstration=True,
        state=PartnershipState.ACTIVE,
        state_changed_at=site.at,
    )
    PartnershipOrigin.objects.bulk_create(
        PartnershipOrigin(partnership=site.partnership, country_id=code)
        for code in site.programme.origins
    )
    Participation.objects.bulk_create(
        Participation(partnership=site.partnership, organisation=body, since=site.day(-790))
        for body in site.bodies.values()
    )


def build_courses(site: Site) -> None:
    """Write courses, the skills they teach and their modules."""
    offers = site.programme.offers
    made = Course.objects.bulk_create(
        Course(
            centre=site.bodies[offer.centre],
            code=offer.code,
            title=offer.title,
            occupation=site.trades[offer.occupation].occupation,
            language_id=offer.language,
            eqf_level=offer.eqf_level,
            hours=sum(lesson.hours or 0 for lesson in offer.lessons) or None,
            months=offer.months,
            fee=offer.fee and offer.fee[0],
            currency_id=offer.fee and offer.fee[1],
            is_demonstration=not offer.is_fact,
        )
        for offer in offers
    )
    pairs = list(zip(offers, made, strict=True))
    site.courses = {(offer.centre, offer.code): course for offer, course in pairs}
    CourseSkill.objects.bulk_create(
        CourseSkill(course=course, centre=course.centre, skill_id=skill, level=level)
        for offer, course in pairs
        for skill, level in _taught(site.trades[offer.occupation])
    )
    Module.objects.bulk_create(
        Module(
            course=course,
            centre=course.centre,
            kind=lesson.kind,
            title=lesson.title,
            hours=lesson.hours,
            position=position,
            away_only=lesson.away_only,
        )
        for offer, course in pairs
        for position, lesson in enumerate(offer.lessons, 1)
    )


def _taught(trade):
    yield from ((skill, SkillLevel.ADVANCED) for skill in trade.essential[:ESSENTIAL_TAUGHT])
    yield from ((skill, SkillLevel.INTERMEDIATE) for skill in trade.optional[:OPTIONAL_TAUGHT])


def build_members(site: Site, users: dict[str, int]) -> None:
    """Give each login its desk; ``users`` are the ids of the users by e-mail address."""
    Membership.objects.bulk_create(
        Membership(
            user_id=users[login.email],
            organisation=site.bodies.get(login.organisation),
            role=login.role,
        )
        for login in site.programme.logins
    )
