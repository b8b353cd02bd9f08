"""A view breaks off in the middle of its writes: nothing of them stays, not even its jobs."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.urls import include, path
from rest_framework.response import Response

from gsp.api.viewsets import DeskViewSet
from gsp.background.models import Job
from gsp.urls import urlpatterns as every_address
from gsp.web.views import DeskView
from gsp.workflow import Refused
from matching.actions import nights
from partnerships.models import Partnership
from partnerships.roles import Permission
from tests import builders as a


def write():
    """Change a row and order a night, whose job goes to the broker after the commit."""
    Partnership.objects.update(away_seats=7)
    nights.order(a.TODAY)


class Writes(DeskView):
    permission = write_permission = Permission.VIEW_PARTNERSHIPS

    def post(self, request):
        write()
        return self.answer()

    def answer(self):
        return HttpResponse("written")


class Breaks(Writes):
    def answer(self):
        raise RuntimeError("in the middle")


class BreaksInTemplate(Writes):
    def answer(self):
        # Rendered after the view has returned, still inside its transaction.
        template = engines["django"].from_string("{% include missing %}")
        return SimpleTemplateResponse(template, {"missing": "no/such/template.html"})


class Refuses(DeskViewSet):
    permissions = {"create": Permission.VIEW_PARTNERSHIPS}

    def create(self, request):
        write()
        raise Refused("Not this one.", field="name")


class Accepts(DeskViewSet):
    permissions = {"create": Permission.VIEW_PARTNERSHIPS}

    def create(self, request):
        write()
        return Response(status=201)


DESK = [
    path("writes", Writes.as_view()),
    path("breaks", Breaks.as_view()),
    path("breaks-in-template", BreaksInTemplate.as_view()),
]
API = [
    path("refuses", Refuses.as_view({"post": "create"})),
    path("accepts", Accepts.as_view({"post": "create"})),
]
urlpatterns = [
    path("desk/<slug:agency>/<slug:desk>/test/", include(DESK)),
    path("api/v1/<slug:agency>/<slug:desk>/test/", include(API)),
    *every_address,
]


@pytest.fixture
def post(cast, client, settings, django_capture_on_commit_callbacks):
    """Post to an address as the officer; return the status, and whether all or nothing stays."""
    settings.ROOT_URLCONF = __name__
    client.force_login(cast.officer.user)
    client.raise_request_exception = False

    def send(address: str) -> tuple[int, str]:
        with django_capture_on_commit_callbacks() as after_commit:
            status = client.post(address).status_code
        with cast.scope():
            kept = Partnership.objects.get().away_seats == 7, Job.objects.count(), len(after_commit)
        return status, {(True, 1, 1): "all", (False, 0, 0): "nothing"}[kept]

    return send


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("/desk/north/agency/test/writes", (200, "all")),
        ("/desk/north/agency/test/breaks", (500, "nothing")),
        ("/desk/north/agency/test/breaks-in-template", (500, "nothing")),
        ("/api/v1/north/agency/test/accepts", (201, "all")),
        ("/api/v1/north/agency/test/refuses", (422, "nothing")),
    ],
)
def test_all_is_written_or_nothing(post, address, outcome):
    assert post(address) == outcome
