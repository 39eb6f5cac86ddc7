"""What a reader of the demo demands of one of its stories, so that a desk has something to answer."""

import secrets
from collections.abc import Iterable

from news.demands import file_demand
from news.models import Article

OFFICE = "73.03"
WORDS = {
    "kind": "hak_jawab",
    "right": "Kami minta ditulis bahwa warga sudah menjalankannya sendiri sejak tahun lalu, sebelum ada bantuan.",
    "name": "Hasna Rekaan",
    "capacity": "ketua paguyuban warga",
    "phone": "0812 0000 0000",
    "email": "",
    "evidence": "",
}
"""With a telephone alone: the demo sends no mail to anybody."""


def add_demands(article_ids: Iterable[int]) -> int:
    """Demand a reply to the newest of these articles that the office of `OFFICE` has published; how many that were."""
    own = Article.objects.published().filter(pk__in=list(article_ids), office__region=OFFICE)
    article = own.newest_first().select_related("live_edition", "office__region__parent").first()
    if article is None:
        return 0
    edition = article.live_edition
    edition.article = article
    file_demand(edition, {**WORDS, "wrong": edition.deck}, form_key=secrets.token_hex(32))
    return 1
