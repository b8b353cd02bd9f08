"""A cache in Redis or Valkey that people can do without: sign-in must not wait for it."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
RESPITE = 5  # seconds after a failure in which this process does not ask the server again


class ForgivingRedisCache(RedisCache):
    """While the server is away each process remembers by itself.

    So limits on attempts to sign in still hold, though per process, and nobody meets an error.
    """

    _asked_again_at = 0.0

    def __init__(self, server, params):
        super().__init__(server, params)
        self._instead = LocMemCache(__name__, {})

    def ping(self) -> None:
        """Ask the server itself.

        Raises:
            RedisError: it does not answer.

        """
        self._cache.get_client().ping()

    def _either(self, name: str, *args, **kwargs):
        if time.monotonic() >= self._asked_again_at:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError) as error:
                log.warning("cache unreachable, this process remembers by itself: %s", error)
                ForgivingRedisCache._asked_again_at = time.monotonic() + RESPITE
        return getattr(self._instead, name)(*args, **kwargs)


def _forgiving(name: str):
    """Return the method of that name, on the server or else in this process."""

    def method(self, *args, **kwargs):
        return self._either(name, *args, **kwargs)

    return method


ONE = ("add", "get", "set", "touch", "delete", "has_key", "incr", "clear")
MANY = ("get_many", "set_many", "delete_many")
for _name in (*ONE, *MANY):
    setattr(ForgivingRedisCache, _name, _forgiving(_name))
