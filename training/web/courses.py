"""Pages of courses: list, one with its skills and modules, new, change, what it covers."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gsp.web.forms import FormPage
from gsp.web.views import DeskList, DeskPage
from partnerships.roles import Permission
from training import queries
from training.actions import courses as actions
from training.coverage import coverage_of
from training.web.filters import CourseFilter
from training.web.forms import CourseForm, NewCourseForm
from training.web.panels import rendered

COVERED, COVERED_IN_ALL = 4, 40


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
            "skills_follow": any(module.outcomes.all() for module in course.modules.all()),
            "coverage": coverage_of(course, most=COVERED),
            "panels": rendered(course, self),
            "may_edit": self.may(Permission.EDIT_TRAINING),
            "crumbs": [{"label": _("Courses"), "url": self.desk.url("courses")}],
        }


class CourseCoverage(DeskPage):
    """Which occupations the course comes near to, and what each still needs."""

    permission = Permission.VIEW_TRAINING
    template_name = "training/coverage.html"

    def get_context_data(self, uid, **kwargs):
        """Add the course and its coverage."""
        course = get_object_or_404(queries.courses_with_parts(), uid=uid)
        page = self.desk.url("course", uid=course.uid)
        return super().get_context_data(**kwargs) | {
            "course": course,
            "coverage": coverage_of(course, most=COVERED_IN_ALL),
            "crumbs": [
                {"label": _("Courses"), "url": self.desk.url("courses")},
                {"label": course.title, "url": page},
            ],
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
