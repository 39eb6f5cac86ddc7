"""The verbs that keep what somebody types until it is saved, and give it back to nobody else."""

import json
import re
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Edition, UnsavedText
from news.models.unsaved import LONGEST_CONTENT
from news.refusals import NotNow

KEPT_FOR = timedelta(days=30)
MOST_KEPT = 20
KEY = re.compile(r"[A-Za-z0-9_-]{8,40}")
NOT_TYPED = re.compile(r"_|csrfmiddlewaretoken$")


class TooLong(NotNow):
    """More than one form can hold."""


def keep(by: Any, key: str, typed: Any, edition: Edition | None = None) -> UnsavedText:
    """Keep `typed`, pairs of names and values, for `by` under the `key` of its form, in place of what was kept before.

    Records no contribution and changes nothing of `edition`. Raises `NotNow` where it is no form's, `TooLong`.
    """
    if not is_key(key) or not _are_pairs(typed):
        raise NotNow(_("Isian ini tidak dapat disimpan sementara."))
    content = json.dumps([pair for pair in typed if not NOT_TYPED.match(pair[0])])
    if len(content) > LONGEST_CONTENT:
        raise TooLong(_("Tulisan ini terlalu panjang untuk disimpan sementara; simpanlah naskahnya."))
    with transaction.atomic():
        row, new = UnsavedText.objects.update_or_create(
            user=by, key=key, defaults={"edition": edition, "content": content, "kept_at": timezone.now()}
        )
        if new:
            sweep()
            _forget_the_oldest(by)
    return row


def typed_in(row: UnsavedText) -> dict[str, str]:
    """The kept names and values; what no page can show becomes a question mark."""
    return {name: value.encode(errors="replace").decode() for name, value in json.loads(row.content)}


def is_key(text: str) -> bool:
    """Whether `text` can be the key of a form."""
    return bool(KEY.fullmatch(text))


def kept_under(by: Any, key: str) -> QuerySet[UnsavedText]:
    """What `by` kept under `key`; nothing for what is no key, such as a NUL, which PostgreSQL cannot even compare."""
    rows = UnsavedText.objects.written_by(by)
    return rows.filter(key=key) if is_key(key) else rows.none()


def forget(by: Any, key: str) -> int:
    """Delete what `by` kept under `key`, as after a save; how many rows that were."""
    return kept_under(by, key).delete()[0]


def sweep() -> int:
    """Delete what nobody came back for in thirty days."""
    return UnsavedText.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _forget_the_oldest(by: Any) -> None:
    kept = UnsavedText.objects.written_by(by).order_by("-kept_at", "-pk").values_list("pk", flat=True)
    UnsavedText.objects.filter(pk__in=list(kept[MOST_KEPT:])).delete()


def _are_pairs(typed: Any) -> bool:
    return isinstance(typed, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair) for pair in typed
    )
