"""The words a person is asked with: built in at first, an agency's own from then on."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from gsp.tenancy.scope import as_agency
from gsp.workflow import NotAllowed, Refused
from partnerships.roles import Permission
from trainees.models import ConsentWording
from trainees.models.consent import Purpose

BUILT_IN = {
    Purpose.PROPOSAL: gettext_noop(
        "I agree that employers in the programme are shown my skills, languages and track, "
        "without my name, so that they can offer me work. I can withdraw this at any time."
    ),
    Purpose.PLACEMENT: gettext_noop(
        "I agree that the employer who wants to hire me, and the authorities who decide on "
        "permits and recognition, receive my name, contact and documents for that purpose."
    ),
    Purpose.SERVICES: gettext_noop(
        "I agree that the employment services of the programme receive my contact and "
        "qualification so that they can help me find work."
    ),
    Purpose.FOLLOW_UP: gettext_noop(
        "I agree to be asked 3, 6 and 12 months after I start work how it is going."
    ),
    Purpose.RESEARCH: gettext_noop(
        "I agree that my data are used in studies of the programme in a form that does not "
        "identify me."
    ),
}


@transaction.atomic
def in_force(purpose, *, on) -> ConsentWording:
    """Return the words in force on a day; an agency that wrote none gets the built-in ones."""
    rows = ConsentWording.objects.filter(purpose=purpose, in_force_from__lte=on)
    found = rows.order_by("-version").first()
    if found:
        return found
    with as_agency():
        texts = {code: _built_in(purpose, code) for code, _name in settings.LANGUAGES}
        return ConsentWording.objects.get_or_create(
            purpose=purpose, version=1, defaults={"texts": texts, "in_force_from": on}
        )[0]


@transaction.atomic
def change(purpose, texts: dict[str, str], *, by, at) -> ConsentWording:
    """Put new words in force from today, as the next version; return them.

    Raises:
        Refused: there is no English text.
        NotAllowed: ``by`` may not manage privacy.

    """
    if not by.may(Permission.MANAGE_PRIVACY):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    texts = {code: text.strip() for code, text in texts.items() if text.strip()}
    if "en" not in texts:
        raise Refused(
            _("Write the English text; it stands in for languages without one."),
            field="en",
            code="english_missing",
        )
    in_force(purpose, on=at.date())
    versions = ConsentWording.objects.select_for_update().filter(purpose=purpose)
    last = max(versions.values_list("version", flat=True))
    return ConsentWording.objects.create(
        purpose=purpose, version=last + 1, texts=texts, in_force_from=at.date()
    )


def latest_versions() -> dict[str, int]:
    """Return the newest version of each purpose."""
    rows = ConsentWording.objects.values_list("purpose").annotate(last=Max("version"))
    return dict(rows.order_by("purpose"))


def _built_in(purpose, language: str) -> str:
    with override(language):
        return _(BUILT_IN[Purpose(purpose)])
