"""Whether this process lives, and whether it can serve."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import JsonResponse
from redis.exceptions import RedisError


def live(request):
    """Answer 200: the process runs."""
    return JsonResponse({"status": "ok"})


def ready(request):
    """Answer 200 when database and broker answer, otherwise 503 with what is missing."""
    missing = [
        name for name, works in (("database", _database), ("broker", _broker)) if not works()
    ]
    status = {"status": "unavailable", "missing": missing} if missing else {"status": "ok"}
    return JsonResponse(status, status=503 if missing else 200)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker() -> bool:
    try:
        cache.ping()
    except (RedisError, OSError):
        return False
    return True
