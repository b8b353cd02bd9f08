"""Addresses of courses and cohorts."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from gsp.web.navigation import Entry, register
from partnerships.roles import Permission
from training.web import cohorts, courses, parts

urlpatterns = [
    path("courses/", courses.CourseList.as_view(), name="courses"),
    path("courses/new/", courses.CourseNew.as_view(), name="course-new"),
    path("courses/<uuid:uid>/", courses.CoursePage.as_view(), name="course"),
    path("courses/<uuid:uid>/coverage/", courses.CourseCoverage.as_view(), name="course-coverage"),
    path("courses/<uuid:uid>/edit/", courses.CourseEdit.as_view(), name="course-edit"),
    path(
        "courses/<uuid:uid>/skills/new/",
        parts.CourseSkillNew.as_view(),
        name="course-skill-new",
    ),
    path("courses/<uuid:uid>/modules/new/", parts.ModuleNew.as_view(), name="module-new"),
    path("courses/<uuid:uid>/remove/", parts.PartRemove.as_view(), name="course-part-remove"),
    path("modules/<uuid:uid>/edit/", parts.ModuleEdit.as_view(), name="module-edit"),
    path("modules/<uuid:uid>/outcomes/new/", parts.OutcomeNew.as_view(), name="outcome-new"),
    path(
        "modules/<uuid:uid>/outcomes/remove/", parts.OutcomeRemove.as_view(), name="outcome-remove"
    ),
    path("cohorts/", cohorts.CohortList.as_view(), name="cohorts"),
    path("cohorts/new/", cohorts.CohortNew.as_view(), name="cohort-new"),
    path("cohorts/<uuid:uid>/edit/", cohorts.CohortEdit.as_view(), name="cohort-edit"),
]

SECTION = _("Training")
register(
    Entry(SECTION, _("Courses"), "courses", "book", Permission.VIEW_TRAINING, 20),
    Entry(SECTION, _("Cohorts"), "cohorts", "mortarboard", Permission.VIEW_TRAINING, 22),
)
