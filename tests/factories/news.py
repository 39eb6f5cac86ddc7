"""Rows of the main floor; states are reached through the workflow's door only."""

import io
from datetime import date, datetime, timedelta

import factory
from django.utils import timezone
from PIL import Image

from news.attachments import add_attachment
from news.library import add_photo
from news.models import Article, Edition, EditionAttachment, EditionPhoto, Event, Mention, Quote, RelatedPick, Rubric
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_article
from offices.models import Membership, Office, User
from offices.roles import Role
from tests.factories.documents import pdf_file
from tests.factories.offices import member, regency_office

BODY = (
    "<p>Paragraf pertama yang cukup panjang.</p><p>Paragraf kedua.</p><p>Paragraf ketiga.</p><p>Paragraf keempat.</p>"
)


class RubricFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rubric
        django_get_or_create = ("slug",)

    name = "Pemerintahan"
    slug = factory.LazyAttribute(lambda o: o.name.lower().replace(" ", "-"))


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Event

    organiser = factory.LazyFunction(regency_office)
    title = factory.Sequence(lambda n: f"Rakornas {n}")
    slug = factory.Sequence(lambda n: f"rakornas-{n}")
    year = factory.LazyAttribute(lambda o: o.starts_at.year)
    place = "Jakarta"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=6))


def picture_file(width: int = 640, height: int = 400, colour: str = "navy") -> io.BytesIO:
    """A small valid JPEG."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "JPEG")
    stream.seek(0)
    return stream


def PhotoFactory(office: Office | None = None, by: User | None = None, **words):
    """A photo taken into the library of `office` through the real verb."""
    office = office or regency_office()
    by = by or someone(Role.WRITER, office)
    return add_photo(picture_file(), office=office, by=by, **{"title": "Foto contoh", **words})


def AttachmentFactory(office: Office | None = None, by: User | None = None, title: str = "Pengumuman"):
    """A PDF taken into the library of `office` through the real verb."""
    office = office or regency_office()
    return add_attachment(pdf_file(), office=office, by=by or someone(Role.WRITER, office), title=title)


def someone(role: Role, office: Office) -> User:
    """The first person who holds `role` at `office`, made where there is none."""
    held = Membership.objects.filter(role=role, office=office).select_related("user").first()
    return held.user if held else member(role, office)


def drafted(
    office: Office | None = None,
    *,
    by: User | None = None,
    at: datetime | None = None,
    tags: tuple[str, ...] = (),
    photos: tuple = (),
    documents: tuple = (),
    officials: tuple = (),
    quotes: tuple[dict, ...] = (),
    picks: tuple = (),
    **fields,
) -> Edition:
    """A complete draft of `office`, written and saved by its writer. Photos get complete words."""
    office = office or regency_office()
    by = by or someone(Role.WRITER, office)
    number = Article.objects.count() + 1
    content = {
        "headline": f"Judul berita nomor {number}",
        "deck": "Ringkasan satu kalimat.",
        "dateline_place": "Bantaeng",
        "dateline_on": date(2026, 11, 1),
        "body": BODY,
        "rubric": RubricFactory(),
        **fields,
    }
    edition = start_article(office, Edition(**content), by=by, at=at)
    edition.tags.set(tags)
    for position, photo in enumerate(photos):
        EditionPhoto.objects.create(
            edition=edition, photo=photo, position=position, caption="Keterangan", credit="Humas", alt="Foto contoh"
        )
    for position, document in enumerate(documents):
        EditionAttachment.objects.create(edition=edition, attachment=document, position=position, title=document.title)
    for official in officials:
        Mention.objects.create(edition=edition, official=official)
    for quote in quotes:
        Quote.objects.create(edition=edition, **quote)
    for position, article in enumerate(picks):
        RelatedPick.objects.create(edition=edition, article=article, position=position)
    return save_content(edition, by=by, version=edition.version, at=at)


def submitted(office: Office | None = None, *, at: datetime | None = None, **fields) -> Edition:
    edition = drafted(office, at=at, **fields)
    take_step(edition, Step.SUBMIT, by=edition.started_by, at=at)
    return _fresh(edition)


def approved(office: Office | None = None, *, at: datetime | None = None, **fields) -> Edition:
    """Approved by an editor of the office who contributed nothing."""
    edition = submitted(office, at=at, **fields)
    take_step(edition, Step.APPROVE, by=someone(Role.EDITOR, edition.article.office), at=at)
    return _fresh(edition)


def scheduled(office: Office | None = None, *, due_at: datetime | None = None, **fields) -> Edition:
    """Approved, and waiting for `due_at`, an hour ahead unless told otherwise."""
    edition = approved(office, **fields)
    editor = someone(Role.EDITOR, edition.article.office)
    take_step(edition, Step.SCHEDULE, by=editor, due_at=due_at or timezone.now() + timedelta(hours=1))
    return _fresh(edition)


def urgent(office: Office | None = None, *, publisher: User | None = None, **fields) -> Edition:
    """Published urgently by an editor who wrote nothing of it, and awaiting its second check."""
    edition = drafted(office, **fields)
    publisher = publisher or someone(Role.EDITOR, edition.article.office)
    take_step(edition, Step.PUBLISH_URGENTLY, by=publisher, note="Peringatan dini banjir.")
    return _fresh(edition)


def published(office: Office | None = None, *, at: datetime | None = None, **fields) -> Edition:
    edition = approved(office, at=at, **fields)
    take_step(edition, Step.PUBLISH, by=someone(Role.EDITOR, edition.article.office), at=at)
    return _fresh(edition)


def withdrawn(office: Office | None = None, *, note: str = "Data keliru.", **fields) -> Edition:
    edition = published(office, **fields)
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note=note)
    return _fresh(edition)


def _fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)
