"""The base of every viewset: it names a permission for each action or does not import."""

from django.core.exceptions import ImproperlyConfigured
from rest_framework import mixins, viewsets
from rest_framework.permissions import SAFE_METHODS

from gsp.api.parsers import BoundedJSONParser


class DeskViewSet(viewsets.GenericViewSet):
    """A viewset at a desk. ``permissions`` maps every action to the permission it needs."""

    permissions: dict[str, str] = {}
    lookup_field = "uid"
    lookup_value_regex = "[0-9a-f-]{36}"
    parser_classes = [BoundedJSONParser]
    metadata_class = None  # OPTIONS answers 405: the schema describes every address

    def __init_subclass__(cls, **kwargs):
        """Refuse an action without a permission.

        Raises:
            ImproperlyConfigured: an action of the class is missing from ``permissions``.

        """
        super().__init_subclass__(**kwargs)
        standard = ("list", "retrieve", "create", "update", "partial_update", "destroy")
        actions = [name for name in standard if hasattr(cls, name)]
        actions += [action.__name__ for action in cls.get_extra_actions()]
        missing = [name for name in actions if name not in cls.permissions]
        if missing:
            raise ImproperlyConfigured(f"{cls.__name__} has no permission for {missing}")

    def initial(self, request, *args, **kwargs):
        """Find the row before the body is judged: what is not there is not there either way."""
        super().initial(request, *args, **kwargs)
        if getattr(self, "detail", False) and request.method not in SAFE_METHODS:
            self.get_object()

    @property
    def desk(self):
        """Return the desk the request was made at."""
        return self.request.desk


class ReadingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, DeskViewSet):
    """List and single rows, for whoever has the permission of each."""

    permissions = {"list": "", "retrieve": ""}
