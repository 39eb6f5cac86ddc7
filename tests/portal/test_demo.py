"""The demo: its content holds together, loads through the real verbs, and loads only once."""

import json
import shutil
import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from news.html import blocks_of
from news.models import Article, Contribution, Demand, Edition, Event, Mention, Photo, Quote, Transition
from news.public_files import public_names
from news.states import State, Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.models import Membership, Office, Official, Region, User
from offices.models.officials import held_on
from offices.roles import Role
from portal.demo.accounts import PASSWORD, SHOWN
from portal.demo.content import DATA, BadContent, read_content
from portal.demo.load import load
from portal.demo.references import links, problems
from portal.demo.shelves import offices_of, shelves_of
from portal.management.commands import load_demo

RAKORNAS = "bantaeng-rakornas-2019"
REAL_PEOPLE = {"Syahrul Bayan", "Widodo Muktiyo"}
INVENTED = {"Rekaan", "Contoh", "Teladan", "Misal", "Fiktif"}
TINY = (400, 320)


@pytest.fixture(scope="module")
def content():
    return read_content()


@pytest.fixture(scope="module")
def light(content):
    """The content with the pictures of a few stories only: drawing and encoding them is what takes long."""
    stories = (s if s.published or s.state != State.PUBLISHED else replace(s, photo=None) for s in content.stories)
    return replace(content, stories=tuple(stories))


@pytest.fixture(scope="class")
def loaded(light, django_db_setup, django_db_blocker):
    """The whole demo, committed as the command commits it and taken away again after the class."""
    with django_db_blocker.unblock():
        yield load(light, picture_size=TINY)
        call_command("flush", interactive=False, verbosity=0)


def again(content, **options):
    """A later run; inside a test's transaction it must stay on the test's connection."""
    return load(content, **{"picture_size": TINY, "threads": 0, **options})


def excerpt(content, *keys):
    """Of the stories only `keys`, with those they lead to; of the events only theirs."""
    stories = {story.key: story for story in content.stories}
    wanted, queue = {}, list(keys)
    while queue:
        story = wanted[key] = stories[key := queue.pop()]
        queue.extend(set(links(story)) - wanted.keys())
    events = {story.event for story in wanted.values()}
    return replace(
        content,
        stories=tuple(wanted.values()),
        events=tuple(event for event in content.events if event.key in events),
    )


def counts():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def everything():
    """Every stored value of every row."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


def edition_of(content, key):
    article = shelves_of(content, offices_of(content)).articles[key]
    return Edition.objects.with_content().select_related("article").get(article=article)


class TestContent:
    def test_every_reference_leads_somewhere(self, content):
        assert list(problems(content)) == []

    def test_its_links_hold_on_a_later_day_too(self, content):
        assert list(problems(content, timezone.now() + timedelta(days=400))) == []

    def test_nothing_is_wrong_at_any_hour_in_any_zone(self, content):
        """From 15 to 17 o'clock UTC it is tomorrow in the east of the country and today in its west."""
        hours = [datetime(2026, 11, 26, hour, 20, tzinfo=UTC) for hour in range(24)]
        assert [hour for hour in hours if list(problems(content, hour))] == []

    def test_at_least_sixty_stories_come_from_thirty_offices(self, content):
        assert len(content.stories) >= 60
        assert len({story.office for story in content.stories}) >= 30

    def test_no_two_keys_are_told_apart_by_their_headline_alone(self, content):
        assert len({story.headline for story in content.stories}) == len(content.stories)

    def test_every_state_that_a_newsroom_meets_is_there(self, content):
        assert {story.state for story in content.stories} == {
            State.DRAFT,
            State.SUBMITTED,
            State.CHANGES_REQUESTED,
            State.APPROVED,
            State.SCHEDULED,
            State.PUBLISHED,
        }
        assert [story.key for story in content.stories if story.urgent]

    def test_everybody_but_two_is_visibly_invented(self, content):
        names = [person.name for person in (*content.officials, *content.staff)]
        names += [story.byline for story in content.stories if story.byline]
        assert {name for name in names if name.split()[-1] not in INVENTED} == REAL_PEOPLE

    def test_the_accounts_use_a_reserved_domain(self, content):
        assert {person.email.rpartition("@")[2] for person in content.staff} <= {"example.id", "example.org"}

    def test_the_accounts_that_are_told_of_hold_every_role(self, content):
        shown = content.staff[:SHOWN]
        assert {person.role for person in shown} == set(Role)
        assert len({person.office for person in shown if person.role == Role.EDITOR}) == 2

    def test_every_picture_has_its_words(self, content):
        photos = [story.photo for story in content.stories if story.photo]
        assert [photo for photo in photos if not (photo.caption and photo.alt and photo.credit)] == []


