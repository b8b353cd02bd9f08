"""A page with one form: shape is checked here, meaning by the action it calls."""

from django.contrib import messages
from django.shortcuts import redirect

from gsp.web.views import DeskPage
from gsp.workflow import Refused


def short_text(sent, name: str, longest: int = 200) -> str:
    """Return a text of ``request.GET`` or ``request.POST`` as the database can hold it."""
    return sent.get(name, "").replace("\x00", "").strip()[:longest]


class FormPage(DeskPage):
    """Shows a form; ``act`` runs the action and returns the address to go to."""

    template_name = "web/form.html"
    form_class = None
    title = submit = done = subtitle = ""

    def find(self, **kwargs):
        """Look up the rows the address names; keeps them on the view."""

    def get(self, request, **kwargs):
        """Show the form."""
        self.find(**kwargs)
        return self._show(self.make_form())

    def post(self, request, **kwargs):
        """Run the action, or show the form again with what is wrong."""
        self.find(**kwargs)
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                goal = self.act(form.cleaned_data)
            except Refused as refusal:
                field = refusal.field if refusal.field in form.fields else None
                form.add_error(field, refusal.message)
            else:
                if self.done:
                    messages.success(request, self.done)
                return redirect(goal)
        return self._show(form)

    def make_form(self, data=None):
        """Return the form, bound to ``data`` if given."""
        return self.form_class(data, initial=self.initial())

    def initial(self) -> dict:
        """Return what the form starts with."""
        return {}

    def crumbs(self) -> list[dict]:
        """Return the pages above this one."""
        return []

    def cancel(self) -> str:
        """Return where to go without doing anything: the page above."""
        return self.crumbs()[-1]["url"]

    def act(self, facts: dict) -> str:
        """Run the action with the form's values and return the address to go to."""
        raise NotImplementedError

    def _show(self, form):
        context = self.get_context_data(
            form=form,
            title=self.title,
            subtitle=self.subtitle,
            submit=self.submit,
            crumbs=self.crumbs(),
            cancel_url=self.cancel(),
        )
        return self.render_to_response(context)
