"""API addresses of courses and cohorts."""

from rest_framework.routers import SimpleRouter

from training.api.views import CohortViewSet, CourseViewSet

router = SimpleRouter(trailing_slash=False)
router.register("courses", CourseViewSet, basename="api-course")
router.register("cohorts", CohortViewSet, basename="api-cohort")

urlpatterns = router.urls
