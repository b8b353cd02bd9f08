"""The words an applicant agrees to, in the language of the page, with their version."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from selection.web.public_form import OFFERED
from trainees.actions import wordings

SELECTION_TEXT, SELECTION_VERSION = "selection", 1


def notice(call) -> str:
    """Return how data are used for the selection: what is agreed by applying."""
    return _(
        "%(centre)s and the agency use what you write here to decide who gets a place, and for "
        "nothing else. It is kept encrypted. Every look at your application is noted. You can "
        "withdraw at any time with your code."
    ) % {"centre": call.centre.name}


def asked_purposes(form, *, on) -> list[tuple]:
    """Return pairs of the field and the words in force of every further purpose."""
    language = get_language() or "en"
    return [
        (form[f"agrees_{purpose}"], wordings.in_force(purpose, on=on).text(language))
        for purpose in OFFERED
    ]


def purposes_of(form) -> list:
    """Return the purposes that were ticked."""
    return [purpose for purpose in OFFERED if form.cleaned_data[f"agrees_{purpose}"]]


def agreed_texts(form, *, on) -> list[dict]:
    """Return which texts were agreed to, in which version and language."""
    language = get_language() or "en"
    agreed = [{"text": SELECTION_TEXT, "version": SELECTION_VERSION, "language": language}]
    for purpose in purposes_of(form):
        version = wordings.in_force(purpose, on=on).version
        agreed.append({"text": str(purpose), "version": version, "language": language})
    return agreed
