"""What people type, without the invisible signs that would turn it, or what stands beside it, around."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from news.comments import comment_on
from news.html import clean_body
from news.models import Edition
from news.models.fields import NO_NUL
from news.sharelinks import share
from news.states import Step
from news.workflow import take_step
from offices.models.typed import TURNING, Typed
from offices.roles import Role
from tests.factories import drafted, regency_office, submitted
from tests.factories.news import someone
from tests.news.test_article_admin import content, signed_in

pytestmark = pytest.mark.django_db

SIGNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def turned(text):
    return f"\u202e{text}{SIGNS}"


def test_an_article_keeps_none_of_them(client):
    signed_in(client)
    plain = {"headline": "Bupati hadir", "deck": "Ringkasan.", "dateline_place": "Jakarta", "byline": "Humas"}
    typed = {name: turned(text) for name, text in plain.items()}
    body = f"<p>{turned('Isi.')}</p>"
    more = {"body": body, "tags": turned("rakornas"), "office": regency_office().pk}
    client.post(reverse("admin:news_article_add"), content(**typed, **more))

    edition = Edition.objects.get()
    assert {name: getattr(edition, name) for name in plain} == plain
    assert (edition.body, [tag.name for tag in edition.tags.all()]) == ("<p>Isi.</p>", ["rakornas"])


def test_a_headline_of_nothing_else_is_none(client):
    signed_in(client)
    page = client.post(reverse("admin:news_article_add"), content(headline=SIGNS, office=regency_office().pk))
    assert list(page.context["adminform"].form.errors) == ["headline"]
    assert not Edition.objects.exists()


def test_neither_do_reasons_comments_and_links():
    edition = submitted()
    editor = someone(Role.EDITOR, edition.article.office)
    link, _token = share(edition, by=editor, checker=turned("dr. Ratna"))
    comment = comment_on(edition, turned("Tolong diperiksa."), by=editor)
    step = take_step(edition, Step.REQUEST_CHANGES, by=editor, note=turned("Kurang sumber."))

    for row in (link, comment, step):
        row.refresh_from_db()
    assert (link.checker, comment.text, step.note) == ("dr. Ratna", "Tolong diperiksa.", "Kurang sumber.")


def test_names_and_telephones_of_an_office_keep_none():
    office = drafted().article.office
    office.official_name, office.phone = turned("Dinas Kominfo"), "\u202a+62 411 000\u202c"
    office.full_clean()
    assert (office.official_name, office.phone) == ("Dinas Kominfo", "+62 411 000")
    office.official_name = SIGNS
    with pytest.raises(ValidationError):
        office.full_clean()


def test_signs_that_only_say_how_a_word_is_read_stay():
    assert clean_body("<p>\u200fالله\u200f Nya</p>") == "<p>\u200fالله\u200f Nya</p>"


def test_every_text_that_people_type_is_such_a_column():
    typed = [
        field for model in apps.get_models() for field in model._meta.concrete_fields if NO_NUL in field.validators
    ]
    assert len(typed) > 20
    assert [str(column) for column in typed if not isinstance(column, Typed)] == []
    assert len(TURNING.findall(SIGNS)) == len(SIGNS)
