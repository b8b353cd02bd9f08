"""Base views of the pages at a desk: each names the permission it needs or does not import."""

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin, View
from django.views.generic.list import MultipleObjectMixin

from gsp.workflow import Refused

PAGE = 25


class DeskView(View):
    """A page at a desk. ``permission`` is required; ``write_permission`` guards POST."""

    permission = ""
    write_permission = ""

    def __init_subclass__(cls, abstract=False, **kwargs):
        """Refuse a page without permission; ``abstract=True`` marks a base of pages.

        Raises:
            ImproperlyConfigured: ``permission`` is empty, or ``post`` has no ``write_permission``.

        """
        super().__init_subclass__(**kwargs)
        if abstract or cls.__module__.startswith("gsp.web."):
            return
        if not cls.permission:
            raise ImproperlyConfigured(f"{cls.__name__} names no permission")
        if hasattr(cls, "post") and not cls.write_permission:
            raise ImproperlyConfigured(f"{cls.__name__} has post() and no write_permission")

    def dispatch(self, request, *args, **kwargs):
        """Serve the member who may; to the others the page does not exist.

        Raises:
            Http404: the member's organisation is not meant to see this page.
            PermissionDenied: agency staff without the permission.

        """
        safe = request.method in ("GET", "HEAD", "OPTIONS")
        needed = self.permission if safe else self.write_permission or self.permission
        if not request.desk.member.may(needed):
            if request.desk.organisation is not None:
                raise Http404
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def desk(self):
        """Return the desk the page is opened at."""
        return self.request.desk

    def may(self, permission) -> bool:
        """Tell whether the member has another permission, for buttons."""
        return self.desk.member.may(permission)

    def attempt(self, action, *, done: str, back: str):
        """Run a domain action; say what happened; go ``back``. A refusal becomes a message."""
        try:
            action()
        except Refused as refusal:
            messages.error(self.request, refusal.message)
        else:
            messages.success(self.request, done)
        return redirect(back)


class DeskPage(DeskView, TemplateView):
    """A page made from a template."""


class DeskList(DeskView, MultipleObjectMixin, ContextMixin):
    """A paged list with a filter; 25 rows a page, a constant number of queries."""

    paginate_by = PAGE
    filterset_class = None
    template_name = ""

    def get(self, request):
        """Show one page of the rows the filter leaves."""
        from django.template.response import TemplateResponse

        rows = self.get_queryset()
        filterset = None
        if self.filterset_class:
            filterset = self.filterset_class(request.GET, queryset=rows, request=request)
            rows = filterset.qs
        self.object_list = rows
        context = self.get_context_data(object_list=rows, filter=filterset)
        return TemplateResponse(request, self.template_name, context)
