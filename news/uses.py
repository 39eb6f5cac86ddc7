"""Where a file of an office's library is used: in how many articles, and in which editions."""

from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from news.models import Edition
from news.states import LIVE, WORKING, PublicState
from offices.scope import rows_in_scope

MOST_USES = 200


def with_use_counts(files: QuerySet, user: Any) -> QuerySet:
    """`files` with `uses_count`, the articles in the scope of `user` that use each; `live_count`, the public ones."""
    rows = files.model.uses.rel.related_model.objects
    field = files.model.uses.field.name
    readable = rows.filter(**{field: OuterRef("pk")}, edition__in=rows_in_scope(user, Edition.objects.all()))
    live = readable.filter(_live("edition__article__"), edition=F("edition__article__live_edition"))
    return files.annotate(uses_count=_articles(readable, field), live_count=_articles(live, field))


def _live(prefix: str) -> Q:
    return Q(**{f"{prefix}public_state": PublicState.LIVE})


def _articles(rows: QuerySet, field: str) -> Coalesce:
    counted = rows.order_by().values(field).annotate(n=Count("edition__article", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def editions_using(file: Any, user: Any) -> QuerySet[Edition]:
    """The editions in the scope of `user` that use `file`: live ones first, then those being worked on, then others."""
    order = Case(When(state__in=LIVE, then=0), When(state__in=WORKING, then=1), default=2)
    used = file.uses.values("edition")
    found = rows_in_scope(user, Edition.objects.all()).filter(pk__in=used).defer("body")
    return found.select_related("article__office__region__parent").order_by(order, "-saved_at", "-pk")[:MOST_USES]
