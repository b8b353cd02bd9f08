"""Users in the operators' admin. Tables of tenants are not here: they need a scope."""

from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.models import User

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Who can sign in; passwords and factors are theirs alone."""

    list_display = ["email", "name", "is_machine", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_machine", "is_superuser"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    fields = ["email", "name", "language", "time_zone", "is_active", "is_staff", "is_superuser"]

    def has_delete_permission(self, request, obj=None) -> bool:
        """Return False: what users wrote names them; switch them off instead."""
        return False
