"""What the pages of matching read: screens, each in a constant number of queries."""

from django.db.models import OuterRef, Subquery

from catalogue.models import Skill
from employers.models import Demand
from matching.models import Gap, Proposal, Run, Unmatched
from partnerships.models import Partnership
from trainees.models import Enrolment, Person


def latest_runs() -> list[Run]:
    """Return the newest run of each partnership the scope may see, by name of partnership."""
    newest = (
        Run.objects.select_related("partnership")
        .order_by("partnership_id", "-as_of", "-id")
        .distinct("partnership_id")
    )
    return sorted(newest, key=lambda run: run.partnership.name)


def run_of(partnership_uid=None) -> Run | None:
    """Return the newest run of one partnership, or of the first that has one."""
    runs = latest_runs()
    if partnership_uid:
        runs = [run for run in runs if str(run.partnership.uid) == str(partnership_uid)]
    return runs[0] if runs else None


def gaps_of(run: Run):
    """Return the gap table of a run, greatest gap first."""
    return (
        Gap.objects.filter(run=run)
        .select_related("occupation", "country")
        .order_by("-gap", "-demand", "occupation__isco_code", "country_id")
    )


def open_gaps(occupations):
    """Return the gaps above zero of these unit groups (ids) in the newest run of each partnership.

    Two queries, whatever the number of groups.
    """
    rows = Gap.objects.filter(run__in=[run.pk for run in latest_runs()], gap__gt=0)
    rows = rows.filter(occupation__in=list(occupations))
    return rows.select_related("occupation", "country", "partnership").order_by("-gap", "id")


def proposals():
    """Return proposals, best fit first; ``reference`` is the trainee's, None where hidden.

    No joins: a row that one side may not see would take the proposal with it.
    """
    person = Person.objects.filter(enrolments=OuterRef("enrolment_id"))
    return Proposal.objects.annotate(reference=Subquery(person.values("reference")[:1])).order_by(
        "-score", "id"
    )


def subjects_of(proposal: Proposal) -> tuple[Person | None, Demand | None]:
    """Return the trainee and the demand of a proposal, as far as the scope may see them."""
    trainee = Person.objects.filter(enrolments=proposal.enrolment_id).first()
    return trainee, Demand.objects.filter(pk=proposal.demand_id).first()


def unmatched_of(run: Run, side: str):
    """Return a run's unmatched trainees or openings, with what a list row shows."""
    rows = Unmatched.objects.filter(run=run).order_by("reason", "id")
    if side == "trainees":
        return rows.filter(enrolment__isnull=False).select_related("enrolment__person")
    return rows.filter(demand__isnull=False).select_related("demand__occupation")


def names_of(side: str, keys) -> dict[int, str]:
    """Return what the nearest of a side are called, as far as the scope may see them.

    Near a trainee are openings (occupation and employer), near an opening trainees (reference).
    """
    if side == "openings":
        rows = Enrolment.objects.filter(pk__in=set(keys))
        return dict(rows.values_list("pk", "person__reference"))
    rows = Demand.objects.filter(pk__in=set(keys))
    return {
        pk: f"{title}, {employer}"
        for pk, title, employer in rows.values_list("pk", "occupation__title", "employer__name")
    }


def runs():
    """Return all runs, newest first."""
    return Run.objects.select_related("partnership").order_by("-as_of", "-id")


def partnerships():
    """Return the partnerships a filter may offer."""
    return Partnership.objects.order_by("name")


def skills_named(proposals) -> dict[int, Skill]:
    """Return every skill that some proposals name, by id, with address and title only."""
    ids = {pk for proposal in proposals for pk in proposal.skill_ids}
    return Skill.objects.only("uri", "title").in_bulk(ids)


def skill_titles(ids) -> dict[int, str]:
    """Return id → title of skills."""
    return dict(Skill.objects.filter(pk__in=set(ids)).values_list("pk", "title"))
