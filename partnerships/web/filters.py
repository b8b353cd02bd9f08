"""What the lists of this app can be narrowed by."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import Membership, Organisation, Partnership
from partnerships.models.partnership import Sector
from partnerships.roles import Role
from partnerships.states import PartnershipState


class PartnershipFilter(django_filters.FilterSet):
    """By words, sector and state."""

    q = django_filters.CharFilter(label=_("Name"), field_name="name", lookup_expr="icontains")
    sector = django_filters.ChoiceFilter(
        label=_("Sector"),
        choices=Sector.choices,
        field_name="sectors",
        method="having",
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=PartnershipState.choices)

    class Meta:
        model = Partnership
        fields = ["q", "sector", "state"]

    def having(self, rows, name, value):
        """Keep partnerships that train for the sector."""
        return rows.filter(**{f"{name}__contains": [value]})


class OrganisationFilter(django_filters.FilterSet):
    """By words, kind and verification."""

    q = django_filters.CharFilter(label=_("Name or registry number"), method="words")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Organisation.Kind.choices)
    verified = django_filters.ChoiceFilter(
        label=_("Verified"),
        choices=[("yes", _("Verified")), ("no", _("Not verified"))],
        method="standing",
    )

    class Meta:
        model = Organisation
        fields = ["q", "kind", "verified"]

    def words(self, rows, name, value):
        """Keep organisations whose name or registry number contains the words."""
        return rows.filter(Q(name__icontains=value) | Q(registry_number__icontains=value))

    def standing(self, rows, name, value):
        """Keep verified organisations, or the others."""
        return rows.filter(verified_on__isnull=value == "no")


class MemberFilter(django_filters.FilterSet):
    """By words, role and standing."""

    q = django_filters.CharFilter(label=_("Name or e-mail address"), method="words")
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices)
    active = django_filters.ChoiceFilter(
        label=_("Standing"),
        choices=[("yes", _("Active")), ("no", _("Not active"))],
        method="standing",
    )

    class Meta:
        model = Membership
        fields = ["q", "role", "active"]

    def words(self, rows, name, value):
        """Keep members whose name or address contains the words."""
        return rows.filter(Q(user__name__icontains=value) | Q(user__email__icontains=value))

    def standing(self, rows, name, value):
        """Keep members with access, or those without."""
        return rows.filter(is_active=value == "yes")
