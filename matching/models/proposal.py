"""Proposals: this trainee for this opening, and why."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from gsp.audit.track import audited
from gsp.tenancy.models import TenantKey, TenantModel, TenantQuerySet, tenant_manager
from matching.states import PROPOSAL, ProposalState
from trainees.states import Track


class ProposalQuerySet(TenantQuerySet):
    """Proposals by standing."""

    def open(self):
        """Return proposals nobody has answered yet."""
        return self.filter(state=ProposalState.PROPOSED)

    def holding(self):
        """Return proposals that take up a trainee and an opening."""
        return self.filter(state__in=[ProposalState.PROPOSED, ProposalState.ACCEPTED])


@audited
class Proposal(TenantModel):
    """A trainee proposed for an opening. ``facts`` is what both sides may read at this stage."""

    audience = ("centre", "employer")
    of_person = "enrolment__person"
    writers = ("employer",)
    lifecycle = PROPOSAL

    run = TenantKey("matching.Run", related_name="proposals")
    last_run = TenantKey("matching.Run", related_name="+")
    partnership = TenantKey("partnerships.Partnership", related_name="proposals")
    enrolment = TenantKey("trainees.Enrolment", related_name="proposals")
    demand = TenantKey("employers.Demand", related_name="proposals")
    centre = TenantKey("partnerships.Organisation", related_name="+")
    employer = TenantKey("partnerships.Organisation", related_name="+")
    track = models.CharField(_("track"), max_length=10, choices=Track.choices)
    score = models.PositiveSmallIntegerField(_("fit, 0 to 1000"))
    skills_met = models.JSONField(_("skills met"), default=list)
    skills_missing = models.JSONField(_("skills missing"), default=list)
    skills_claimed = models.JSONField(_("claimed without evidence"), default=list)
    gates = models.JSONField(_("gates passed"), default=list)
    next_best = models.JSONField(_("next best"), default=dict)
    facts = models.JSONField(_("facts"), default=dict)
    decline_reason = models.CharField(_("reason of refusal"), max_length=200, blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ProposalState.choices,
        default=ProposalState.PROPOSED,
        editable=False,
    )
    state_changed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = tenant_manager(ProposalQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "enrolment"],
                condition=models.Q(state__in=[ProposalState.PROPOSED, ProposalState.ACCEPTED]),
                name="proposal_one_held_per_trainee",
                violation_error_message=_("This trainee is already proposed elsewhere."),
            ),
            models.CheckConstraint(
                condition=models.Q(score__lte=1000), name="proposal_score_at_most_1000"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ProposalState.DECLINED) | ~models.Q(decline_reason=""),
                name="proposal_declined_with_reason",
                violation_error_message=_("Say why the proposal is declined."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "state", "-score"], name="proposal_list")
        ]

    def __str__(self):
        return str(self.uid)

    @property
    def skill_ids(self) -> list[int]:
        """Return every skill the proposal names."""
        missing = [entry["skill"] for entry in self.skills_missing]
        return [*self.skills_met, *self.skills_claimed, *missing]

    @property
    def share(self) -> float:
        """Return the fit as a share, 0 to 1."""
        return self.score / 1000

    @property
    def starts_on(self) -> date:
        """Return the planned start."""
        return date.fromisoformat(self.facts["starts_on"])

    @property
    def next_opening_share(self) -> float | None:
        """Return the fit of the trainee's next best opening, None where there is none."""
        return _share(self.next_best.get("opening"))

    @property
    def next_candidate_share(self) -> float | None:
        """Return the fit of the opening's next best trainee, None where there is none."""
        return _share(self.next_best.get("candidate"))


def _share(alternative: dict | None) -> float | None:
    return alternative["points"] / 1000 if alternative else None
