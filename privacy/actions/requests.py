"""What people ask for, and the answer they get."""

from datetime import timedelta

from django.db import transaction

from gsp import workflow
from privacy import rules
from privacy.models import DataRequest
from privacy.states import RequestState

# The month that Article 12(3) of Regulation (EU) 2016/679 gives for an answer.
TIME_TO_ANSWER = timedelta(days=30)


def ask(person, kind, *, text: str, at) -> DataRequest:
    """Record what a person asks; erasure needs no words.

    Raises:
        Refused: there are no words, or nobody knows this kind.

    """
    kind = DataRequest.Kind(kind)
    if kind != DataRequest.Kind.ERASE:
        text = rules.has_words(text)
    return DataRequest.objects.create(
        person=person,
        kind=kind,
        text=text.strip()[:4000],
        asked_at=at,
        due_on=at.date() + TIME_TO_ANSWER,
    )


@transaction.atomic
def answer(request, *, text: str, done: bool, by, at) -> DataRequest:
    """Answer a request: done, or refused with the reason. The person reads it on their page.

    Raises:
        Refused: there are no words, or it is answered already.
        NotAllowed, Stale: see ``workflow.move``.

    """
    state = RequestState.DONE if done else RequestState.REFUSED
    words = rules.has_words(text, "answer")
    return workflow.move(
        request, state, by=by, at=at, answer=words[:4000], answered_by=by.user.name[:150]
    )