class TestFaults:
    @pytest.fixture
    def folder(self, tmp_path):
        return shutil.copytree(DATA, tmp_path / "data")

    def change(self, folder, old, new):
        path = folder / "stories_rakornas.toml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ('office = "73.03"', 'office = "73.99"', "kantor “73.99” tidak dikenal"),
            ('rubric = "pemerintahan"', 'rubric = "gosip"', "rubrik “gosip” tidak dikenal"),
            ('"syahrul-bayan", ', '"siapa", ', "pejabat “siapa” tidak dikenal"),
            ('event = "rakornas-2019"', 'event = "rakornas-2018"', "agenda “rakornas-2018” tidak dikenal"),
            ('state = "published"', 'state = "withdrawn"', "status “withdrawn” tidak dikenal"),
            (
                'published = "2019-12-11T16:20"',
                'published = "Rabu"',
                "published, atau days_ago dan time, tidak terbaca",
            ),
            ("{{kutipan:2}}", "{{kutipan:9}}", "kutipan “9” tidak dikenal"),
            ('motif = "toraja"', 'motif = "kotak"', "motif “kotak” tidak dikenal"),
            ("{{baca:surabaya-ruang-redaksi-bersama-2019}}", "{{baca:entah}}", "berita “entah” tidak dikenal"),
            ("deck =", "dek =", "dek tidak dikenal"),
        ],
    )
    def test_a_fault_is_told_with_its_file_and_key(self, folder, old, new, sentence):
        self.change(folder, old, new)
        with pytest.raises(BadContent) as refusal:
            read_content(folder)
        (problem,) = refusal.value.problems
        assert problem.startswith(f"stories_rakornas.toml, {RAKORNAS}: {sentence}")

    def test_a_link_to_what_is_not_yet_public_is_refused(self, folder):
        self.change(folder, 'published = "2019-12-11T16:20"', 'published = "2019-12-01T08:00"')
        with pytest.raises(BadContent, match="belum terbit ketika berita ini ditulis"):
            read_content(folder)

    def test_broken_toml_names_its_file(self, folder):
        (folder / "rubrics.toml").write_text("[[rubric]\n")
        with pytest.raises(BadContent, match=r"rubrics\.toml: bukan TOML yang sah"):
            read_content(folder)


