"""What a certificate says, frozen on the day of issue: plain JSON without the holder's name."""

from trainees.states import Track
from training.models import CourseSkill, Module

VERSION = 1


def statement_of(enrolment) -> dict:
    """Read what is certified by an enrolment (with cohort, course, centre) in three queries.

    ``{"version", "agency", "centre", "course", "cohort", "partnership", "trained", "certified_on",
    "modules": [{"title", "kind", "hours"}], "skills": [{"uri", "title", "level"}],
    "is_demonstration"}``; days as ISO 8601, levels 1 to 4.
    """
    cohort = enrolment.cohort
    return {
        "version": VERSION,
        "agency": {"name": enrolment.tenant.name, "address": enrolment.tenant.slug},
        "centre": {
            "uid": str(enrolment.centre.uid),
            "name": enrolment.centre.name,
            "country": enrolment.centre.country_id,
        },
        "course": _course(cohort.course),
        "cohort": cohort.code,
        "partnership": cohort.partnership.name,
        "trained": [cohort.starts_on.isoformat(), cohort.ends_on.isoformat()],
        "certified_on": enrolment.certified_on.isoformat(),
        "modules": _modules(cohort.course, enrolment.track),
        "skills": _skills(cohort.course),
        "is_demonstration": enrolment.person.is_demonstration,
    }


def _course(course) -> dict:
    return {
        "uid": str(course.uid),
        "code": course.code,
        "title": course.title,
        "language": course.language_id,
        "eqf": course.eqf_level,
        "hours": course.hours,
        "occupation": {
            "title": course.occupation.title,
            "isco": course.occupation.isco_code,
            "uri": course.occupation.uri,
        },
    }


def _modules(course, track: str) -> list[dict]:
    """Return the modules the holder took: those for the away track only on that track."""
    rows = Module.objects.filter(course=course)
    if track != Track.AWAY:
        rows = rows.filter(away_only=False)
    return list(rows.order_by("position").values("title", "kind", "hours"))


def _skills(course) -> list[dict]:
    taught = CourseSkill.objects.filter(course=course).select_related("skill")
    return [
        {"uri": one.skill.uri, "title": one.skill.title, "level": one.level}
        for one in taught.order_by("-level", "skill__title", "id")
    ]
