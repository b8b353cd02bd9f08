"""Pages that state and change a demand: first the occupation, then the rest."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.naming import occupation_named
from employers.actions import demand as demands
from employers.queries import (
    demands_with_requirements,
    essential_skills,
    occupations_below,
    occupations_like,
    skills_of,
)
from employers.web.forms import DemandForms
from employers.web.views import crumbs_to_list
from gsp.web.forms import short_text
from gsp.web.views import DeskView
from gsp.workflow import Refused
from partnerships.roles import Permission


class DemandEditing(DeskView):
    """Base of both pages. ``?occupation=`` names the one chosen; ``?q=`` searches for one."""

    permission = Permission.EDIT_DEMAND
    write_permission = Permission.EDIT_DEMAND
    demand = None

    def get(self, request, uid=None):
        """Show the search for an occupation, or the form once one is chosen."""
        self.demand = self._find(uid)
        occupation = self._occupation()
        if occupation is None or "q" in request.GET:
            return self._choose()
        return self._show(DemandForms(employer=self._employer(), demand=self.demand), occupation)

    def post(self, request, uid=None):
        """State or change the demand, or show the form again with what is wrong."""
        self.demand = self._find(uid)
        occupation = self._occupation()
        if occupation is None:
            return self._choose()
        forms = DemandForms(request.POST, employer=self._employer(), demand=self.demand)
        if forms.is_valid():
            try:
                written = self._write(forms, occupation)
            except Refused as refusal:
                forms.show(refusal)
            else:
                messages.success(request, self.done)
                return redirect(self.desk.url("demand", uid=written.uid))
        return self._show(forms, occupation)

    def _find(self, uid):
        return get_object_or_404(demands_with_requirements(), uid=uid) if uid else None

    def _employer(self):
        return self.demand.employer if self.demand else self.desk.organisation

    def _occupation(self):
        named = short_text(self.request.GET, "occupation", 300)
        if not named:
            return self.demand.occupation if self.demand else None
        try:
            return occupation_named(named)
        except Refused as refusal:
            messages.error(self.request, refusal.message)
            return None

    def _choose(self):
        text = short_text(self.request.GET, "q")
        context = {
            "text": text,
            "found": occupations_like(text),
            "demand": self.demand,
            "crumbs": self._crumbs(),
            "page_title": self.title,
        }
        whole, part = "employers/choose_occupation.html", "employers/_occupations.html"
        return TemplateResponse(self.request, part if self.request.htmx else whole, context)

    def _show(self, forms, occupation):
        context = {
            "forms": forms,
            "form": forms.form,
            "occupation": occupation,
            "essential": essential_skills(occupation),
            "known": skills_of(occupation),
            "below": occupations_below(occupation),
            "demand": self.demand,
            "crumbs": self._crumbs(),
            "page_title": self.title,
            "submit": self.submit,
            "cancel_url": self._crumbs()[-1]["url"],
        }
        return TemplateResponse(self.request, "employers/demand_form.html", context)

    def _crumbs(self) -> list[dict]:
        above = crumbs_to_list(self.desk)
        if self.demand:
            url = self.desk.url("demand", uid=self.demand.uid)
            above.append({"label": str(self.demand.occupation.title), "url": url})
        return above


class DemandNew(DemandEditing):
    """State a demand."""

    @property
    def title(self):
        """Return the heading."""
        return _("State demand")

    submit = title

    @property
    def done(self):
        """Return what is said afterwards."""
        return _("The demand is stated.")

    def _write(self, forms, occupation):
        employer = self.desk.organisation or forms.form.cleaned_data["employer"]
        return demands.state(
            employer,
            occupation=occupation,
            by=self.desk.member,
            at=timezone.now(),
            **forms.facts(),
        )


class DemandEdit(DemandEditing):
    """Change a demand."""

    @property
    def title(self):
        """Return the heading."""
        return _("Change demand")

    @property
    def submit(self):
        """Return the words on the button."""
        return _("Save changes")

    @property
    def done(self):
        """Return what is said afterwards."""
        return _("The demand is changed.")

    def _write(self, forms, occupation):
        return demands.change(
            self.demand,
            occupation=occupation,
            by=self.desk.member,
            at=timezone.now(),
            **forms.facts(),
        )
