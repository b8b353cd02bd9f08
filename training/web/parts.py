"""Pages of the parts of a course: skills, modules and their learning outcomes."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.views import DeskView
from partnerships.roles import Permission
from training import queries
from training.actions import courses as actions
from training.actions.modules import set_outcomes
from training.models import Course, Module
from training.web.courses import OfCourse
from training.web.forms import CourseSkillForm, ModuleForm


class CourseSkillNew(OfCourse):
    """Add a skill that the course teaches, or change its level."""

    title = gettext_lazy("Add a skill")
    submit = gettext_lazy("Add skill")

    def make_form(self, data=None):
        """Return the form with the skills of the course's occupation as suggestions."""
        return CourseSkillForm(data, course=self.course)

    def act(self, facts):
        """Add it to those there are."""
        return self.edit(skills=[*skills_of(self.course), facts])


class ModuleNew(OfCourse):
    """Add a module at the end of the course."""

    title = gettext_lazy("Add a module")
    submit = gettext_lazy("Add module")

    def make_form(self, data=None):
        """Return the form."""
        return ModuleForm(data)

    def act(self, facts):
        """Add it to those there are."""
        return self.edit(modules=[*modules_of(self.course), facts])


class ModuleEdit(OfCourse):
    """Change a module; its sessions and results stay."""

    title = gettext_lazy("Change the module")

    def find(self, uid):
        """Find the module and its course."""
        self.module = get_object_or_404(Module.objects.select_related("course"), uid=uid)
        super().find(self.module.course.uid)

    def make_form(self, data=None):
        """Bind the form to it."""
        return ModuleForm(data, instance=self.module)

    def act(self, facts):
        """Change it among the others."""
        changed = [
            one | facts if one["uid"] == self.module.uid else one for one in modules_of(self.course)
        ]
        return self.edit(modules=changed)


class OutcomeNew(ModuleEdit):
    """Say what whoever passes a module can do."""

    title = gettext_lazy("Add a learning outcome")
    subtitle = gettext_lazy("The skills of the course follow from the outcomes of its modules.")
    submit = gettext_lazy("Add outcome")

    def make_form(self, data=None):
        """Return the form with the skills of the course's occupation as suggestions."""
        return CourseSkillForm(data, course=self.course)

    def act(self, facts):
        """Add it to those there are."""
        outcomes = [*outcomes_of(self.module), facts]
        set_outcomes(self.module, outcomes, by=self.desk.member, at=timezone.now())
        return self.cancel()


class OutcomeRemove(DeskView):
    """Take an outcome away from its module."""

    permission = write_permission = Permission.EDIT_TRAINING
    http_method_names = ["post"]

    def post(self, request, uid):
        """Remove the posted ``outcome`` (its identifier) of the module."""
        module = get_object_or_404(Module.objects.select_related("course"), uid=uid)
        left = outcomes_of(module, without=request.POST.get("outcome", ""))
        return self.attempt(
            lambda: set_outcomes(module, left, by=self.desk.member, at=timezone.now()),
            done=_("The module is changed."),
            back=self.desk.url("course", uid=module.course.uid),
        )


class PartRemove(DeskView):
    """Take a skill or a module away from the course."""

    permission = write_permission = Permission.EDIT_TRAINING
    http_method_names = ["post"]

    def post(self, request, uid):
        """Remove the posted ``skill`` or ``module`` (its identifier)."""
        course = get_object_or_404(queries.courses_with_parts(), uid=uid)
        if "skill" in request.POST:
            left = {"skills": skills_of(course, without=request.POST["skill"])}
        elif "module" in request.POST:
            left = {"modules": modules_of(course, without=request.POST["module"])}
        else:
            raise Http404
        return self.attempt(
            lambda: actions.edit(course, **left, by=self.desk.member, at=timezone.now()),
            done=_("The course is changed."),
            back=self.desk.url("course", uid=uid),
        )


def skills_of(course: Course, *, without: str = "") -> list[dict]:
    """Return the skills as the action takes them, one left out if named."""
    kept = [one for one in course.skills.all() if str(one.uid) != without]
    return [{"skill": one.skill, "level": one.level} for one in kept]


def modules_of(course: Course, *, without: str = "") -> list[dict]:
    """Return the modules as the action takes them, one left out if named."""
    kept = [one for one in course.modules.all() if str(one.uid) != without]
    names = ("uid", "kind", "title", "hours", "away_only", "is_required")
    return [{name: getattr(one, name) for name in names} for one in kept]


def outcomes_of(module: Module, *, without: str = "") -> list[dict]:
    """Return the outcomes as the action takes them, one left out if named."""
    rows = module.outcomes.select_related("skill").order_by("id")
    return [{"skill": one.skill, "level": one.level} for one in rows if str(one.uid) != without]
