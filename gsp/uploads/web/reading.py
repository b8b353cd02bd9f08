"""How an organisation's files are read: set at its own desk, or for it by staff."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.uploads import permissions
from gsp.uploads.actions import decide
from gsp.uploads.models import Upload
from gsp.uploads.opening import habits_of
from gsp.uploads.web.forms import HabitsForm
from gsp.web.forms import FormPage


class OwnReading(FormPage):
    """How the files of the desk's own organisation are read."""

    permission = write_permission = permissions.SEND
    title = gettext_lazy("How our files are read")
    done = gettext_lazy("The settings are kept. They hold for the next file.")

    def find(self):
        """Serve organisations; the agency's staff set nothing for itself."""
        if self.desk.organisation is None:
            raise Http404
        self.organisation = self.desk.organisation

    def make_form(self, data=None):
        """Show what is set now."""
        return HabitsForm(data, instance=habits_of(Upload(organisation=self.organisation)))

    def crumbs(self):
        """Return the list of uploads."""
        return [{"label": _("Uploads"), "url": self.desk.url("uploads")}]

    def act(self, facts):
        """Keep the settings and go to the page above."""
        by = self.desk.member
        decide.set_habits(self.organisation, facts, by=by, at=timezone.now())
        return self.cancel()


class ReadingOf(OwnReading):
    """How the files of one organisation are read; staff look after it for whoever asks them."""

    title = gettext_lazy("How its files are read")

    def find(self, uid):
        """Serve the agency's staff, and the organisation itself."""
        own = self.desk.organisation
        if own is not None and own.uid != uid:
            raise Http404
        rows = Upload._meta.get_field("organisation").related_model.objects.all()
        self.organisation = get_object_or_404(rows, uid=uid)
        self.subtitle = self.organisation.name

    def crumbs(self):
        """Return the organisation's page for staff, the list of uploads for itself."""
        if self.desk.organisation is not None:
            return super().crumbs()
        page = self.desk.url("organisation", uid=self.organisation.uid)
        return [
            {"label": _("Organisations"), "url": self.desk.url("organisations")},
            {"label": self.organisation.name, "url": page},
        ]
