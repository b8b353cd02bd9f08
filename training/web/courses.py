"""Pages of courses: list, one with its skills and modules, new, change."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage, DeskView
from partnerships.roles import Permission
from training import queries
from training.actions import courses as actions
from training.models import Course
from training.web.filters import CourseFilter
from training.web.forms import CourseForm, CourseSkillForm, ModuleForm, NewCourseForm


class CourseList(DeskList):
    """The courses of the centre, or of all centres for staff."""

    permission = Permission.VIEW_TRAINING
    template_name = "training/courses.html"
    filterset_class = CourseFilter

    def get_queryset(self):
        """Return them by code."""
        return queries.courses().order_by("code", "id")

    def get_context_data(self, **kwargs):
        """Add whether a new one may be planned."""
        return super().get_context_data(**kwargs) | {"may_edit": self.may(Permission.EDIT_TRAINING)}


class CoursePage(DeskPage):
    """One course: what it teaches, its modules, its cohorts."""

    permission = Permission.VIEW_TRAINING
    template_name = "training/course.html"

    def get_context_data(self, uid, **kwargs):
        """Add the course, its cohorts and the page above."""
        course = get_object_or_404(queries.courses_with_parts(), uid=uid)
        return super().get_context_data(**kwargs) | {
            "course": course,
            "cohorts": queries.cohorts().filter(course=course).order_by("-starts_on", "-id")[:20],
            "may_edit": self.may(Permission.EDIT_TRAINING),
            "crumbs": [{"label": _("Courses"), "url": self.desk.url("courses")}],
        }


class CourseNew(FormPage):
    """Plan a course."""

    permission = write_permission = Permission.EDIT_TRAINING
    form_class = NewCourseForm
    title = gettext_lazy("New course")
    subtitle = gettext_lazy("Add the skills it teaches and its modules on the next page.")
    submit = gettext_lazy("Add course")
    done = gettext_lazy("The course is added. Now add the skills it teaches.")

    def make_form(self, data=None):
        """Return the form for this desk."""
        return self.form_class(data, desk=self.desk)

    def crumbs(self):
        """Return the list."""
        return [{"label": _("Courses"), "url": self.desk.url("courses")}]

    def act(self, facts):
        """Plan it."""
        centre = facts.pop("centre", None) or self.desk.organisation
        made = actions.plan(centre, **facts, by=self.desk.member, at=timezone.now())
        return self.desk.url("course", uid=made.uid)


class OfCourse(FormPage):
    """A form about one course."""

    permission = write_permission = Permission.EDIT_TRAINING
    done = gettext_lazy("The course is changed.")

    def find(self, uid):
        """Find the course."""
        self.course = get_object_or_404(queries.courses_with_parts(), uid=uid)

    def crumbs(self):
        """Return the list and the course."""
        page = self.desk.url("course", uid=self.course.uid)
        return [
            {"label": _("Courses"), "url": self.desk.url("courses")},
            {"label": self.course.title, "url": page},
        ]

    def edit(self, **facts):
        """Change the course and go back to it."""
        actions.edit(self.course, **facts, by=self.desk.member, at=timezone.now())
        return self.cancel()


class CourseEdit(OfCourse):
    """Change a course."""

    title = gettext_lazy("Change the course")

    def make_form(self, data=None):
        """Bind the form to the course."""
        return CourseForm(data, instance=self.course, desk=self.desk)

    def act(self, facts):
        """Change it."""
        return self.edit(**facts)


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
    names = ("kind", "title", "hours", "away_only")
    return [{name: getattr(one, name) for name in names} for one in kept]
