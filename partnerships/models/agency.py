"""The agency: the tenant itself."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

slug_shape = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use small letters, digits and single hyphens.")
)


class Agency(models.Model):
    """A development agency that runs partnerships; the outer wall stands around it."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=50, unique=True, validators=[slug_shape])
    country = models.ForeignKey(
        "catalogue.Country", models.PROTECT, verbose_name=_("country"), related_name="+"
    )
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    language = models.CharField(_("language"), max_length=10, default="en")
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self):
        return self.name
