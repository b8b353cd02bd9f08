"""Who is asking: the scope a transaction runs in, told to Python and to PostgreSQL alike."""

import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import uuid6
from django.db import connection, transaction

_current: ContextVar["Scope | None"] = ContextVar("gsp_scope", default=None)


class ScopeError(RuntimeError):
    """A tenant's rows were asked for outside a scope, or in another tenant's scope."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why something is written: kept beside every audited row."""

    actor: int | None = None
    actor_name: str = ""
    via: str = ""
    reason: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Tenant, and the organisation inside it (none for agency staff and workers)."""

    tenant: int | None = None
    organisation: int | None = None
    user: int | None = None
    because: Because = field(default_factory=Because)

    def settings(self) -> dict[str, str]:
        """Return the PostgreSQL settings that carry this scope."""
        return {
            "gsp.tenant": _text(self.tenant),
            "gsp.organisation": _text(self.organisation),
            "gsp.user": _text(self.user),
            "pghistory.context_id": str(uuid6.uuid7()),
            "pghistory.context_metadata": json.dumps(asdict(self.because)),
        }


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def current() -> Scope | None:
    """Return the open scope, or None outside one."""
    return _current.get()


def current_tenant() -> int:
    """Return the open scope's tenant id.

    Raises:
        ScopeError: no scope is open.

    """
    scope_ = _current.get()
    if scope_ is None or scope_.tenant is None:
        raise ScopeError("Rows of a tenant are only reachable inside scope(tenant).")
    return scope_.tenant


def _key(value: Any) -> int | None:
    return getattr(value, "pk", value)


@contextmanager
def scope(tenant, organisation=None, *, because: Because | None = None, user=None):
    """Open a transaction that sees one tenant, and one organisation in it if given.

    ``tenant``, ``organisation`` and ``user`` are instances or ids. PostgreSQL forgets the
    settings at the end of the transaction, so a reused connection carries nothing over.

    Raises:
        ScopeError: another scope is open already.

    """
    wanted = Scope(_key(tenant), _key(organisation), _key(user), because or Because())
    if wanted.tenant is None:
        raise ScopeError("scope() needs a tenant.")
    with _opened(wanted):
        yield wanted


@contextmanager
def own_rows(user):
    """Open a transaction that sees, of every tenant, only the rows naming this user."""
    with _opened(Scope(user=_key(user))):
        yield


@contextmanager
def as_agency():
    """See, for one check, what the agency's staff see, and then no longer.

    For rules whose facts the asking organisation may not read, such as whether a trainee still
    agrees: only yes or no may leave the block. The savepoint takes the wall up again on errors.
    """
    outer = current()
    if outer is None or outer.organisation is None:
        yield
        return
    with transaction.atomic():
        _tell_database({"gsp.organisation": ""})
        token = _current.set(replace(outer, organisation=None))
        try:
            yield
        finally:
            _current.reset(token)
        _tell_database({"gsp.organisation": _text(outer.organisation)})


@contextmanager
def _opened(wanted: Scope):
    outer = _current.get()
    if outer is not None:
        if _walls(outer) == _walls(wanted):
            yield
            return
        raise ScopeError("Another scope is open; close it first.")
    nested = connection.in_atomic_block
    with transaction.atomic():
        _tell_database(wanted.settings())
        token = _current.set(wanted)
        try:
            yield
        finally:
            _current.reset(token)
    if nested:
        # A released savepoint keeps its settings; only a whole transaction forgets them.
        _tell_database(dict.fromkeys(wanted.settings(), ""))


def _walls(scope_: Scope) -> tuple[int | None, ...]:
    return scope_.tenant, scope_.organisation, scope_.user


def _tell_database(settings: dict[str, str]) -> None:
    calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in settings.items() for part in pair])
