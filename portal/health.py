"""Answers for machines: the process lives; the database is there and as this version of the code wants it."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process answers; asks no database."""
    return _plain("ok", 200)


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether it may be sent readers: 503 while the database is away or migrations are missing."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return _plain("database unreachable", 503)
    return _plain("migrations missing", 503) if waiting else _plain("ok", 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
