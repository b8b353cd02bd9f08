"""Notes: written for named readers, and put right by a later note."""

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Note
from gsp.workflow import NotAllowed, Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for


class Readers(TextChoices):
    """Who reads a note."""

    MINE = "mine", gettext_lazy("My organisation")
    BOTH = "both", gettext_lazy("The centre and the agency")


@transaction.atomic
def write(person, text: str, *, readers, by, at, is_confidential=False, replaces=None) -> Note:
    """Write a note about a person and return it.

    ``readers`` is one of ``Readers``; a confidential note is read by its author alone. With
    ``replaces`` it takes the place of an earlier note, which stays.

    Raises:
        Refused: nothing is said, or a later note took the earlier one's place already.
        NotAllowed: ``by`` is neither the centre nor staff with the permission, or corrects
            somebody else's note.

    """
    may_act_for(person.centre_id, Permission.WRITE_NOTES, by)
    if not text.strip():
        raise Refused(_("Write something."), field="text", code="required")
    if readers not in Readers.values:
        raise Refused(_("Say who reads it."), field="readers", code="unknown_readers")
    if replaces is not None:
        _may_replace(replaces, by)
    mine_alone = readers == Readers.MINE or is_confidential
    of_agency = by.organisation_id is None
    return Note.objects.create(
        person=person,
        centre_id=person.centre_id,
        reader_id=None if of_agency and mine_alone else person.centre_id,
        agency_reads=of_agency or not mine_alone,
        is_confidential=is_confidential,
        text=text.strip(),
        author=by,
        author_name=by.user.name,
        at=at,
        replaces=replaces,
    )


def _may_replace(note, by) -> None:
    if note.author_id != by.pk:
        raise NotAllowed(_("Only who wrote a note puts it right."), code="not_allowed")
    note = Note.objects.select_for_update().get(pk=note.pk)
    if Note.objects.filter(replaces=note).exists():
        raise Refused(
            _("A later note has taken its place already. Correct that one."),
            field="text",
            code="replaced_already",
        )