@pytest.mark.django_db
class TestLoaded:
    @pytest.fixture
    def rakornas(self, light, loaded):
        return edition_of(light, RAKORNAS)

    def test_everything_was_loaded(self, light, loaded):
        assert loaded.failures == {}
        assert Article.objects.count() == len(light.stories)
        assert Event.objects.count() == len(light.events)
        assert Official.objects.count() == len(light.officials)
        assert (Region.objects.count(), Office.objects.count()) == (553, 553)

    def test_every_story_stands_in_its_state(self, light, loaded):
        articles = shelves_of(light, offices_of(light)).articles
        states = dict(Edition.objects.values_list("article", "state"))
        assert {s.key: states[articles[s.key]] for s in light.stories} == {s.key: s.state for s in light.stories}

    def test_the_published_ones_are_public_with_their_pictures(self, light, loaded):
        published = [story for story in light.stories if story.state == State.PUBLISHED]
        assert Article.objects.published().count() == len(published)
        shown = Photo.objects.filter(uses__edition__article__in=Article.objects.published())
        assert shown.count() == sum(story.photo is not None for story in published)
        assert [name for photo in shown for name in public_names(photo) if not default_storage.exists(name)] == []

    def test_pictures_of_unpublished_stories_stay_private(self, loaded):
        hidden = Photo.objects.exclude(uses__edition__article__in=Article.objects.published())
        assert hidden
        assert [name for photo in hidden for name in public_names(photo) if default_storage.exists(name)] == []

    def test_a_desk_has_a_reader_to_answer_and_no_letter_leaves(self, loaded):
        demand = Demand.objects.get()
        assert (demand.state, demand.article.office.region_id, demand.email) == ("open", "73.03", "")

    def test_every_island_group_publishes(self, loaded):
        groups = Article.objects.published().values_list("office__region__island_group", flat=True)
        assert set(groups) >= {
            "Sumatera",
            "Jawa",
            "Bali dan Nusa Tenggara",
            "Kalimantan",
            "Sulawesi",
            "Maluku",
            "Papua",
        }

    def test_every_step_is_backdated_and_none_lies_ahead(self, loaded):
        assert not Transition.objects.filter(backdated=False).exists()
        assert not Transition.objects.filter(at__gt=timezone.now()).exists()

    def test_every_history_runs_forward(self, loaded):
        histories = {}
        for article, at in Transition.objects.order_by("pk").values_list("article", "at"):
            histories.setdefault(article, []).append(at)
        assert all(history == sorted(history) for history in histories.values())

    def test_nobody_approved_what_they_wrote(self, loaded):
        approvals = set(Edition.objects.exclude(approved_by=None).values_list("pk", "approved_by"))
        assert approvals
        assert not approvals & set(Contribution.objects.values_list("edition", "user"))

    def test_every_speaker_held_a_position_on_the_day(self, loaded):
        quotes = Quote.objects.filter(attribution="").select_related("edition", "speaker")
        assert quotes
        assert [
            quote
            for quote in quotes
            if not type(quote.speaker).objects.filter(held_on(quote.edition.dateline_on), pk=quote.speaker_id).exists()
        ] == []
        assert not Mention.objects.filter(appointment=None).exists()

    def test_stand_ins_are_visibly_invented_and_cannot_sign_in(self, light, loaded):
        others = User.objects.exclude(username__in=[person.username for person in light.staff])
        assert others
        assert {word for user in others for word in user.name.split()[1:2]} == {"Contoh"}
        assert not any(user.has_usable_password() for user in others)

    def test_staff_can_sign_in_and_hold_the_role_they_were_given(self, light, loaded):
        for person in light.staff[:SHOWN]:
            user = User.objects.get(username=person.username)
            assert user.check_password(PASSWORD)
            assert [(m.role, m.office.region_id) for m in user.current_memberships] == [(person.role, person.office)]

    # The story that the project grew from.

    def test_rakornas_is_live_under_its_own_day(self, rakornas):
        article = Article.objects.published().get(pk=rakornas.article_id)
        assert article.live_edition_id == rakornas.pk
        assert article.published_on == date(2019, 12, 11)
        assert article.office.slug == "kab-bantaeng"

    def test_rakornas_has_its_dateline_and_event(self, rakornas):
        assert (rakornas.dateline_place, rakornas.dateline_on) == ("Jakarta", date(2019, 12, 11))
        assert rakornas.event.time_label == "Rabu, 11 Desember 2019, 08.00–17.00 WIB"
        assert rakornas.event.is_public

    def test_the_quotes_of_rakornas_are_retold_and_name_who_spoke(self, rakornas):
        quotes = [(quote.is_retold, quote.speaker.official.name) for quote in rakornas.quotes.all()]
        assert quotes == [(True, "Widodo Muktiyo"), (True, "Syahrul Bayan")]

    def test_the_people_of_rakornas_are_mentioned_with_the_position_of_that_day(self, rakornas):
        held = {mention.official.name: (mention.title_as_held, mention.place) for mention in rakornas.mentions.all()}
        assert held == {
            "Syahrul Bayan": (
                "Kepala Dinas Komunikasi, Informatika, Statistik dan Persandian",
                "Kabupaten Bantaeng",
            ),
            "Widodo Muktiyo": ("Direktur Jenderal Informasi dan Komunikasi Publik", "Indonesia"),
        }
        assert Official.objects.get(name="Syahrul Bayan").known_as == "SBY"

    def test_rakornas_leads_to_two_earlier_stories_of_other_regions(self, rakornas):
        targets = [block.article for block in blocks_of(rakornas.body) if block.article]
        stories = Article.objects.published().filter(pk__in=targets)
        assert len(targets) == stories.count() == 2
        assert all(story.published_on <= rakornas.dateline_on for story in stories)
        assert not stories.filter(office=rakornas.article.office).exists()

    def test_the_placeholders_of_rakornas_hold_its_quotes(self, rakornas):
        assert [block.quote for block in blocks_of(rakornas.body) if block.quote] == [1, 2]

    def test_rakornas_has_one_captioned_photo(self, rakornas):
        (row,) = rakornas.photos.all()
        assert row.caption
        assert row.credit
        assert row.alt

    # Once more.

    def test_a_second_run_adds_and_changes_nothing(self, light, loaded):
        before = everything()
        assert set(again(light).added.values()) == {0}
        assert everything() == before

    def test_a_run_on_a_later_day_adds_nothing(self, light, loaded):
        before = everything()
        again(light, now=timezone.now() + timedelta(days=9, hours=5))
        assert everything() == before

    def test_what_people_edited_is_known_again_and_kept(self, light, loaded):
        draft = next(story for story in light.stories if story.state == State.DRAFT)
        rejected = next(story for story in light.stories if story.state == State.CHANGES_REQUESTED)
        self.rewrite(edition_of(light, draft.key))
        self.correct(edition_of(light, RAKORNAS))
        self.discard(edition_of(light, rejected.key))
        before = everything()
        assert again(light).failures == {}
        assert everything() == before

    def editor_of(self, edition):
        return User.objects.filter(memberships__office=edition.article.office, username__startswith="redaktur.").first()

    def rewrite(self, edition):
        Article.objects.filter(pk=edition.article_id).update(slug="alamat-pilihan-sendiri")
        edition.headline = "Judul yang sama sekali lain"
        edition.save()
        save_content(edition, by=self.editor_of(edition), version=edition.version)

    def correct(self, edition):
        start_edition(edition.article, by=User.objects.get(username="redaktur.bantaeng"))

    def discard(self, edition):
        take_step(edition, Step.DISCARD, by=self.editor_of(edition))

    def test_a_changed_password_and_an_ended_membership_stay(self, light, loaded):
        user = User.objects.get(username="penulis.bantaeng")
        user.set_password("rahasia saya sendiri")
        user.save()
        Membership.objects.filter(user=user).update(ends_on=timezone.localdate())
        again(light)
        assert User.objects.get(pk=user.pk).check_password("rahasia saya sendiri")
        assert not User.objects.get(pk=user.pk).is_staff

    def test_lost_public_pictures_come_back(self, light, loaded):
        photo = Photo.objects.filter(uses__edition__article__in=Article.objects.published()).first()
        for name in public_names(photo):
            default_storage.delete(name)
        again(light)
        assert all(default_storage.exists(name) for name in public_names(photo))

    def test_the_command_tells_where_and_who(self, light, loaded, tmp_path, monkeypatch):
        monkeypatch.setenv("PORT", "8123")
        said, path = StringIO(), tmp_path / "var" / "accounts.json"
        call_command("load_demo", accounts=path, stdout=said)
        assert "Semua sudah ada; tidak ada yang diubah." in said.getvalue()
        for words in ("http://127.0.0.1:8123/admin/", "http://127.0.0.1:8123/pusat/", "Pembina provinsi", "Pemantau"):
            assert words in said.getvalue()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        accounts = json.loads(path.read_text())
        assert accounts[0] == {
            "username": "penulis.bantaeng",
            "password": PASSWORD,
            "role": "writer",
            "office": "kab-bantaeng",
        }
        assert len(accounts) == len(light.staff)


