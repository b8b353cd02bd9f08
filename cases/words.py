"""What the tasks of rules say, in the reader's language."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gsp.web.formats import day

TITLES = {
    "expiry": _("%(what)s ends on %(on)s: renew it"),
    "document_missing": _("Ask for: %(what)s"),
    "recognition_due": _("Ask the authority about the recognition; the answer was due on %(on)s"),
    "appeal": _("Decide whether to appeal against the refused recognition, until %(on)s"),
    "unreachable": _("Three attempts on two channels failed: ask the trusted contact"),
}


def title_of(rule: str, facts: dict) -> str:
    """Return the title of a rule's task; facts that were erased leave a dash."""
    parts = {"what": "–", "on": ""} | facts
    if parts["on"]:
        parts["on"] = day(date.fromisoformat(parts["on"]))
    return str(TITLES[rule] % parts)
