"""Pages of possible duplicates: the list, both records side by side, and the decision."""

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from gsp.audit.models import note_looks
from gsp.web.forms import short_text
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission
from trainees.duplicate_states import DuplicateState
from trainees.duplicates.decide import reconsider, separate
from trainees.duplicates.merge import FIELDS, merge
from trainees.duplicates.undo import undo
from trainees.duplicates.words import KINDS, tones, with_points
from trainees.models import Merge, Person, PossibleDuplicate, Sweep
from trainees.web.filters import DuplicateFilter
from trainees.web.panels import Panel, register

REVIEW = Permission.REVIEW_DUPLICATES
SIDES = ("first", "second")


def pairs():
    """Return pairs with both records and their centres in one query."""
    return PossibleDuplicate.objects.select_related(
        "first__centre", "second__centre", "first__country", "second__country"
    )


class DuplicateList(DeskList):
    """Pairs that wait for a decision, the surest first; decided ones by the filter."""

    permission = REVIEW
    template_name = "trainees/duplicates.html"
    filterset_class = DuplicateFilter

    def get_queryset(self):
        """Return all pairs, or those that wait where nothing is asked for."""
        rows = pairs().order_by("-score", "-id")
        if self.request.GET.get("state"):
            return rows
        return rows.filter(pk__in=PossibleDuplicate.objects.waiting().values("pk"))

    def get_context_data(self, **kwargs):
        """Add the findings in words, and what the last comparison left out."""
        context = super().get_context_data(**kwargs)
        rows = [
            {"pair": pair, "signals": with_points(pair.signals)[:3]} for pair in context["page_obj"]
        ]
        sweep = Sweep.objects.order_by("-id").first()
        return context | {
            "rows": rows,
            "sweep": sweep,
            "too_common": [
                {"kind": KINDS[kind], "number": number}
                for kind, number in (sweep.too_common.items() if sweep else ())
            ],
        }


class DuplicatePage(DeskPage):
    """Both records side by side, what speaks for and against, and what was decided."""

    permission = REVIEW
    template_name = "trainees/duplicate.html"

    def get_context_data(self, uid, **kwargs):
        """Add the facts of both; a look at each is noted."""
        pair = get_object_or_404(pairs(), uid=uid)
        note_looks([pair.first, pair.second], at=timezone.now())
        state = DuplicateState
        merged = pair.first.merged_into_id or pair.second.merged_into_id
        return super().get_context_data(**kwargs) | {
            "pair": pair,
            "facts": _facts(pair),
            "sides": [_side(pair, name) for name in SIDES],
            "signals": with_points(pair.signals),
            "is_open": pair.state == state.OPEN and not merged,
            "is_past": pair.state == state.OPEN and bool(merged),
            "may_undo": pair.state != state.OPEN,
            "crumbs": [{"label": _("Duplicates"), "url": self.desk.url("duplicates")}],
        }


class DuplicateDecide(DeskView):
    """Merge or keep apart, as posted; ``undo`` takes back whichever was decided."""

    permission = write_permission = REVIEW
    http_method_names = ["post"]

    def post(self, request, uid):
        """Run the decision."""
        self.pair = get_object_or_404(pairs(), uid=uid)
        decisions = {
            "merge": (self._merge, _("The records are merged; both histories stay.")),
            "separate": (self._separate, _("The records are kept apart.")),
            "undo": (self._undo, _("The decision is taken back.")),
        }
        act, done = decisions.get(request.POST.get("decision"), decisions["separate"])
        return self.attempt(act, done=done, back=self.desk.url("duplicate", uid=uid))

    @property
    def _who(self) -> dict:
        return {"by": self.desk.member, "at": timezone.now()}

    def _merge(self):
        side = "second" if self.request.POST.get("survivor") == "second" else "first"
        other = "first" if side == "second" else "second"
        chosen = [name for name in FIELDS if self.request.POST.get(f"take_{name}") == other]
        merge(
            self.pair, getattr(self.pair, side), chosen=chosen, reason=self._reason(), **self._who
        )

    def _separate(self):
        separate(self.pair, reason=self._reason(), **self._who)

    def _undo(self):
        if self.pair.state == DuplicateState.SEPARATE:
            reconsider(self.pair, **self._who)
        else:
            made = get_object_or_404(Merge, pair=self.pair, undone_at=None)
            undo(made, **self._who)

    def _reason(self) -> str:
        return short_text(self.request.POST, "reason", 300)


def _side(pair, name: str) -> dict:
    person = getattr(pair, name)
    counts = Person.objects.filter(pk=person.pk).aggregate(
        places=Count("enrolments", distinct=True), events=Count("story", distinct=True)
    )
    return {"name": name, "person": person, **counts}


def _facts(pair) -> list[dict]:
    """Return each field of both records, how it compares, and whose value is proposed."""
    look = tones(pair.signals)
    rows = []
    for name in FIELDS:
        field = Person._meta.get_field(name.removesuffix("_id"))
        values = [_shown(getattr(pair, side), name) for side in SIDES]
        rows.append(
            {
                "name": name,
                "label": field.verbose_name,
                "values": [
                    {"side": side, "text": text, "is_proposed": _is_proposed(side, values)}
                    for side, text in zip(SIDES, values, strict=True)
                ],
                "differs": values[0] != values[1],
                "tone": look.get(name.removesuffix("_id"), look.get(name, "")),
            }
        )
    return rows


def _is_proposed(side: str, values: list[str]) -> bool:
    return bool(values[0]) == (side == "first") if not all(values) else side == "first"


def _shown(person, name: str) -> str:
    if name == "sex":
        return person.get_sex_display()
    return str(person.country) if name == "country_id" else getattr(person, name)


def of_person(person, view) -> dict:
    """Return the undecided pairs of a person's records, for their page."""
    ids = [record.pk for record in view.records]
    waiting = PossibleDuplicate.objects.waiting().order_by("-score", "id")
    found = [*waiting.filter(first__in=ids)[:5], *waiting.filter(second__in=ids)[:5]]
    return {"pairs": [{"pair": one, "signals": with_points(one.signals)[:2]} for one in found]}


register(Panel(40, "trainees/_duplicates.html", of_person, REVIEW, aside=True))
