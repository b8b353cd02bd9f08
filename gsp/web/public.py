"""Pages that need no account: for applicants, trainees and whoever checks a certificate."""

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView
from django.views.generic.base import View

from gsp.tenancy.scope import Because, scope


class PublicView(View):
    """A page below ``/public/<agency>/``, served in the agency's scope to anybody.

    ``purpose`` says in the audit what the page is for. A view narrows the scope to one row by the
    code in its address; nothing else may be listed. Each caller's address may ask ``rate`` times
    a minute (``write_rate`` for unsafe methods), then waits.
    """

    purpose = ""
    rate, write_rate = 120, 20

    def __init_subclass__(cls, abstract=False, **kwargs):
        """Refuse a page that does not say what it is for.

        Raises:
            ImproperlyConfigured: ``purpose`` is empty.

        """
        super().__init_subclass__(**kwargs)
        if not (abstract or cls.__module__ == __name__ or cls.purpose):
            raise ImproperlyConfigured(f"{cls.__name__} does not say what it is for")

    def dispatch(self, request, *args, agency, **kwargs):
        """Serve the view and the rendering of its template in one transaction.

        Raises:
            Http404: there is no such agency.

        """
        if self._asks_too_often(request):
            return _wait()
        rows = apps.get_model(settings.TENANCY["tenant"]).objects
        self.agency = get_object_or_404(rows, slug=agency)
        because = Because(actor_name=self.purpose, via="public", request=request.request_id)
        with scope(self.agency, because=because), override(self._language(request)):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render") and not response.is_rendered:
                response = response.render()
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        # A stricter one makes browsers send forms from "Origin: null", which is refused as forged.
        response["Referrer-Policy"] = "same-origin"
        return response

    def _asks_too_often(self, request) -> bool:
        safe = request.method in ("GET", "HEAD", "OPTIONS")
        most = self.rate if safe else self.write_rate
        key = f"public:{slugify(self.purpose)}:{safe}:{request.META.get('REMOTE_ADDR', '')}"
        cache.add(key, 0, timeout=60)
        try:
            return cache.incr(key) > most
        except ValueError:  # it expired between the two calls
            return False

    def _language(self, request) -> str:
        """Return the language asked for by ``?language=``, else what the browser prefers."""
        wanted = request.GET.get("language", "")
        return wanted if wanted in dict(settings.LANGUAGES) else request.LANGUAGE_CODE


class PublicPage(PublicView, TemplateView):
    """A public page made from a template that extends ``base.html``."""

    def get_context_data(self, **kwargs):
        """Add the agency."""
        return super().get_context_data(**kwargs) | {"agency": self.agency}


def _wait() -> HttpResponse:
    text = _("Too many requests from your address. Wait a minute and try again.")
    return HttpResponse(
        text, status=429, headers={"Retry-After": "60"}, content_type="text/plain; charset=utf-8"
    )
