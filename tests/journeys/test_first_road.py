"""The first road of a story: written, returned, written again, approved, published and corrected."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from news.models import Article, Edition, EditionPhoto, Mention, Quote
from news.refusals import NotComplete, NotNow
from news.states import Step
from news.workflow import steps_open_to, take_step
from news.writing import save_content, start_article, start_edition
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    OfficialFactory,
    PhotoFactory,
    PositionFactory,
    RubricFactory,
    member,
    published,
    regency_office,
)

pytestmark = pytest.mark.django_db

FIRST_BODY = "<p>Jakarta — Kepala dinas menerima pin dari Dirjen IKP.</p>"


class Newsroom:
    """One office's desk: the verbs as its people use them, and what the public reads meanwhile."""

    def __init__(self):
        self.office = regency_office("73.03")
        self.writer = member(Role.WRITER, self.office, name="Penulis")
        self.editor = member(Role.EDITOR, self.office, name="Redaktur")
        self.edition = None

    def start(self, **fields):
        self.edition = start_article(self.office, Edition(**fields), by=self.writer)

    def save(self, by, **fields):
        with transaction.atomic():
            Edition.objects.filter(pk=self.edition.pk).update(**fields)
            self.edition = save_content(self.edition, by=by, version=self.edition.version)

    def take(self, step, by, note=""):
        take_step(self.edition, step, by=by, note=note, version=self.edition.version)
        self.edition = Edition.objects.select_related("article__office__region__parent").get(pk=self.edition.pk)

    def public_headlines(self):
        return [article.headline for article in Article.objects.published().newest_first()]


def test_the_story_of_a_pin_from_the_first_draft_to_its_correction():
    elsewhere = published(regency_office("74.01"), headline="Berita dari wilayah lain").article
    desk = Newsroom()

    # The writer drafts; what is missing is said before anything moves.
    desk.start(headline="Kadis Kominfo Terima Pin Dirjen IKP")
    with pytest.raises(NotComplete) as refusal:
        desk.take(Step.SUBMIT, desk.writer)
    assert len(refusal.value.problems) == 4
    desk.save(
        desk.writer,
        deck="Rakornas di Jakarta.",
        dateline_place="Jakarta",
        dateline_on="2019-12-11",
        body=FIRST_BODY,
        rubric=RubricFactory(),
    )
    with pytest.raises(PermissionDenied):
        desk.take(Step.PUBLISH, desk.writer)
    desk.take(Step.SUBMIT, desk.writer)
    assert desk.public_headlines() == ["Berita dari wilayah lain"]

    # The editor returns it, and must say why.
    with pytest.raises(NotNow):
        desk.take(Step.REQUEST_CHANGES, desk.editor)
    desk.take(Step.REQUEST_CHANGES, desk.editor, "Tambahkan kutipan dan foto.")
    assert desk.edition.transitions.last().note == "Tambahkan kutipan dan foto."

    # The writer adds the quote, the photo, the official, the tags and two links, and sends it again.
    head = AppointmentFactory(
        official=OfficialFactory(name="Syahrul Bayan", known_as="SBY"),
        position=PositionFactory(office=desk.office, title="Kepala Dinas"),
        held_from="2019-06-01",
    )
    Quote.objects.create(edition=desk.edition, number=1, text="Bukan hanya mengirim, tetapi sampai.", speaker=head)
    Mention.objects.create(edition=desk.edition, official=head.official)
    EditionPhoto.objects.create(
        edition=desk.edition, photo=PhotoFactory(desk.office), caption="Pin.", credit="Humas", alt="Dua orang."
    )
    desk.edition.tags.set(["rakornas", "IKP"])
    inline = f'<div class="baca-juga" data-article="{elsewhere.pk}"></div>'
    desk.save(desk.writer, body=f'{FIRST_BODY}<div class="kutipan" data-quote="1"></div>{inline}<p>Selesai.</p>')
    assert desk.edition.mentions.get().appointment == head
    desk.take(Step.SUBMIT, desk.writer)
    assert steps_open_to(desk.writer, desk.edition) == [Step.RECALL]
    assert desk.public_headlines() == ["Berita dari wilayah lain"]

    # Somebody else approves; only then can it be published.
    desk.take(Step.APPROVE, desk.editor)
    assert desk.public_headlines() == ["Berita dari wilayah lain"]
    desk.take(Step.PUBLISH, desk.editor)
    first = desk.edition
    assert desk.public_headlines() == ["Kadis Kominfo Terima Pin Dirjen IKP", "Berita dari wilayah lain"]
    assert first.article.slug == "kadis-kominfo-terima-pin-dirjen-ikp"

    # What is published is closed; a correction is an edition of its own, which needs other eyes again.
    with pytest.raises(NotNow):
        desk.save(desk.writer, headline="Diubah diam-diam")
    desk.edition = start_edition(first.article, by=desk.editor)
    with pytest.raises(NotComplete):
        desk.take(Step.SUBMIT, desk.editor)
    desk.save(
        desk.editor,
        headline="Kadis Kominfo Bantaeng Terima Pin Dirjen IKP",
        correction="ralat",
        correction_note="Nama kabupaten ditambahkan.",
    )
    desk.take(Step.SUBMIT, desk.editor)
    with pytest.raises(PermissionDenied):
        desk.take(Step.APPROVE, desk.editor)
    desk.take(Step.APPROVE, member(Role.EDITOR, desk.office))
    assert desk.public_headlines()[0] == "Kadis Kominfo Terima Pin Dirjen IKP"
    desk.take(Step.PUBLISH, desk.editor)

    # The public reads the correction at the old address; the first edition is kept as it was.
    article = Article.objects.get(pk=first.article_id)
    assert desk.public_headlines() == ["Kadis Kominfo Bantaeng Terima Pin Dirjen IKP", "Berita dari wilayah lain"]
    assert article.get_absolute_url() == first.article.get_absolute_url()
    assert article.first_published_at == first.article.first_published_at
    first.refresh_from_db()
    assert (first.state, first.headline) == ("superseded", "Kadis Kominfo Terima Pin Dirjen IKP")
    assert [row.step for row in article.transitions.all()] == [
        *("start", "submit", "request_changes", "submit", "approve", "publish"),
        *("correct", "submit", "approve", "supersede", "publish"),
    ]
