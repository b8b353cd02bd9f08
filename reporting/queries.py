"""What waits for somebody: reads across the domain, each in a constant number of queries."""

from datetime import date, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum

from employers.models import Demand
from gsp.uploads.models import Upload
from gsp.uploads.states import UploadState
from matching.models import Gap, Proposal
from trainees.models import Enrolment, LanguageResult
from trainees.states import EnrolmentState, Track
from training.models import Cohort
from workforce.models import Figure

SHOWN = 6  # rows of a list on the first page
SOON = timedelta(days=30)
IN_PIPELINE = (EnrolmentState.ENROLLED, EnrolmentState.IN_TRAINING)


def open_proposals() -> dict[str, int]:
    """Return how many proposals nobody has answered, by track."""
    rows = Proposal.objects.open().order_by("track").values_list("track")
    return dict(rows.annotate(count=Count("id")))


def best_proposals():
    """Return the open proposals with the best fit."""
    return Proposal.objects.open().order_by("-score", "id")[:SHOWN]


def running_cohorts():
    """Return cohorts not yet assessed with trainees per track, first to close its choice first."""
    pipeline = Q(enrolments__state__in=IN_PIPELINE)
    return (
        Cohort.objects.in_pipeline()
        .select_related("course", "centre")
        .annotate(
            trainees=Count("enrolments", filter=pipeline),
            undecided=Count("enrolments", filter=pipeline & Q(enrolments__track=Track.UNDECIDED)),
        )
        .order_by("decision_closes_on", "id")
    )


def closing_windows(on: date):
    """Return cohorts whose track choice closes within 30 days, or has, with people undecided."""
    return running_cohorts().filter(undecided__gt=0, decision_closes_on__lte=on + SOON)


def expiring_languages(on: date):
    """Return language results that lapse within 30 days and have no newer result behind them."""
    newer = LanguageResult.objects.filter(
        person=OuterRef("person"),
        language=OuterRef("language"),
        skill=OuterRef("skill"),
        tested_on__gt=OuterRef("tested_on"),
    )
    return (
        LanguageResult.objects.filter(~Exists(newer), expires_on__range=(on, on + SOON))
        .select_related("person", "language")
        .order_by("expires_on", "id")
    )


def open_demand():
    """Return open demand, the first to lapse first."""
    return (
        Demand.objects.open()
        .select_related("employer", "occupation", "country")
        .order_by("starts_until", "id")
    )


def ending_demand(on: date):
    """Return open demand whose last start lies within 30 days."""
    return open_demand().filter(starts_until__range=(on, on + SOON))


def refused_uploads(on: date):
    """Return files refused in the last 30 days, newest first."""
    return (
        Upload.objects.filter(state=UploadState.REFUSED, received_at__date__gte=on - SOON)
        .select_related("organisation")
        .order_by("-received_at", "id")
    )


def undecided_count() -> int:
    """Return how many trainees in training have no track yet."""
    return Enrolment.objects.in_pipeline().filter(track=Track.UNDECIDED).count()


def quarters_missing(on: date) -> list[dict]:
    """Return services and countries whose newest figures are older than the last full quarter.

    Each is ``{"service", "country", "year", "quarter"}``, the last two being the newest quarter
    that was sent.
    """
    last_full = on.year * 4 + (on.month - 1) // 3 - 1
    rows = (
        Figure.objects.values("service__name", "country_id")
        .annotate(newest=Max(F("year") * 4 + F("quarter") - 1))
        .filter(newest__lt=last_full)
        .order_by("newest", "service__name", "country_id")
    )
    return [
        {
            "service": row["service__name"],
            "country": row["country_id"],
            "year": row["newest"] // 4,
            "quarter": row["newest"] % 4 + 1,
        }
        for row in rows
    ]


def greatest_gaps(runs, count=SHOWN):
    """Return the greatest gaps of the given runs."""
    return (
        Gap.objects.filter(run__in=runs, gap__gt=0)
        .select_related("occupation", "country", "run")
        .order_by("-gap", "occupation__isco_code", "country_id", "term")[:count]
    )


def tracks_of(partnership) -> dict[str, int]:
    """Return how many trainees of a partnership stand on each track; those who left are out."""
    counts = dict.fromkeys(Track.values, 0)
    rows = Enrolment.objects.filter(cohort__partnership=partnership).exclude(
        state=EnrolmentState.WITHDRAWN
    )
    return counts | dict(rows.order_by("track").values_list("track").annotate(count=Count("id")))


def cohorts_of(partnership):
    """Return the cohorts of a partnership with the number of trainees, newest first."""
    return (
        Cohort.objects.filter(partnership=partnership)
        .select_related("course", "centre")
        .annotate(trainees=Count("enrolments"))
        .order_by("-starts_on", "id")
    )


def openings_of(partnership) -> list[dict]:
    """Return open openings of a partnership by country: ``{"country_id", "openings"}``."""
    rows = Demand.objects.open().filter(partnership=partnership).values("country_id")
    return list(rows.annotate(openings=Sum("openings")).order_by("country_id"))
