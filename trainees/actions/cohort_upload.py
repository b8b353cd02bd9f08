"""The list of a cohort: who may send it, and what its rows become."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.uploads.actions.receive import receive
from gsp.uploads.models import Upload
from gsp.uploads.purpose import Purpose, Target, register
from gsp.workflow import Refused
from partnerships.roles import Permission
from partnerships.rules import may_act_for
from trainees import rules
from trainees.actions import cohort_roll, cohort_write
from trainees.actions.cohort_apart import tell_apart
from trainees.actions.cohort_rows import Codes, TraineeRow
from trainees.actions.cohort_template import template
from trainees.actions.tracks import hold
from trainees.models import Person
from training.models import Cohort


@register
class CohortList(Purpose):
    """A trainee a row, known by the centre's reference: updated, never doubled."""

    kind, label, row = "cohort", gettext_lazy("Cohort list"), TraineeRow
    permission, view_permission = Permission.UPLOAD_TRAINEES, Permission.VIEW_TRAINEES
    rows_at_once = cohort_roll.MOST  # seats and the home floor are judged for the whole list

    def find(self, name, organisation):
        """Return the cohort of a uid, among those the desk sees."""
        try:
            found = Cohort.objects.filter(uid=UUID(name)).first()
        except ValueError:
            found = None
        if found is None:
            raise Refused(_("There is no such cohort."), field="subject", code="unknown_cohort")
        return found

    def target(self, thing, *, by):
        """Return the cohort's centre, for itself and for the agency's staff."""
        may_act_for(thing.centre_id, self.permission, by)
        rules.takes_lists(thing)
        return Target(thing.centre, thing.uid, thing.code)

    def begin(self, upload, *, at):
        """Hold the cohort, so that its seats stay as they are, and read the codes in force."""
        cohort = hold(Cohort.objects.get(uid=upload.subject))
        rules.takes_lists(cohort)
        codes = Codes.of(today=at.date())
        return cohort_roll.Roll(codes.countries, codes.languages, codes.today, cohort=cohort)

    def learn(self, context, texts):
        """Look up the skills that the rows name."""
        context.learn(texts.texts("skills"))

    def compare(self, context, batch):
        """See ``cohort_roll.compare``."""
        return cohort_roll.compare(context, batch)

    def write(self, context, batch, *, by, at):
        """Write the drafts that comparing made; who was told apart is not asked about again."""
        drafts = {number: context.drafts[number] for number in batch.numbers}
        cohort_write.write(context.cohort, list(drafts.values()), by=by, at=at)
        told = {drafts[number].person: uids for number, uids in context.apart.items()}
        tell_apart(told, by=by, at=at)

    def template(self, thing):
        """Return the workbook to fill in."""
        return template()

    def address(self, upload):
        """Return the page where the cohort's list is sent."""
        return "cohort-upload", {"uid": upload.subject}

    def seen(self, upload, rows):
        """Return the persons whose records a page of the preview repeats."""
        references = {row.cells.get("reference", "") for row in rows} - {""}
        people = Person.objects.filter(centre=upload.organisation_id, reference__in=references)
        return list(people.order_by("id"))


def upload(cohort, *, file, file_name: str, by, at) -> Upload:
    """Take the list of a cohort; a worker examines it afterwards.

    Raises:
        Refused: the cohort takes no more trainees.
        NotAllowed: ``by`` is neither the cohort's centre nor staff with the permission.

    """
    return receive("cohort", cohort, file=file, file_name=file_name, by=by, at=at)
