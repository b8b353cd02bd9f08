"""What must hold before a process serves anyone."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models

from gsp.tenancy.audience import PARTNERS, Rule, partnership_column
from gsp.tenancy.models import TenantKey, TenantModel


@register()
def check_tenant_models(app_configs, **kwargs):
    """Every tenant model keys to its own tenant and names audiences that exist."""
    errors = []
    for model in apps.get_models():
        if issubclass(model, TenantModel):
            errors += _keys(model) + _audience(model)
            if model._meta.base_manager_name != "objects":
                errors.append(
                    Error("Meta must inherit TenantModel.Meta.", obj=model, id="tenancy.E001")
                )
    return errors


def _keys(model):
    return [
        Error(f"{field.name} must be a TenantKey.", obj=model, id="tenancy.E002")
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and issubclass(field.related_model, TenantModel)
        and not isinstance(field, TenantKey)
    ]


def _audience(model):
    errors = []
    for entry in (*model.audience, *model.writers):
        try:
            if entry is PARTNERS:
                partnership_column(model)
            elif not isinstance(entry, Rule):
                field = model._meta.get_field(entry)
                target = getattr(field.related_model, "_meta", model._meta)
                if target.label != settings.TENANCY["organisation"]:
                    raise LookupError(f"{entry} does not name an organisation")
        except Exception as error:  # every mistake here is the model's
            errors.append(Error(f"audience: {error}", obj=model, id="tenancy.E003"))
    return errors


def excess_rights() -> list[str]:
    """Return what the database role may do and must not, in words; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, EXISTS (SELECT 1 FROM pg_class c WHERE "
            "c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace "
            "AND pg_has_role(current_user, c.relowner, 'USAGE')) "
            "FROM pg_roles WHERE rolname = current_user"
        )
        superuser, bypass, owner = cursor.fetchone()
    named = {"is a superuser": superuser, "bypasses row security": bypass, "owns tables": owner}
    return [words for words, true in named.items() if true]


def refuse_privileged_role() -> None:
    """Stop a web server or worker that could look past the walls.

    Raises:
        ImproperlyConfigured: the role of DATABASE_URL is a superuser, bypasses row security or
            owns tables.

    """
    rights = excess_rights()
    connection.close()  # the process may fork, and children must not share a connection
    if rights:
        raise ImproperlyConfigured(
            f"The database role {' and '.join(rights)}, so row security would not bind it. "
            f"Give DATABASE_URL the role gsp_app; the owner's goes into DATABASE_OWNER_URL."
        )
