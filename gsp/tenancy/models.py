"""The base of every table that belongs to a tenant."""

import uuid6
from django.conf import settings
from django.db import models
from django.db.models.expressions import Expression

from gsp.tenancy.audience import Audience, condition
from gsp.tenancy.scope import ScopeError, current, current_tenant


class InScope(Expression):
    """``WHERE`` part that is decided when a query compiles, not when it is written.

    Row security alone would guard the rows; this filter beside it keeps PostgreSQL on the
    index, and turns a query outside a scope into an error instead of an empty answer.
    """

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, model, column=None):
        super().__init__()
        self.model = model
        self.column = column

    def resolve_expression(
        self, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False
    ):
        """Bind the tenant column of the query's own table, so that aliases follow it.

        Once bound it stays: inside a sub-query Django asks again with the outer query.
        """
        if self.column is not None:
            return self
        return InScope(self.model, query.resolve_ref("tenant", allow_joins, reuse, summarize))

    def get_source_expressions(self):
        """Return the bound column, which Django relabels in sub-queries."""
        return [self.column]

    def set_source_expressions(self, exprs):
        """Take the relabelled column back."""
        (self.column,) = exprs

    def as_sql(self, compiler, connection):
        """Compile for the open scope.

        Raises:
            ScopeError: no scope is open.

        """
        tenant = current_tenant()
        sql, params = compiler.compile(self.column)
        sql, params = f"{sql} = %s", [*params, tenant]
        organisation = current().organisation
        if organisation is None:
            return sql, params
        alias = compiler.quote_name_unless_alias(self.column.alias)
        own = condition(self.model, self.model.audience, str(int(organisation)), alias)
        return f"({sql} AND ({own}))", params


class TenantQuerySet(models.QuerySet):
    """Rows of the open scope; each model's adjectives go into a subclass."""


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):
    """Manager whose queries compile only inside a scope."""

    def get_queryset(self):
        """Return all rows the scope may see, whatever the scope will be when it runs."""
        return super().get_queryset().filter(InScope(self.model))


class TenantKey(models.ForeignKey):
    """Foreign key between two tenant tables.

    PostgreSQL checks foreign keys without row security, so a plain key would accept another
    tenant's id. The constraint is therefore ``(tenant_id, x_id) → (tenant_id, id)``, with an
    index ``(tenant_id, x_id, id)`` that gives a page of one organisation's rows in order;
    ``gsp.tenancy.policies`` derives both, Django itself adds neither.
    """

    def __init__(self, to, on_delete=models.PROTECT, **kwargs):
        kwargs["db_constraint"] = kwargs["db_index"] = False
        super().__init__(to, on_delete, **kwargs)


def tenant_of_scope() -> int | None:
    """Return the tenant a new row gets; none outside a scope, where saving it raises."""
    opened = current()
    return opened.tenant if opened else None


class TenantModel(models.Model):
    """A row of one tenant. ``uid`` is what the outside sees; ``id`` stays inside."""

    audience: Audience = ()
    writers: Audience = ()

    tenant = models.ForeignKey(
        settings.TENANCY["tenant"],
        on_delete=models.PROTECT,
        default=tenant_of_scope,
        editable=False,
        related_name="+",
        db_index=False,  # (tenant_id, id) serves it, and keeps a page in order without sorting
    )
    uid = models.UUIDField(default=uuid6.uuid7, editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args, **kwargs):
        """Save inside the row's own tenant only.

        Raises:
            ScopeError: the row belongs to a tenant other than the scope's.

        """
        if self.tenant_id != current_tenant():
            raise ScopeError("This row belongs to another tenant.")
        super().save(*args, **kwargs)


def tenant_manager(queryset: type[TenantQuerySet]) -> TenantManager:
    """Return a tenant manager that offers the adjectives of ``queryset``."""
    return TenantManager.from_queryset(queryset)()
