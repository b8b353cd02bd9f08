"""Reads for the screens and the API of training."""

from django.db.models import Count, F, Prefetch, Q

from training.models import Cohort, Course, CourseSkill, Module, ModuleOutcome

# Whoever counts against the seats; the same as trainees.states.HOLDING, which lies above.
HOLDING = (
    "enrolled",
    "in_training",
    "assessment",
    "certified",
    "not_yet_competent",
    "unreachable",
)


def courses():
    """Return courses with centre, occupation, language and how many cohorts they have had."""
    return Course.objects.select_related("centre", "occupation", "language", "currency").annotate(
        cohort_count=Count("cohorts")
    )


def courses_with_parts():
    """Return courses with their skills and modules as well, in a constant number of queries."""
    outcomes = ModuleOutcome.objects.select_related("skill").order_by("skill__title")
    modules = Module.objects.order_by("position")
    return courses().prefetch_related(
        Prefetch("skills", CourseSkill.objects.select_related("skill").order_by("skill__title")),
        Prefetch("modules", modules.prefetch_related(Prefetch("outcomes", outcomes))),
    )


def cohorts():
    """Return cohorts with course, centre, partnership, and the seats held: ``home_taken``…"""
    holds = Q(enrolments__state__in=HOLDING)
    return Cohort.objects.select_related(
        "course", "course__occupation", "centre", "partnership"
    ).annotate(
        home_taken=Count("enrolments", filter=holds & Q(enrolments__track="home")),
        away_taken=Count("enrolments", filter=holds & Q(enrolments__track="away")),
        trainees=Count("enrolments", filter=holds),
        undecided=F("trainees") - F("home_taken") - F("away_taken"),
    )


def seats_held(cohort) -> dict[str, int]:
    """Return how many seats of each track are held, by the track's code."""
    held = cohort.enrolments.holding_seats().order_by()
    return dict(held.values_list("track").annotate(Count("id")))