@pytest.mark.django_db
def test_production_refuses_the_demo(monkeypatch, tmp_path):
    monkeypatch.setattr(load_demo, "PRODUCTION", True)
    with pytest.raises(CommandError, match="--yes-really"):
        call_command("load_demo", accounts=tmp_path / "accounts.json")
    assert not User.objects.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_load_is_completed_by_the_next(content):
    part = excerpt(content, RAKORNAS)

    def interrupt(line):
        if line.startswith("Berita 4/"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(part, picture_size=TINY, threads=2, say=interrupt)
    assert Article.objects.count() == 3
    load(part, picture_size=TINY, threads=2)
    assert Article.objects.published().count() == len(part.stories) == Photo.objects.count()
    before = counts()
    load(part, picture_size=TINY, threads=2)
    assert counts() == before


@pytest.mark.django_db
def test_a_story_that_cannot_be_published_is_told_and_leaves_nothing_behind(content):
    part = excerpt(content, "sleman-kalurahan-menjawab-2019", "makassar-akun-satu-pintu-2019")
    bad, good = sorted(part.stories, key=lambda story: story.published)
    report = load(replace(part, stories=(replace(bad, deck=""), good)), picture_size=TINY, threads=0)
    assert report.failures == {
        f"{bad.file}, {bad.key}": "Belum lengkap: Tulis ringkasan satu atau dua kalimat.",
        f"{good.file}, {good.key}": f"“{bad.key}” tidak termuat",
    }
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_relative_days_are_counted_from_the_day_of_the_load(content):
    story = next(s for s in content.stories if s.days_ago and s.state == State.PUBLISHED and not links(s))
    now = datetime(2027, 3, 1, 4, 30, tzinfo=UTC)
    load(excerpt(content, story.key), now=now, picture_size=TINY, threads=0)
    article = Article.objects.get()
    assert article.published_on == date(2027, 3, 1) - timedelta(days=story.days_ago)
