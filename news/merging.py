"""Merging two tags or two rubrics into one: what it would change, and the verb that does it for good."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from news.digest import digest_of
from news.effects import Act
from news.models import Article, Edition, FormerRubric, FormerTag, ListedTag, Rubric, Tag, TaggedEdition
from news.models.editions import EditionQuerySet
from news.models.keyblocks import EVER_PUBLIC
from news.refusals import NotNow
from news.related.keeping import mark_due_with
from news.search.indexing import mark_stale
from news.states import State, Step
from news.workflow import record as record_step
from offices.models import Kind
from offices.scope import EDIT, in_scope
from offices.trail import record

Topic = Tag | Rubric
BOUND = (State.APPROVED, State.SCHEDULED)
AT_ONCE = 500
SAMPLE = 5


@dataclass(frozen=True)
class Effect:
    """What merging would touch, counted now; `sample` are the newest public articles among it."""

    editions: int
    public: int
    working: int
    approved: int
    doubled: int
    sample: list[Article]


def effect_of(source: Topic, target: Topic) -> Effect:
    carriers = _carriers(source)
    public = Article.objects.published().filter(live_edition__in=carriers.values("pk"))
    newest = public.newest_first().select_related("live_edition", "office")
    return Effect(
        editions=carriers.count(),
        public=public.count(),
        working=carriers.working().count(),
        approved=carriers.filter(state__in=BOUND).count(),
        doubled=carriers.filter(tagged__tag=target).count() if isinstance(target, Tag) else 0,
        sample=list(newest.defer("live_edition__body")[:SAMPLE]),
    )


def merge(source: Topic, target: Topic, *, by: Any) -> int:
    """Let `target` stand wherever `source` stood, and lead the old address to it; returns how many editions changed.

    All or nothing, in one transaction, set by set: neither memory nor the number of statements grows with the archive,
    only with the texts being worked on. An approval stays bound to its text: where the digest held before, it is made
    anew, and a step in the edition's history says so in the name of `by`. Raises `PermissionDenied` where `by` keeps no
    such topics, `NotNow` where it is the same one or somebody begins to use `source` in this very moment.
    """
    if type(source) is not type(target) or not all(in_scope(by, topic, EDIT) for topic in (source, target)):
        raise PermissionDenied
    try:
        with transaction.atomic():
            return _merge(*_locked(source, target), by=by)
    except (ProtectedError, IntegrityError) as error:
        raise NotNow(_("“%(name)s” sedang dipakai orang lain. Coba lagi sebentar lagi.") % {"name": source}) from error


def _locked(source: Topic, target: Topic) -> list[Topic]:
    """Both as they stand now, in no way to hinder a save that only refers to them."""
    if source.pk == target.pk:
        raise NotNow(_("Pilih yang lain sebagai tujuan."))
    rows = type(source).objects.select_for_update(no_key=True).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=(source.pk, target.pk))}
    if len(found) < 2:
        raise NotNow(_("Salah satunya sudah tidak ada; mungkin baru saja disatukan."))
    return [found[source.pk], found[target.pk]]


def _merge(source: Topic, target: Topic, *, by: Any) -> int:
    bound = list(_still_bound(source))
    _note_change(source)
    moved = _move(source, target)
    mark_stale(_shown_with(target))
    if isinstance(target, Tag):
        transaction.on_commit(partial(mark_due_with, target), robust=True)
    note = _("“%(old)s” disatukan ke “%(new)s”.") % {"old": source, "new": target}
    for keys in _batches(bound):
        for edition in Edition.objects.filter(pk__in=keys).select_related("article__office"):
            _bind_again(edition, by, note)
    _remember(source, target)
    record(Kind.MERGED, by=by, thing=target, name=f"{source} → {target}", note=_("%d baris.") % moved)
    source.delete()
    return moved


def _carriers(topic: Topic) -> EditionQuerySet:
    return Edition.objects.filter(tagged__tag=topic) if isinstance(topic, Tag) else Edition.objects.filter(rubric=topic)


def _shown_with(topic: Topic) -> QuerySet[Article]:
    return Article.objects.published().filter(live_edition__in=_carriers(topic).values("pk"))


def _still_bound(source: Topic) -> Iterator[int]:
    """The approved editions with `source` whose digest holds; all being worked on are locked, articles first."""
    working = list(_carriers(source).working().order_by("article").values_list("article", flat=True))
    for keys in _batches(working):
        locked = Article.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        list(locked.values_list("pk", flat=True))
        editions = Edition.objects.select_for_update().filter(article__in=keys, state__in=BOUND).order_by("pk")
        yield from (edition.pk for edition in editions if edition.approved_digest == digest_of(edition))


def _batches(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _note_change(source: Topic) -> None:
    """Whatever shows the old name to readers is about to show another."""
    showing = Article.objects.filter(EVER_PUBLIC, live_edition__in=_carriers(source).values("pk"))
    showing.update(changed_at=timezone.now())


def _move(source: Topic, target: Topic) -> int:
    if isinstance(source, Tag) and isinstance(target, Tag):
        return _move_tag(source, target)
    return _move_rubric(source, target)


def _move_tag(source: Tag, target: Tag) -> int:
    with_both = TaggedEdition.objects.filter(tag=target).values("content_object")
    _move_places(source, target)
    doubled, _by_model = TaggedEdition.objects.filter(tag=source, content_object__in=with_both).delete()
    return doubled + TaggedEdition.objects.filter(tag=source).update(tag=target)


def _move_places(source: Tag, target: Tag) -> None:
    """In the public lists too."""
    under_both = ListedTag.objects.filter(tag=target).values("article")
    ListedTag.objects.filter(tag=source, article__in=under_both).delete()
    ListedTag.objects.filter(tag=source).update(tag=target)


def _move_rubric(source: Topic, target: Topic) -> int:
    Article.objects.filter(rubric=source).update(rubric=target)
    return Edition.objects.filter(rubric=source).update(rubric=target)


def _bind_again(edition: Edition, by: Any, note: str) -> None:
    edition.approved_digest = digest_of(edition)
    edition.save(update_fields=["approved_digest"])
    act = Act(edition, Step.MERGE_TOPIC, by=by, moment=timezone.now(), note=note)
    record_step(act, source=edition.state)


def _remember(source: Topic, target: Topic) -> None:
    """Lead every address that `source` has or had straight to `target`: no chain, and so no circle."""
    former: Any = FormerTag if isinstance(source, Tag) else FormerRubric
    column = "tag" if isinstance(source, Tag) else "rubric"
    former.objects.filter(**{column: source}).update(**{column: target})
    former.objects.update_or_create(slug=source.slug, defaults={"name": source.name, column: target})
    former.objects.filter(slug=target.slug).delete()
