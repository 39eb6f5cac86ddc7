"""The verbs that begin an article or a new edition, and the one that saves an edition's content."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.db.models import Max, Model, TextField
from django.utils import timezone
from django.utils.translation import gettext as _

from news.access import may, may_write
from news.digest import is_digest_of
from news.effects import Act
from news.models import (
    Article,
    Contribution,
    Edition,
    EditionAttachment,
    EditionPhoto,
    Mention,
    Quote,
    RelatedPick,
)
from news.refusals import NotNow, StaleVersion
from news.states import LIVE, WORKING, State, Step
from news.workflow import locked, record, void_approval
from offices.appointments import held_by
from offices.models import Office
from offices.roles import NEWSROOM
from offices.scope import roles_over

COPIED_FIELDS = (
    "headline",
    "deck",
    "dateline_place",
    "dateline_on",
    "body",
    "rubric",
    "event",
    "byline",
    "source",
)
COPIED_ROWS = (EditionPhoto, EditionAttachment, Mention, Quote, RelatedPick)
ORDERED_ROWS = (EditionPhoto, EditionAttachment, RelatedPick)
LIBRARY_ROWS = (EditionPhoto, EditionAttachment)


def start_article(office: Office, edition: Edition, *, by: Any, at: datetime | None = None) -> Edition:
    """Store `edition`, not yet saved, as the first of a new article of `office`.

    Raises `PermissionDenied` where `by` does not write there.
    """
    if not roles_over(by, office, _day(office, at)) & NEWSROOM:
        raise PermissionDenied
    with transaction.atomic():
        edition.article = Article.objects.create(office=office, created_at=at or timezone.now())
        edition.number = 1
        return _begin(edition, Step.START, by=by, at=at)


def start_edition(article: Article, *, by: Any, at: datetime | None = None, correction: str = "") -> Edition:
    """Begin a new edition of a published or withdrawn article with the content the public reads now.

    `correction` is its kind where that is known already.

    Raises `PermissionDenied` where it is not theirs, `NotNow` where another edition is being worked on already or
    none is live.
    """
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        if not may(by, Step.CORRECT, Edition(article=article), on=_day(article.office, at)):
            raise PermissionDenied
        live = article.editions.filter(state__in=LIVE).first()
        if live is None:
            raise NotNow(_("Hanya berita yang terbit atau ditarik yang dapat diperbaiki dengan edisi baru."))
        live.article = article
        if article.editions.filter(state__in=WORKING).exists():
            raise NotNow(_("Berita ini sudah mempunyai edisi yang sedang dikerjakan."))
        return _copy(live, by=by, at=at, correction=correction)


def _copy(live: Edition, *, by: Any, at: datetime | None, correction: str) -> Edition:
    latest = live.article.editions.aggregate(Max("number"))["number__max"]
    edition = Edition(article=live.article, number=latest + 1, correction=correction)
    for name in COPIED_FIELDS:
        setattr(edition, name, getattr(live, name))
    _begin(edition, Step.CORRECT, by=by, at=at)
    edition.tags.set(live.tags.all())
    copy_rows(live, edition, COPIED_ROWS)
    carry_writers(live, edition)
    return edition


def copy_rows(source: Edition, target: Edition, models: Iterable[type[Model]]) -> None:
    """Give `target` a row of its own for every row that `source` has of one of `models`."""
    for model in models:
        for row in model.objects.filter(edition=source):
            row.pk, row.edition, row._state.adding = None, target, True
            row.save()


def carry_writers(source: Edition, copy: Edition) -> None:
    """Let whoever wrote `source` count as a writer of its `copy` while nobody has checked it: copying is no check."""
    if source.approved_by_id or source.second_checked_by_id:
        return
    others = source.contributions.exclude(user=copy.started_by)
    Contribution.objects.bulk_create(
        Contribution(edition=copy, user_id=row.user_id, first_at=row.first_at) for row in others
    )


def _begin(edition: Edition, step: Step, *, by: Any, at: datetime | None) -> Edition:
    edition.started_by, edition.started_at = by, at or timezone.now()
    edition.saved_at, edition.state, edition.assigned_to = edition.started_at, State.DRAFT, by
    _refuse_unfit(edition)
    edition.save()
    Contribution.objects.create(edition=edition, user=by, first_at=edition.started_at)
    record(Act(edition, step, by, edition.started_at, at=at), source="")
    return edition


def save_content(edition: Edition, *, by: Any, version: int, at: datetime | None = None) -> Edition:
    """Complete the save of `edition` after its fields, tags and rows have been stored in the same transaction.

    The caller begins that transaction with `locked(edition)`: whoever stores first and locks afterwards meets a step
    that locks in the other order, and PostgreSQL ends one of the two.

    `version` is the one the writer loaded. Records the contributor, orders photos and picks, fills in the positions
    that officials held on the dateline's day, and voids an approval given to other content. Raises `PermissionDenied`,
    `StaleVersion`, `NotNow`, or `ValidationError`; the caller's transaction then takes the stored rows back.
    """
    with transaction.atomic():
        stored = locked(edition)
        on = _day(stored.article.office, at)
        if not may_write(by, stored, on=on):
            _refuse_writing(by, stored, on)
        moment = at or timezone.now()
        newer = Edition.objects.filter(pk=stored.pk, version=version).update(version=version + 1, saved_at=moment)
        if not newer:
            raise StaleVersion
        stored.refresh_from_db(fields=["version", "saved_at"])
        for row in (stored, *stored.photos.all(), *stored.attachments.all(), *stored.quotes.all()):
            _refuse_unfit(row)
        for mention in stored.mentions.select_related("appointment"):
            mention.clean()
        _refuse_foreign_files(stored)
        _settle_rows(stored)
        Contribution.objects.get_or_create(edition=stored, user=by, defaults={"first_at": moment})
        if stored.state == State.APPROVED and not is_digest_of(stored.approved_digest, stored):
            void_approval(stored, by=by, at=at)
    return stored


def _day(office: Office, at: datetime | None) -> date | None:
    """The local day on which roles are judged: that of a backdated act, else None for today."""
    return office.local_day(at) if at else None


def _refuse_unfit(row: Model) -> None:
    """Raise `ValidationError` where a value does not fit its column: SQLite would keep it, PostgreSQL fall over it."""
    columns = row._meta.concrete_fields
    row.clean_fields(exclude=["tags", *(column.name for column in columns if column.is_relation)])
    for column in columns:
        if isinstance(column, TextField) and column.max_length:
            MaxLengthValidator(column.max_length)(getattr(row, column.attname))


def _refuse_writing(by: Any, edition: Edition, on: date | None) -> None:
    """Raise the refusal that fits: not theirs at all, or not in this state."""
    if roles_over(by, edition.article.office, on) & NEWSROOM:
        raise NotNow(
            _("Naskah ini “%(state)s” dan tidak dapat Anda ubah sekarang.") % {"state": edition.get_state_display()}
        )
    raise PermissionDenied


def _refuse_foreign_files(edition: Edition) -> None:
    """Raise `ValidationError` where a photo or a document lies in another office's library."""
    office = edition.article.office_id
    if edition.photos.exclude(photo__office=office).exists():
        raise ValidationError(_("Pilih foto dari pustaka kantor ini sendiri; unggah dahulu bila belum ada."))
    if edition.attachments.exclude(attachment__office=office).exists():
        raise ValidationError(_("Pilih dokumen dari pustaka kantor ini sendiri; unggah dahulu bila belum ada."))


def _settle_rows(edition: Edition) -> None:
    for model in ORDERED_ROWS:
        for position, row in enumerate(model.objects.filter(edition=edition)):
            if row.position != position:
                model.objects.filter(pk=row.pk).update(position=position)
    if edition.dateline_on:
        for mention in edition.mentions.filter(appointment=None).select_related("official"):
            term = held_by(mention.official, edition.dateline_on).first()
            if term:
                Mention.objects.filter(pk=mention.pk).update(appointment=term)
