"""Proposals: the list, one with its reasons, and the employer's answer."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.web.forms import short_text
from gsp.web.views import DeskList, DeskPage, DeskView
from matching import queries, words
from matching.actions import proposals
from matching.models import Proposal
from matching.states import ProposalState
from matching.web.filters import ProposalFilter
from partnerships.roles import Permission


class ProposalList(DeskList):
    """Proposals by fit."""

    permission = Permission.VIEW_PROPOSALS
    template_name = "matching/proposals.html"
    filterset_class = ProposalFilter

    def get_queryset(self):
        """Return what the desk may see."""
        return queries.proposals()


class ProposalPage(DeskPage):
    """One proposal: why this trainee for this opening."""

    permission = Permission.VIEW_PROPOSALS
    template_name = "matching/proposal.html"

    def get_context_data(self, uid, **kwargs):
        """Add the reasons in words and the answers the member may give."""
        proposal = get_object_or_404(queries.proposals(), uid=uid)
        titles = queries.skill_titles(proposal.skill_ids)
        answers = {move.target for move in Proposal.lifecycle.open_to(proposal, self.desk.member)}
        return super().get_context_data(
            proposal=proposal,
            skills=words.skill_items(proposal, titles),
            gates=[
                {"verdict": "met", "label": words.GATES.get(gate, gate)} for gate in proposal.gates
            ],
            **self._subjects(proposal),
            crumbs=[{"label": _("Proposals"), "url": self.desk.url("proposals")}],
            may_accept=ProposalState.ACCEPTED in answers,
            may_decline=ProposalState.DECLINED in answers,
            **kwargs,
        )

    def _subjects(self, proposal) -> dict:
        """Return the trainee and the demand, each None where the desk may not open it."""
        trainee, demand = queries.subjects_of(proposal)
        return {
            "trainee": trainee if self.may(Permission.VIEW_TRAINEES) else None,
            "demand": demand if self.may(Permission.VIEW_DEMAND) else None,
        }


class ProposalAnswer(DeskView):
    """The employer's answer, or the agency's in its name."""

    permission = Permission.VIEW_PROPOSALS
    write_permission = Permission.ANSWER_PROPOSALS

    def post(self, request, uid):
        """Accept, decline, or take an acceptance back."""
        proposal = get_object_or_404(Proposal, uid=uid)
        by, at = self.desk.member, timezone.now()
        back = self.desk.url("proposal", uid=uid)
        if request.POST.get("answer") == "accept":
            return self.attempt(
                lambda: proposals.accept(proposal, by=by, at=at),
                done=_("Accepted. The opening and the trainee are held for each other."),
                back=back,
            )
        return self.attempt(
            lambda: proposals.decline(
                proposal, reason=short_text(request.POST, "reason"), by=by, at=at
            ),
            done=_("Declined. The night will look for somebody else."),
            back=back,
        )
