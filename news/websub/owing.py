"""What is owed to hubs when an article changes for the public: a word about every feed that it stands in."""

from collections.abc import Iterator

from django.conf import settings

from news.feeds.addresses import feed_address
from news.models import Article, Edition, Mention, Ping, Tag
from news.queries import Filters
from news.states import State
from offices.models import Official


def owe_pings(article: Article) -> None:
    """Owe every hub a word about the feeds of `article`, and of the edition that its live one replaced.

    Call it in the transaction that changes what the public reads; without hubs it does nothing.
    """
    if not settings.WEBSUB_HUBS:
        return
    feeds = dict.fromkeys(feed_address(filters) for filters in _concerned(article))
    Ping.objects.bulk_create(
        Ping(hub=hub, feed=feed, office_id=article.office_id, article=article)
        for hub in settings.WEBSUB_HUBS
        for feed in feeds
    )


def _concerned(article: Article) -> Iterator[Filters]:
    """What narrows news to lists with `article` in them; an event that was never announced has no feed to name."""
    replaced = article.editions.filter(state=State.SUPERSEDED).order_by("-number")
    editions = Edition.objects.filter(pk__in=[article.live_edition_id, *replaced.values_list("pk", flat=True)[:1]])
    yield Filters()
    yield Filters(office=article.office)
    if article.province:
        yield Filters(province=article.province)
    for edition in editions.select_related("rubric", "event"):
        yield Filters(rubric=edition.rubric)
        if edition.event and edition.event.is_public:
            yield Filters(event=edition.event)
    for tag in Tag.objects.filter(tagged__content_object__in=editions).distinct():
        yield Filters(tag=tag)
    named = Mention.objects.filter(edition__in=editions).values("official")
    for official in Official.objects.filter(pk__in=named):
        yield Filters(official=official)
