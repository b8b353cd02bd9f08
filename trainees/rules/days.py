"""Days on which something may have happened."""

from django.utils.translation import gettext as _

from gsp.web.formats import day
from gsp.workflow import Refused


def on_is_sound(on, *, after, today, field: str = "on") -> None:
    """Refuse a day in the future, or before the one it must follow."""
    if on > today:
        raise Refused(_("This day lies in the future."), field=field, code="in_the_future")
    if after is not None and on < after:
        raise Refused(
            _("This day lies before %(day)s. Give that day or a later one.") % {"day": day(after)},
            field=field,
            code="too_early",
        )
