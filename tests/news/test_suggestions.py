"""The suggestions on an article's page in the newsroom: why each is there, picking one, vetoing one."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from news.digest import digest_of
from news.models import Contribution, Edition, RelatedVeto
from news.refusals import NotNow
from news.related.keeping import make_due_lists
from news.related.page import neighbours_of
from news.related.reasons import suggestions_for
from news.related.vetoes import lift_veto, veto
from news.states import State, Step
from news.workflow import take_step
from offices.models import Entry
from offices.roles import Role
from tests.factories import AppointmentFactory, EventFactory, approved, drafted, member, published, regency_office
from tests.factories.news import someone
from tests.news.test_related import headlines, loaded

pytestmark = pytest.mark.django_db


def form_data(edition: Edition, **changes) -> dict:
    """The form of a stored edition as the browser sends it, with `changes`."""
    edition.refresh_from_db()
    names = ("headline", "deck", "dateline_place", "dateline_on", "body", "byline", "source", "version")
    data = {name: getattr(edition, name) for name in names}
    data |= {"rubric": edition.rubric_id, "tags": ", ".join(edition.tags.names()), "event": "", "slug": ""}
    for prefix in ("photos", "mentions", "quotes", "picks"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    picks = list(edition.picks.all())
    for n, pick in enumerate(picks):
        data |= {f"picks-{n}-id": pick.pk, f"picks-{n}-article": pick.article_id, f"picks-{n}-position": pick.position}
    return data | {"picks-TOTAL_FORMS": len(picks), "picks-INITIAL_FORMS": len(picks)} | changes


def page_of(edition: Edition) -> str:
    return reverse("admin:news_article_change", args=[edition.article_id])


def act(client, verb: str, edition: Edition, neighbour: Edition):
    return client.post(
        reverse(f"admin:news_article_{verb}", args=[edition.article_id]), {"neighbour": neighbour.article_id}
    )


@pytest.fixture
def editor(client):
    person = member(Role.EDITOR, regency_office())
    client.force_login(person)
    return person


def test_every_suggestion_says_what_it_has_in_common():
    term, event = AppointmentFactory(), EventFactory(state="published", title="Rakornas Humas")
    rich = published(
        regency_office("73.71"),
        tags=("literasi", "humas"),
        event=event,
        officials=(term.official,),
        headline="Bendungan Karaloe mengairi sawah",
        body="<p>Bendungan Karaloe mulai mengairi sawah petani.</p>",
    )
    plain = published(regency_office("11.01"), headline="Lain", deck="Perkara lain.", body="<p>Perkara berbeda.</p>")
    draft = drafted(
        tags=("literasi", "humas"),
        event=event,
        officials=(term.official,),
        headline="Petani sambut Bendungan Karaloe",
        body="<p>Sawah petani diairi Bendungan Karaloe.</p>",
    )
    why = {row.article.headline: row.why for row in suggestions_for(loaded(draft))}
    assert why[rich.headline].startswith(
        f"Agenda yang sama (Rakornas Humas); pejabat yang sama ({term.official.name}); tag yang sama (humas, literasi);"
        " kata yang sama ("
    )
    assert "karaloe" in why[rich.headline]
    assert why[rich.headline].endswith("provinsi yang sama.")
    assert why[plain.headline] == "Gugus pulau yang sama."


def test_a_suggestion_without_anything_in_common_says_so():
    office = regency_office("11.01")
    office.region.island_group = "Sumatera"
    office.region.save()
    published(office, headline="Lain", deck="Perkara lain.", body="<p>Perkara berbeda.</p>")
    [row] = suggestions_for(loaded(drafted()))
    assert row.why == "Terbit pada waktu yang berdekatan."


def test_the_page_of_a_draft_shows_its_suggestions_with_their_buttons(client, editor):
    other = published(regency_office("73.71"), headline="Panen raya")
    draft = drafted()
    html = client.get(page_of(draft)).content.decode()
    section = html[html.index('id="terkait"') :]
    assert "Panen raya" in section
    assert "provinsi yang sama" in section.lower()
    assert f'name="_pick" value="{other.article_id}"' in section
    assert "Jangan sarankan" in section


def test_where_nothing_else_is_published_the_page_says_so(client, editor):
    assert "Belum ada berita lain yang terbit" in client.get(page_of(drafted())).content.decode()


def test_readers_of_a_draft_see_no_suggestions(client):
    client.force_login(member(Role.AUDITOR, regency_office("00")))
    published(regency_office("73.71"))
    assert 'id="terkait"' not in client.get(page_of(drafted())).content.decode()


def test_picking_saves_the_form_and_adds_the_article_to_the_hand_picked_ones(client, editor):
    first, second = published(regency_office("73.71")), published(regency_office("73.72"))
    draft = drafted(picks=(first.article,))
    data = form_data(draft, headline="Judul yang sedang diketik", _pick=second.article_id)
    response = client.post(page_of(draft), data)
    assert response["Location"] == page_of(draft) + "#terkait"
    draft.refresh_from_db()
    assert draft.headline == "Judul yang sedang diketik"
    assert list(draft.picks.values_list("article", "position")) == [(first.article_id, 0), (second.article_id, 1)]
    assert Contribution.objects.filter(edition=draft, user=editor).exists()
    assert headlines(neighbours_of(loaded(draft)).related) == [first.headline, second.headline]


def test_picking_alone_is_a_contribution_and_voids_an_approval(client, editor):
    other = published(regency_office("73.71"))
    edition = approved()
    client.post(page_of(edition), form_data(edition, _pick=other.article_id))
    edition.refresh_from_db()
    assert edition.state == State.SUBMITTED


@pytest.mark.parametrize("key", ["", "0", "abc", "9" * 30, "1\x00", "²"])
def test_a_button_of_nobodys_making_picks_nothing(client, editor, key):
    draft = drafted()
    assert client.post(page_of(draft), form_data(draft, _pick=key)).status_code in (302, 400)
    assert draft.picks.count() == 0


def test_the_sixth_pick_is_refused_and_the_text_is_kept(client, editor):
    picks = tuple(published(regency_office(f"73.{n}")).article for n in range(11, 16))
    sixth, draft = published(regency_office("73.71")), drafted(picks=picks)
    html = client.get(page_of(draft)).content.decode()
    assert 'name="_pick"' not in html
    assert "Kelima tempat pilihan sudah terisi" in html
    client.post(page_of(draft), form_data(draft, deck="Ringkasan baru.", _pick=sixth.article_id))
    draft.refresh_from_db()
    assert (draft.deck, draft.picks.count()) == ("Ringkasan baru.", 5)


def test_a_veto_takes_effect_on_the_page_at_once_and_is_written_down(client, editor):
    other = published(regency_office("73.71"), headline="Kurang pantas")
    edition = published()
    make_due_lists()
    digest = digest_of(edition)
    assert headlines(neighbours_of(loaded(edition)).related) == ["Kurang pantas"]
    response = act(client, "veto", edition, other)
    assert response["Location"] == page_of(edition) + "#terkait"
    assert neighbours_of(loaded(edition)).related == []
    assert digest_of(edition) == digest
    entry = Entry.objects.latest("pk")
    assert (entry.actor, entry.office, entry.thing_name) == (editor, edition.article.office, edition.headline)
    assert entry.note == f"saran terkait ditolak: artikel {other.article_id}"
    make_due_lists()
    assert neighbours_of(loaded(edition)).related == []


def test_a_veto_can_be_undone(client, editor):
    other = published(regency_office("73.71"), headline="Ternyata pantas")
    edition = published()
    act(client, "veto", edition, other)
    html = client.get(page_of(edition)).content.decode()
    assert html.index("Ditolak</h3>") < html.index("Ternyata pantas") < html.index("Pulihkan")
    act(client, "unveto", edition, other)
    assert headlines(neighbours_of(loaded(edition)).related) == ["Ternyata pantas"]
    assert Entry.objects.latest("pk").note == f"saran terkait dipulihkan: artikel {other.article_id}"


def test_a_veto_outlives_the_edition_and_holds_one_way_only():
    other, edition = published(regency_office("73.71")), published()
    veto(edition.article, other.article_id, by=someone(Role.EDITOR, edition.article.office))
    veto(edition.article, other.article_id, by=someone(Role.EDITOR, edition.article.office))
    make_due_lists()
    assert RelatedVeto.objects.count() == 1
    assert neighbours_of(loaded(edition)).related == []
    assert headlines(neighbours_of(loaded(other)).related) == [edition.headline]


def test_an_own_pick_stands_though_it_was_vetoed_as_a_suggestion():
    other = published(regency_office("73.71"))
    edition = published(picks=(other.article,))
    veto(edition.article, other.article_id, by=someone(Role.EDITOR, edition.article.office))
    assert headlines(neighbours_of(loaded(edition)).related) == [other.headline]


def test_what_is_withdrawn_is_not_named_among_the_vetoed(client, editor):
    other, edition = published(regency_office("73.71"), headline="Akan ditarik"), published()
    act(client, "veto", edition, other)
    take_step(other, Step.WITHDRAW, by=someone(Role.MANAGER, other.article.office), note="Keliru.")
    assert "Akan ditarik" not in client.get(page_of(edition)).content.decode()


def test_only_editors_of_the_office_veto_and_only_what_is_public():
    other, edition = published(regency_office("73.71")), published()
    for person in (someone(Role.WRITER, edition.article.office), someone(Role.EDITOR, other.article.office)):
        for verb in (veto, lift_veto):
            with pytest.raises(PermissionDenied):
                verb(edition.article, other.article_id, by=person)
    editor = someone(Role.EDITOR, edition.article.office)
    for key in (drafted().article_id, edition.article_id, 999_999_999):
        with pytest.raises(NotNow):
            veto(edition.article, key, by=editor)
    assert RelatedVeto.objects.count() == 0


def test_there_is_an_end_to_vetoes(monkeypatch):
    monkeypatch.setattr("news.related.vetoes.MOST_VETOES", 1)
    edition, editor = published(), someone(Role.EDITOR, regency_office())
    veto(edition.article, published(regency_office("73.71")).article_id, by=editor)
    with pytest.raises(NotNow):
        veto(edition.article, published(regency_office("73.72")).article_id, by=editor)


@pytest.mark.parametrize("rows", [2, 4])
def test_suggestions_cost_the_same_however_many_there_are(rows, django_assert_num_queries):
    for n in range(rows):
        published(regency_office(f"73.{n + 11}"), at=timezone.now())
    edition = loaded(drafted(tags=("humas",)))
    with django_assert_num_queries(19):
        assert len(suggestions_for(edition)) == rows
