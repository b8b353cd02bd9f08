"""Lists of scores: a row gives points for one criterion, in the name of whoever sends it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.uploads.batch import NEW, UNCHANGED, Change, Verdict, updated, wrong
from gsp.uploads.purpose import Purpose, Target, register
from gsp.uploads.rows import RowError
from gsp.uploads.template import Column, workbook
from gsp.workflow import NotAllowed, Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from selection import rules
from selection.actions import scores
from selection.actions.application_list import call_named
from selection.actions.calls import locked
from selection.models import Application, Call, Criterion, Score
from selection.rows import ScoreRow

SCORE = Permission.SCORE_APPLICATIONS


@dataclass
class Context:
    """The call with its criteria by code, what the sender gave before, and rows met so far."""

    call: Call
    sender: str
    criteria: dict[str, Criterion]
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    known: dict[str, Application] = field(default_factory=dict)
    given: dict[tuple[int, int], Score] = field(default_factory=dict)


@register
class ScoreList(Purpose):
    """Points of one scorer; sent again, they replace the scorer's own."""

    kind, label, row = "scores", gettext_lazy("Scores of applications"), ScoreRow
    permission, view_permission = SCORE, Permission.VIEW_TRAINEES

    def find(self, name, organisation):
        """Return the call of a uid or address."""
        return call_named(name)

    def target(self, thing, *, by):
        """Return the centre; the call must not be decided."""
        may_act_for(thing.centre_id, SCORE, by)
        rules.may_change(thing)
        return Target(thing.centre, thing.uid, thing.title())

    def begin(self, upload, *, at):
        """Lock the call and read its criteria."""
        call = locked(Call.objects.get(uid=upload.subject))
        rules.may_change(call)
        criteria = {one.code: one for one in call.criteria.order_by("position")}
        return Context(call, upload.sent_by, criteria)

    def compare(self, context, batch):
        """Compare each row with what the sender gave before."""
        rows = Application.objects.filter(call=context.call)
        found = rows.filter(reference__in=batch.texts("reference"))
        context.known = {one.reference: one for one in found}
        before = Score.objects.filter(call=context.call, scored_by=context.sender)
        before = before.filter(application__in=[one.pk for one in context.known.values()])
        context.given = {(one.application_id, one.criterion_id): one for one in before}
        return [_verdict(context, number, row) for number, row in batch.numbered()]

    def write(self, context, batch, *, by, at):
        """Write the points and note who is fully scored now."""
        rows = []
        for row in batch.rows:
            one, criterion = context.known[row.reference], context.criteria[row.criterion]
            rules.may_score(one, criterion, by)
            rows.append(scores.score_of(one, criterion, row.points, row.comment, by=by, at=at))
        scores.write(rows)
        scores.settle(context.call, by=by, at=at)

    def template(self, thing):
        """Return a workbook with a line for each eligible application and criterion."""
        columns = [
            Column("reference", "", True),
            Column("criterion", "", True, tuple((c.code, c.title) for c in thing.criteria.all())),
            Column("points", "", True),
            Column("comment", ""),
        ]
        listed = thing.applications.filter(state__in=["eligible", "assessed"])
        codes = list(thing.criteria.order_by("position").values_list("code", flat=True))
        references = listed.order_by("reference").values_list("reference", flat=True)
        rows = ([reference, code] for reference in references for code in codes)
        return workbook(columns, title=_("Scores"), rows=rows)

    def address(self, upload):
        """Return the page where such a list is sent again."""
        return "score-list", {"uid": upload.subject}


def _verdict(context: Context, number: int, row) -> Verdict:
    one, criterion = context.known.get(row.reference), context.criteria[row.criterion]
    if one is None:
        message = _("The call has no application “%(reference)s”.") % {"reference": row.reference}
        remedy = _("Take the references from the template.")
        return wrong(RowError(number, "reference", row.reference, message, remedy))
    first = context.seen.setdefault((row.reference, row.criterion), number)
    if first != number:
        message = _("These points stand in row %(row)s already.") % {"row": first}
        return wrong(RowError(number, "criterion", row.criterion, message, _("Keep one of them.")))
    if row.points > criterion.scale:
        message = _("“%(criterion)s” has 0 to %(most)s points.") % {
            "criterion": criterion,
            "most": criterion.scale,
        }
        return wrong(RowError(number, "points", str(row.points), message, _("Correct the points.")))
    try:
        rules.is_to_be_scored(one)
    except (Refused, NotAllowed) as refusal:
        remedy = _("Leave the row out.")
        return wrong(RowError(number, "reference", row.reference, refusal.message, remedy))
    given = context.given.get((one.pk, criterion.pk))
    if given is None:
        return NEW
    if (given.value, given.comment) == (row.points, row.comment):
        return UNCHANGED
    return updated(Change("points", str(given.value), str(row.points)))
