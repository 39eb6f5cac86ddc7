"""Every seat before every page of the newsroom, over the rows of every office: who reads, who changes, who is refused.

What is expected stands in `scope_rows.py`, literally. A page, a model, an inline or a search field that has no row
there fails the first tests of this module. The lists, the changes and the steps run on PostgreSQL too.
"""

import json

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db.models.fields.related import RelatedField
from django.test import Client, RequestFactory
from django.urls import URLResolver, reverse

from news.models import (
    Article,
    Edition,
    EditionAttachment,
    EditionPhoto,
    Event,
    Mention,
    Quote,
    RelatedPick,
    Transition,
)
from offices.models import Membership, SocialAccount, User
from offices.roles import Role
from tests.architecture.scope_rows import (
    ADDED,
    ANNOUNCED,
    AUTOCOMPLETED,
    BULK,
    CHANGED,
    CORRECTED,
    CUSTOM,
    EVENT_STEPS,
    GRANTS,
    INLINES,
    MENU,
    NEVER_OFFERED,
    OUTSIDERS,
    PLACES,
    REDIRECT,
    REFUSED_LOOKUPS,
    SEATS,
    SITE,
    STANDARD,
    STEPS,
    SUBJECTS,
    WRITTEN,
)
from tests.architecture.scope_world import (
    PASSWORD,
    added,
    changed,
    errors_of,
    everything_stored,
    page_url,
    refused_at_the_door,
    rows_of,
    sent,
    step_data,
    term_form,
    text_of,
    unchanged,
)
from tests.factories import MembershipFactory, drafted
from tests.stored import taken_back

MODELS = sorted(ADDED)
EVERYBODY = (*SEATS, *OUTSIDERS)
SEES = {"E": 200, "r": 200, "s": 200, "-": 404}

sqlite_only = pytest.mark.sqlite_only
each_subject = pytest.mark.parametrize("subject", SUBJECTS)
each_model = pytest.mark.parametrize("model", MODELS)
each_seat = pytest.mark.parametrize("seat", SEATS)


def rows_on(response):
    """The rows of a list: Django's own, or one of ours that is cut by where the last page ended."""
    return response.context["cl"].result_list if "cl" in response.context else response.context["rows"]


def cells(subject, seat):
    return SUBJECTS[subject][1][seat].items()


def subjects_of(model):
    return [subject for subject, (label, _grid) in SUBJECTS.items() if label == model]


def readable(model, seat):
    """The (subject, place) pairs of `model` that `seat` may read."""
    pairs = [(subject, place, letter) for subject in subjects_of(model) for place, letter in cells(subject, seat)]
    return {(subject, place) for subject, place, letter in pairs if letter != "-"}


def every_pair(model):
    return {(subject, place) for subject in subjects_of(model) for place in SUBJECTS[subject][1]["curator"]}


def adds_anywhere(model, seat):
    return "E" in ADDED[model][seat].values()


# Nothing is left out of the table.


def patterns(found, before=""):
    for pattern in found:
        address = before + str(pattern.pattern)
        yield from patterns(pattern.url_patterns, address) if isinstance(pattern, URLResolver) else [address]


@sqlite_only
def test_every_page_of_the_newsroom_has_its_row_and_every_row_its_page():
    expected = set(SITE)
    for model in ADDED:
        pages = (*STANDARD, REDIRECT, *CUSTOM.get(model, ()))
        expected |= {f"{model.replace('.', '/')}/{page}" for page in pages}
    assert set(patterns(admin.site.get_urls())) == expected


@sqlite_only
def test_every_model_of_the_newsroom_has_its_rows():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == set(ADDED) == set(CHANGED) == set(REFUSED_LOOKUPS)
    assert registered == {model for model, _grid in SUBJECTS.values()}


@sqlite_only
def test_every_inline_has_its_row(world):
    assert {name for name, _form, _inline in inlines(world)} == INLINES


@sqlite_only
def test_every_field_that_searches_as_one_types_has_its_row(world):
    searching = {}
    for model, model_admin in admin.site._registry.items():
        request = asked_by(world.people["administrator" if model is not Article else "m_manager"])
        forms = [(Edition if model is Article else model, model_admin.get_form(request))]
        forms += [
            (inline.model, form) for (label, _), form, inline in inlines(world) if label == model._meta.label_lower
        ]
        for owner, form in forms:
            for name, field in form.base_fields.items():
                widget = getattr(field.widget, "widget", field.widget)
                if isinstance(widget, AutocompleteMixin) and (owner, name) != (RelatedPick, "article"):
                    searching[f"{owner._meta.label_lower}.{name}"] = field.queryset.model._meta.label_lower
    assert searching == AUTOCOMPLETED


def inlines(world):
    """The name of every inline as in `INLINES`, its form and itself."""
    request = asked_by(world.people["administrator"])
    for model, model_admin in admin.site._registry.items():
        for inline in model_admin.get_inline_instances(request):
            parent = Edition if model is Article else model
            formset = inline.get_formset(request, parent())
            yield (model._meta.label_lower, formset.get_default_prefix()), formset.form, inline


def asked_by(person):
    request = RequestFactory().get("/")
    request.user = person
    return request


@sqlite_only
@each_model
def test_no_list_offers_an_action_but_that_of_articles(world, model):
    model_admin = admin.site._registry[apps.get_model(model)]
    for seats, steps in BULK.items():
        for seat in seats.split():
            offered = model_admin.get_actions(asked_by(world.people[seat]))
            assert set(offered) == (set(steps.split()) if model == "news.article" else set()), seat


# The pages of every model.


@each_model
@each_seat
def test_a_list_shows_what_the_seat_reads_and_nothing_else(world, seat, model):
    wanted = readable(model, seat)
    hidden = {world.words[pair] for pair in every_pair(model) - wanted} - {world.words[pair] for pair in wanted}
    for address in ("", "?q=subjek", "?o=1.-2&_facets=True&all=&_popup=1"):
        response = world.browsers[seat].get(page_url(model, "changelist") + address)
        assert response.status_code == (200 if wanted else 403)
        page = text_of(response)
        assert [word for word in hidden if word in page] == []
        if wanted:
            listed = {row.pk for row in rows_on(response)}
            assert (address, {pair for pair in every_pair(model) if world.key(*pair) in listed}) == (address, wanted)


@each_subject
@each_seat
def test_a_row_opens_for_those_who_read_it(world, seat, subject):
    for place, letter in cells(subject, seat):
        response = world.browsers[seat].get(world.url(subject, "change", place))
        assert (place, response.status_code) == (place, SEES[letter])
        assert letter != "-" or world.words[subject, place] not in text_of(response)


@each_subject
@each_seat
def test_a_row_is_changed_by_those_who_keep_it(world, seat, subject):
    name, value = CHANGED[SUBJECTS[subject][0]]
    for place, letter in cells(subject, seat):
        row = world.rows[subject][place]
        with taken_back():
            sent_url, data = world.url(subject, "change", place), changed(world, subject, place)
            response = world.browsers[seat].post(sent_url, data)
            now = type(row).objects.values_list(name, flat=True).get(pk=row.pk)
            if letter == "E":
                assert (place, response.status_code, errors_of(response)) == (place, 302, [])
                assert str(now) == value
            else:
                assert (place, response.status_code) == (place, 404 if letter == "-" else 403)
                unchanged(world, what=place)


@sqlite_only
@each_subject
def test_other_methods_change_nothing(world, subject):
    form = "name=x", "application/x-www-form-urlencoded"
    for seat, method in (("writer", "put"), ("p_manager", "head"), ("supervisor", "patch"), ("m_writer", "options")):
        for place, letter in cells(subject, seat):
            url = world.url(subject, "change", place)
            response = getattr(world.browsers[seat], method)(url, *(form if method in ("put", "patch") else ()))
            assert (place, method, response.status_code) == (place, method, SEES[letter])
    unchanged(world)


@sqlite_only
@each_subject
@each_seat
def test_a_history_opens_for_those_who_reach_the_row(world, seat, subject):
    for place, letter in cells(subject, seat):
        response = world.browsers[seat].get(world.url(subject, "history", place))
        assert (place, response.status_code) == (place, {"-": 404, "s": 403}.get(letter, 200))


@sqlite_only
@each_subject
@each_seat
def test_nobody_deletes(world, seat, subject):
    browser = world.browsers[seat]
    for place, letter in cells(subject, seat):
        url, refusal = world.url(subject, "delete", place), 404 if letter == "-" else 403
        assert (place, browser.post(url, {"post": "yes"}).status_code) == (place, refusal)
        assert "manager" not in seat or (place, browser.get(url).status_code) == (place, refusal)
    unchanged(world)


@sqlite_only
def test_a_page_that_changes_something_wants_the_token_of_its_form(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.browsers["manager"].cookies
    article, event = world.key("draft", "kab"), world.key("event", "kab")
    for url in (
        world.url("draft", "change", "kab"),
        world.url("user", "change", "kab"),
        page_url("news.photo", "add"),
        reverse("admin:news_article_step", args=[article, "submit"]),
        reverse("admin:news_article_correct", args=[world.key("published", "kab")]),
        reverse("admin:news_event_step", args=[event, "published"]),
        reverse("admin:offices_user_password", args=[world.key("user", "kab")]),
    ):
        assert browser.post(url, step_data(world.rows["draft"]["kab"])).status_code == 403, url
    unchanged(world)


@sqlite_only
@each_model
def test_nobody_deletes_from_a_list(world, model):
    keys = [world.key(*pair) for pair in every_pair(model)]
    data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    for seat in SEATS:
        response = world.browsers[seat].post(page_url(model, "changelist"), data)
        assert response.status_code in ((200, 302) if readable(model, seat) else (403,)), seat
    unchanged(world)


@sqlite_only
@each_model
@each_seat
def test_a_row_is_added_where_the_seat_keeps_such_rows(world, seat, model):
    url = page_url(model, "add")
    anywhere = adds_anywhere(model, seat)
    assert world.browsers[seat].get(url).status_code == (200 if anywhere else 403)
    for place, letter in ADDED[model][seat].items():
        data = added(world, model, seat, place)
        refusals = (200, 400) if anywhere else (403,)
        sent(world, seat, url, data, allowed=letter == "E", refusals=refusals)


@sqlite_only
@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("subject", ["draft", "event", "user"])
def test_no_row_is_saved_as_a_new_one(world, seat, subject):
    """Django reads `_saveasnew` from any POST, whether the page offers it or not."""
    for place in SUBJECTS[subject][1][seat]:
        data = added(world, SUBJECTS[subject][0], seat, place) | {"_saveasnew": "1"}
        sent(world, seat, world.url(subject, "change", place), data, allowed=False, refusals=(400, 403, 404, 409))


@sqlite_only
@each_model
def test_the_short_address_of_a_row_tells_nothing(world, model):
    """It redirects whether the row exists or not."""
    for seat in SEATS:
        for key in (world.key(*min(every_pair(model))), 987654):
            response = world.browsers[seat].get(f"{page_url(model, 'changelist')}{key}/")
            assert (response.status_code, response["Location"]) == (302, page_url(model, "change", key))


@sqlite_only
@each_model
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_are_sent_to_the_sign_in_page(world, outsider, model):
    browser = world.browsers[outsider]
    for page in ("changelist", "add"):
        assert refused_at_the_door(browser.get(page_url(model, page)))
        assert refused_at_the_door(browser.post(page_url(model, page), added(world, model, "manager", "ministry")))
    for subject in subjects_of(model):
        for place in SUBJECTS[subject][1]["curator"]:
            for page in ("change", "history", "delete"):
                url = world.url(subject, page, place)
                assert refused_at_the_door(browser.get(url))
                assert refused_at_the_door(browser.post(url, {"post": "yes", **changed(world, subject, place)}))
    unchanged(world)


@sqlite_only
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_no_other_page(world, outsider):
    browser, draft = world.browsers[outsider], world.key("draft", "kab")
    photo = world.rows["photo"]["kab"]
    for url in (
        reverse("admin:index"),
        reverse("admin:app_list", args=["news"]),
        reverse("admin:jsi18n"),
        reverse("admin:password_change"),
        autocomplete_url("news.editionphoto.photo"),
        reverse("admin:news_article_choose"),
        reverse("admin:news_article_preview", args=[draft]),
        reverse("admin:news_article_correct", args=[draft]),
        reverse("admin:news_article_withdraw_at", args=[draft]),
        reverse("admin:news_article_keep", args=[draft]),
        reverse("admin:news_article_step", args=[draft, "submit"]),
        reverse("admin:news_event_step", args=[world.key("event", "kab"), "published"]),
        reverse("admin:news_photo_file", args=[photo.pk, photo.widths[0]]),
        reverse("admin:offices_user_password", args=[world.key("user", "kab")]),
    ):
        assert refused_at_the_door(browser.get(url)), url
        assert refused_at_the_door(browser.post(url, step_data(world.rows["draft"]["kab"]))), url
    unchanged(world)


# Steps.


def step_url(world, subject, place, step):
    return reverse("admin:news_article_step", args=[world.key(subject, place), step])


@pytest.mark.parametrize(("step", "subject", "target"), STEPS)
@each_seat
def test_a_step_is_taken_by_those_whose_it_is(world, seat, step, subject, target):
    for place, letter in STEPS[step, subject, target][seat].items():
        edition = world.rows[subject][place]
        with taken_back():
            response = world.browsers[seat].post(step_url(world, subject, place, step), step_data(edition))
            state = Edition.objects.values_list("state", flat=True).get(pk=edition.pk)
            last = Transition.objects.filter(edition=edition).last()
            if letter == "E":
                assert (place, response.status_code, state) == (place, 302, target)
                assert (last.step, last.actor) == (step, world.people[seat])
            else:
                assert (place, response.status_code) == (place, 404 if letter == "-" else 403)
                unchanged(world, what=place)


@pytest.mark.parametrize(("step", "state"), [("withdraw", "withdrawn"), ("remove", "removed")])
@each_seat
def test_a_step_on_the_live_edition_beside_a_new_one_is_taken_by_those_whose_it_is(world, seat, step, state):
    for place, letter in STEPS[step, "published", state][seat].items():
        live = Article.objects.get(pk=world.key("corrected", place)).live_edition
        refusals = (404,) if letter == "-" else (403,)
        url = step_url(world, "corrected", place, step)
        sent(world, seat, url, step_data(live), allowed=letter == "E", refusals=refusals)


@pytest.mark.parametrize("subject", CORRECTED)
@each_seat
def test_a_new_edition_is_begun_by_the_offices_editors(world, seat, subject):
    for place, letter in CORRECTED[subject][seat].items():
        url = reverse("admin:news_article_correct", args=[world.key(subject, place)])
        sent(world, seat, url, {}, allowed=letter == "E", refusals=(404,) if letter == "-" else (403,))
        assert world.browsers[seat].get(url).status_code == (404 if letter == "-" else 400)


@pytest.mark.parametrize(("target", "subject"), EVENT_STEPS)
@each_seat
def test_an_event_is_announced_by_those_whose_it_is(world, seat, target, subject):
    for place, letter in EVENT_STEPS[target, subject][seat].items():
        event = world.rows[subject][place]
        url = reverse("admin:news_event_step", args=[event.pk, target])
        with taken_back():
            response = world.browsers[seat].post(url, {"note": "Alasan yang cukup."})
            if letter == "E":
                assert (place, response.status_code) == (place, 302)
                assert Event.objects.get(pk=event.pk).state == target
            else:
                assert (place, response.status_code) == (place, 404 if letter == "-" else 403)
                unchanged(world, what=place)
        assert world.browsers[seat].get(url).status_code == (404 if letter == "-" else 400)


@sqlite_only
@each_seat
def test_steps_that_do_not_exist_are_not_taken(world, seat):
    for place, letter in WRITTEN[seat].items():
        data = step_data(world.rows["draft"][place])
        for step in (*NEVER_OFFERED, "fly"):
            url = step_url(world, "draft", place, step)
            sent(world, seat, url, data, allowed=False, refusals=(404,) if letter == "-" else (400, 403, 409))
            assert world.browsers[seat].get(url).status_code == (404 if letter == "-" else 400)


@sqlite_only
@pytest.mark.parametrize("seat", ["writer", "editor", "manager", "supervisor", "m_manager", "auditor"])
def test_a_step_on_one_article_does_not_reach_the_edition_of_another(world, seat):
    """The address names an article of one's own, the form an edition of somebody else's."""
    own = "draft"
    place = "kab" if world.home(seat) != "ministry" else "ministry"
    for other in ("far", "province", "sister"):
        data = step_data(world.rows[own][other])
        url = step_url(world, own, place, "submit")
        sent(world, seat, url, data, allowed=False, refusals=(403, 409))


# The other pages.


@sqlite_only
@pytest.mark.parametrize("subject", ["draft", "submitted", "published", "withdrawn", "corrected"])
@each_seat
def test_a_preview_opens_for_those_who_read_the_article(world, seat, subject):
    for place, letter in cells(subject, seat):
        response = world.browsers[seat].get(reverse("admin:news_article_preview", args=[world.key(subject, place)]))
        assert (place, response.status_code) == (place, SEES[letter])
        assert (world.words[subject, place] in text_of(response)) == (letter != "-")


@sqlite_only
@each_seat
def test_a_photo_file_opens_for_those_who_see_the_photo(world, seat):
    for place, letter in cells("photo", seat):
        photo = world.rows["photo"][place]
        url = reverse("admin:news_photo_file", args=[photo.pk, photo.widths[0]])
        response = world.browsers[seat].get(url)
        assert (place, response.status_code) == (place, SEES[letter])
        assert letter == "-" or b"".join(response.streaming_content).startswith(b"RIFF")
        assert world.browsers[seat].get(reverse("admin:news_photo_file", args=[photo.pk, 7])).status_code == 404


@sqlite_only
@pytest.mark.parametrize("subject", ["user", "superior"])
@each_seat
def test_a_password_is_set_by_those_who_keep_the_account(world, seat, subject):
    for place, letter in cells(subject, seat):
        url = reverse("admin:offices_user_password", args=[world.key(subject, place)])
        status = {"E": 200, "-": 404}.get(letter, 403)
        assert (place, world.browsers[seat].get(url).status_code) == (place, status)
        data = {"new_password1": PASSWORD, "new_password2": PASSWORD}
        sent(world, seat, url, data, allowed=letter == "E", refusals=(status,))


@sqlite_only
@each_seat
def test_the_chooser_offers_what_is_public_and_what_one_reads(world, seat):
    public = {(subject, place) for subject in ("published", "corrected", "urgent") for place in PLACES}
    wanted = readable("news.article", seat) | public
    offered = set()
    for page in (1, 2, 3, 4):
        answer = world.browsers[seat].get(reverse("admin:news_article_choose"), {"page": page}).json()
        offered |= {row["id"] for row in answer["results"]}
        assert "tersembunyi" not in json.dumps(answer)
    pairs = {pair for pair in every_pair("news.article") if str(world.key(*pair)) in offered}
    assert pairs == wanted


@sqlite_only
@each_seat
def test_the_chooser_answers_no_questions_about_headlines_that_are_not_public(world, seat):
    """A published article has a next edition, whose headline only its office and those above it read."""
    answer = world.browsers[seat].get(reverse("admin:news_article_choose"), {"term": "tersembunyi"}).json()
    offered = {row["id"] for row in answer["results"]}
    wanted = {str(world.key("corrected", place)) for place, letter in cells("corrected", seat) if letter != "-"}
    assert offered == wanted


def autocomplete_url(source, **more):
    app, model, name = source.split(".")
    query = "&".join(f"{key}={value}" for key, value in more.items())
    return f"{reverse('admin:autocomplete')}?app_label={app}&model_name={model}&field_name={name}&{query}"


def sources():
    """Every field that leads to a model of the newsroom, whether a form shows it or not: addresses can be forged."""
    registered = set(admin.site._registry)
    for model in apps.get_models():
        for field in model._meta.get_fields(include_hidden=True):
            if isinstance(field, RelatedField) and field.related_model in registered:
                yield f"{model._meta.label_lower}.{field.name}", field.related_model._meta.label_lower


SOURCES = {source: target for source, target in sources() if "+" not in source}


@sqlite_only
def test_the_fields_that_search_are_among_those_examined():
    assert AUTOCOMPLETED.items() <= SOURCES.items()


@sqlite_only
@pytest.mark.parametrize("source", SOURCES)
@each_seat
def test_a_search_field_offers_what_the_seat_reads(world, seat, source):
    target = SOURCES[source]
    wanted = readable(target, seat)
    answers = [world.browsers[seat].get(autocomplete_url(source, term="subjek", page=page)) for page in (1, 2)]
    if not wanted or answers[0].status_code != 200:
        assert answers[0].status_code == (403 if source in AUTOCOMPLETED or not wanted else 404)
        return
    offered = {row["id"] for answer in answers if answer.status_code == 200 for row in answer.json()["results"]}
    assert {pair for pair in every_pair(target) if str(world.key(*pair)) in offered} == wanted


@sqlite_only
@pytest.mark.parametrize("source", ["admin.logentry.nothing", "auth.user.x", "news.edition.headline", "x.y.z"])
def test_a_search_field_that_does_not_exist_is_refused(world, source):
    for seat in SEATS:
        assert world.browsers[seat].get(autocomplete_url(source, term="s")).status_code == 403


# The newsroom's own pages.


SITE_ADDRESSES = {
    "(?P<url>.*)$": "/admin/nothing/here/",
    "^(?P<app_label>offices|news)/$": "/admin/news/",
    "notices/<int:notice_id>/<str:then>/": "/admin/notices/987654/open/",
}


@sqlite_only
@pytest.mark.parametrize("address", SITE)
def test_the_newsrooms_own_pages_answer_every_member_of_staff(world, address):
    for seat in SEATS:
        response = world.browsers[seat].get(SITE_ADDRESSES.get(address, f"/admin/{address}"))
        assert (seat, response.status_code) == (seat, SITE[address])


@sqlite_only
@each_seat
def test_the_menu_shows_what_the_seat_reads_and_no_deeds_of_others(world, seat):
    event = world.rows["event"]["far"]
    for name, person in world.people.items():
        LogEntry.objects.create(
            user=person,
            content_type=ContentType.objects.get_for_model(Event),
            object_id=event.pk,
            object_repr=f"Perbuatan {name}!",
            action_flag=CHANGE,
        )
    page = text_of(world.browsers[seat].get(reverse("admin:index")))
    missing = next(words for seats, words in MENU.items() if seat in seats.split()).replace("-", "").split()
    for model in MODELS:
        shown = f'href="{page_url(model, "changelist")}"' in page
        assert (model, shown) == (model, model.split(".")[1] not in missing)
        assert (f'href="{page_url(model, "add")}"' in page) == adds_anywhere(model, seat)
    assert [name for name in world.people if f"Perbuatan {name}!" in page] == [seat]


@sqlite_only
@pytest.mark.parametrize("name", ["former", "inactive"])
def test_those_who_left_cannot_sign_in(world, name, client):
    person = world.people[name]
    User.objects.filter(pk=person.pk).update(password=make_password(PASSWORD))
    client.post(reverse("admin:login"), {"username": name, "password": PASSWORD})
    assert refused_at_the_door(client.get(reverse("admin:index")))


@sqlite_only
def test_the_newsroom_redirects_to_no_row_by_its_number(world):
    """Django's own page does so for every row of every model, and would tell the address of a draft."""
    kind = ContentType.objects.get_for_model(Event).pk
    for seat in SEATS:
        for place in PLACES:
            assert world.browsers[seat].get(f"/admin/r/{kind}/{world.key('event', place)}/").status_code == 404


# Who gives which role.


@sqlite_only
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("seat", "place"), GRANTS)
def test_a_role_is_given_by_those_who_may_give_it(world, seat, place, role):
    allowed = role in GRANTS[seat, place].split()
    refusals = (200,) if adds_anywhere("offices.user", seat) else (403,)
    account = added(world, "offices.user", seat, place) | {"role": role}
    sent(world, seat, page_url("offices.user", "add"), account, allowed=allowed, refusals=refusals)
    with taken_back():
        person = world.rows["user"][world.home(seat)]
        Membership.objects.filter(user=person).update(ends_on="2001-01-01")
        before = everything_stored()
        data = {"user": person.pk, "office": world.offices[place].pk, "role": role, "starts_on": "2026-01-01"}
        response = world.browsers[seat].post(page_url("offices.membership", "add"), data)
        if allowed:
            assert (response.status_code, errors_of(response)) == (302, [])
            assert Membership.objects.filter(user=person, office=world.offices[place], role=role).exists()
        else:
            assert response.status_code in refusals
            assert everything_stored() == before


@sqlite_only
@pytest.mark.parametrize("seat", ["manager", "p_manager", "m_manager"])
def test_a_manager_gives_no_membership_to_somebody_elses_staff(world, seat):
    office = world.offices[world.home(seat)]
    for place in set(PLACES) - {world.home(seat)}:
        person = world.rows["user"][place]
        data = {"user": person.pk, "office": office.pk, "role": "writer", "starts_on": "2026-01-01"}
        sent(world, seat, page_url("offices.membership", "add"), data, allowed=False, refusals=(200,))


@sqlite_only
@pytest.mark.parametrize(
    ("seat", "target"),
    [
        ("p_manager", "supervisor"),
        ("m_manager", "curator"),
        ("m_manager", "administrator"),
        ("m_manager", "auditor"),
    ],
)
def test_a_manager_cannot_touch_a_superior_of_the_same_office(world, seat, target):
    person = world.people[target]
    form = {"username": person.username, "name": person.name, "email": "lain@example.org"}
    sent(world, seat, page_url("offices.user", "change", person.pk), form, allowed=False)
    password = {"password1": PASSWORD, "password2": PASSWORD}
    sent(world, seat, reverse("admin:offices_user_password", args=[person.pk]), password, allowed=False)
    for membership in person.memberships.all():
        data = {"starts_on": "2001-01-01", "ends_on": "2001-01-02"}
        sent(world, seat, page_url("offices.membership", "change", membership.pk), data, allowed=False)


@sqlite_only
@pytest.mark.parametrize(
    "fields",
    [
        {"role": Role.WRITER, "place": "far"},
        {"role": Role.WRITER, "place": "far", "ends_on": "2001-01-01"},
        {"role": Role.CURATOR, "place": "ministry", "ends_on": "2001-01-01"},
        {"role": Role.SUPERVISOR, "place": "province", "starts_on": "2090-01-01"},
    ],
    ids=["works elsewhere", "worked elsewhere", "was a curator", "will be a supervisor"],
)
def test_a_manager_keeps_no_account_that_belongs_elsewhere_too(world, fields):
    person = world.rows["user"]["kab"]
    MembershipFactory(user=person, office=world.offices[fields.pop("place")], **fields)
    stored = everything_stored()
    browser = world.browsers["manager"]
    data = changed(world, "user", "kab") | {"is_active": ""}
    assert browser.post(page_url("offices.user", "change", person.pk), data).status_code == 403
    url = reverse("admin:offices_user_password", args=[person.pk])
    assert browser.post(url, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 403
    assert everything_stored() == stored


# Forged forms: what is not on the form, or not among its choices.


FORGED = {
    ("user", "manager"): {"role": "administrator", "password": "x", "is_superuser": "on", "date_joined": "2001-01-01"},
    ("membership", "manager"): {"user": "superior", "office": "far", "role": "administrator"},
    ("membership", "administrator"): {"user": "superior", "office": "far", "role": "administrator"},
    ("office", "manager"): {"region": "11.01", "slug": "pusat-palsu", "name_verified": "on"},
    ("official", "manager"): {"slug": "lain"},
    ("position", "manager"): {"office": "far"},
    ("event", "writer"): {"organiser": "far", "state": "published", "state_note": "x"},
    ("event", "editor"): {"organiser": "far", "state": "cancelled"},
    ("announced", "editor"): {"organiser": "far", "state": "cancelled", "slug": "lain"},
    ("draft", "writer"): {"office": "far", "article": "far", "state": "published", "number": "9", "started_by": "1"},
    ("draft", "editor"): {"office": "far", "state": "approved", "approved_by": "1", "live_edition": "1"},
    ("photo", "writer"): {"office": "far", "token": "0" * 32, "original": "x.jpg", "uploaded_by": "1", "widths": "[1]"},
    ("document", "writer"): {"office": "far", "token": "0" * 32, "file": "x.pdf", "uploaded_by": "1", "size": "1"},
    ("region", "administrator"): {"code": "99"},
}
MEANS = {
    "far": lambda world: world.offices["far"].pk,
    "superior": lambda world: world.rows["superior"]["kab"].pk,
}


@sqlite_only
@pytest.mark.parametrize(("subject", "seat"), FORGED)
def test_a_forged_field_does_not_move_a_row(world, subject, seat):
    row, forged = world.rows[subject]["kab"], FORGED[subject, seat]
    fields = {name: MEANS[value](world) if value in MEANS else value for name, value in forged.items()}
    names = [f.attname for f in row._meta.concrete_fields if f.name in forged]
    stored = type(row).objects.filter(pk=row.pk).values(*names)
    before = stored.get()
    response = world.browsers[seat].post(world.url(subject, "change", "kab"), changed(world, subject, "kab") | fields)
    assert (response.status_code, errors_of(response)) == (302, [])
    assert type(row).objects.filter(pk=row.pk).values(*names).get() == before
    assert everything_stored()["offices_membership"] == world.stored["offices_membership"] or subject == "membership"
    if isinstance(row, Edition):
        assert Article.objects.get(pk=row.article_id).office == world.offices["kab"]


@sqlite_only
@pytest.mark.parametrize("place", ["sister", "far", "province", "ministry"])
def test_a_term_cannot_be_moved_to_a_position_of_another_office(world, place):
    data = term_form(world, "kab", place, held_from="2000-01-01")
    url = page_url("offices.appointment", "change", world.key("appointment", "kab"))
    sent(world, "manager", url, data, allowed=False, refusals=(200,))
    row = term_form(world, "kab", place, official=world.key("official", "kab"))
    official = changed(world, "official", "kab") | rows_of("appointments", row)
    url = page_url("offices.official", "change", world.key("official", "kab"))
    sent(world, "manager", url, official, allowed=False, refusals=(200,))


FOREIGN_CHOICES = {
    "event": lambda world, place: {"event": world.key("event", place)},
    "photo": lambda world, place: rows_of("photos", {"photo": world.key("photo", place), "position": 0}),
    "document": lambda world, place: rows_of(
        "attachments", {"attachment": world.key("document", place), "position": 0}
    ),
    "draft": lambda world, place: rows_of("picks", {"article": world.key("draft", place), "position": 0}),
    "withdrawn": lambda world, place: rows_of("picks", {"article": world.key("withdrawn", place), "position": 0}),
}


@sqlite_only
@pytest.mark.parametrize("choice", FOREIGN_CHOICES)
@pytest.mark.parametrize("seat", ["writer", "editor", "manager"])
def test_an_article_takes_no_hidden_row_of_another_office(world, seat, choice):
    for place in ("sister", "far", "province", "ministry"):
        data = changed(world, "draft", "kab") | FOREIGN_CHOICES[choice](world, place)
        response = sent(world, seat, world.url("draft", "change", "kab"), data, allowed=False, refusals=(200,))
        assert world.words[choice, place] not in text_of(response)


@sqlite_only
def test_a_photo_one_sees_by_another_role_stays_in_its_library(world):
    """Who writes in one office and supervises another sees the other's photos, but may not publish them."""
    MembershipFactory(user=world.people["writer"], office=world.offices["province"], role=Role.SUPERVISOR)
    stored = everything_stored()
    data = changed(world, "draft", "kab") | FOREIGN_CHOICES["photo"](world, "sister")
    response = world.browsers["writer"].post(world.url("draft", "change", "kab"), data)
    assert response.status_code == 409
    assert everything_stored() == stored


def foreign_rows(world):
    """For every inline: a row of another parent, and the fields of a form that would change it."""
    own, other = world.rows["draft"]["kab"], drafted(world.offices["far"], by=world.rows["user"]["far"])
    sibling = drafted(world.offices["kab"], by=world.people["author"])
    official, term = world.rows["official"]["far"], world.rows["appointment"]["far"]
    for edition in (other, sibling):
        place = "far" if edition is other else "kab"
        shot = EditionPhoto.objects.create(edition=edition, photo=world.rows["photo"][place])
        yield "photos", own, shot, {"photo": world.rows["photo"]["kab"].pk, "position": 3, "caption": "X"}
        paper = EditionAttachment.objects.create(edition=edition, attachment=world.rows["document"][place], title="A")
        yield "attachments", own, paper, {"attachment": world.key("document", "kab"), "position": 3, "title": "X"}
        mention = Mention.objects.create(edition=edition, official=official)
        yield "mentions", own, mention, {"official": world.rows["official"]["kab"].pk, "appointment": ""}
        quote = Quote.objects.create(edition=edition, number=1, text="Asli", speaker=term)
        yield "quotes", own, quote, {"number": 2, "kind": "direct", "text": "X", "speaker": "", "attribution": "Y"}
        pick = RelatedPick.objects.create(edition=edition, article=world.rows["published"]["far"].article)
        yield "picks", own, pick, {"article": world.key("published", "kab"), "position": 3}
    account = SocialAccount.objects.create(office=world.offices["far"], network="x", url="https://x.com/jauh")
    yield "accounts", world.offices["kab"], account, {"network": "x", "url": "https://x.com/dekat"}
    yield "appointments", world.rows["official"]["kab"], term, term_form(world, "kab", "kab")


@sqlite_only
@pytest.mark.parametrize("deleting", [False, True], ids=["changed", "deleted"])
def test_a_row_of_another_parent_is_neither_changed_nor_deleted(world, deleting):
    subjects = {"accounts": ("office", "manager"), "appointments": ("official", "manager")}
    for prefix, _parent, row, fields in list(foreign_rows(world)):
        subject, seat = subjects.get(prefix, ("draft", "editor"))
        stored = everything_stored()
        forged = {**fields, "id": row.pk} | ({"DELETE": "on"} if deleting else {})
        for said in (1, 0):
            data = changed(world, subject, "kab") | rows_of(prefix, forged, stored=said)
            with taken_back():
                world.browsers[seat].post(world.url(subject, "change", "kab"), data)
                kept = type(row)._base_manager.filter(pk=row.pk).values().get()
            assert (prefix, kept) == (prefix, type(row)._base_manager.filter(pk=row.pk).values().get())
            assert everything_stored() == stored


@sqlite_only
@pytest.mark.parametrize("seat", ["writer", "p_manager", "curator", "auditor"])
def test_a_row_of_another_office_is_not_shown_by_its_number(world, seat):
    """A forged block in the body, and values in the address of an empty form."""
    hidden = {place: world.rows["draft"][place] for place, letter in WRITTEN[seat].items() if letter == "-"}
    adds = {
        "news.article": [("event", "event"), ("photo", "photos-0-photo")],
        "offices.membership": [("user", "user")],
    }
    for place in hidden:
        for model, fields in adds.items():
            query = {name: world.key(subject, place) for subject, name in fields}
            page = text_of(world.browsers[seat].get(page_url(model, "add"), query))
            assert [subject for subject, _name in fields if world.words[subject, place] in page] == []


PUBLIC_TEXTS = {"published", "corrected", "urgent"}


@sqlite_only
@pytest.mark.parametrize("seat", ["author", "editor", "supervisor"])
def test_a_forged_block_shows_nothing_of_a_draft_elsewhere(world, seat):
    numbers = [world.key(subject, "far") for subject in ("draft", "submitted", "withdrawn")]
    body = "".join(f'<p>Isi.</p><div class="baca-juga" data-article="{number}"></div>' for number in numbers)
    Edition.objects.filter(pk=world.rows["draft"]["kab"].pk).update(body=body)
    for name in ("change", "preview"):
        page = text_of(world.browsers[seat].get(world.url("draft", name, "kab")))
        assert [
            word
            for (subject, place), word in world.words.items()
            if place == "far" and word in page and "naskah" in word and subject not in PUBLIC_TEXTS
        ] == []


# Questions beside the main page.


@sqlite_only
@pytest.mark.parametrize(("model", "lookup"), [(m, lookup) for m in REFUSED_LOOKUPS for lookup in REFUSED_LOOKUPS[m]])
def test_a_list_answers_no_questions_about_what_it_does_not_show(world, model, lookup):
    for seat in ("manager", "supervisor", "auditor", "administrator"):
        response = world.browsers[seat].get(f"{page_url(model, 'changelist')}?{lookup}")
        refusals = (302, 400) if readable(model, seat) else (403,)
        assert (seat, response.status_code in refusals) == (seat, True)


@sqlite_only
@pytest.mark.parametrize(
    "query", ["e=1", "o=99.-7.x", "p=9999", "q=%00", "_facets=1", "id__regex=(((", "_to_field=password"]
)
@each_model
def test_a_strange_address_of_a_list_breaks_nothing(world, model, query):
    for seat in ("writer", "administrator"):
        response = world.browsers[seat].get(f"{page_url(model, 'changelist')}?{query}")
        assert response.status_code in (200, 302, 400, 403), response.status_code


@sqlite_only
@pytest.mark.parametrize("name", ["password", "email", "username"])
def test_a_row_is_not_found_by_another_field(world, name):
    person = world.rows["user"]["far"]
    for seat in ("manager", "administrator"):
        url = page_url("offices.user", "change", getattr(person, name) or "x")
        assert world.browsers[seat].get(f"{url}?_to_field={name}").status_code == 400
        delete = page_url("offices.user", "delete", getattr(person, name) or "x")
        assert world.browsers[seat].post(f"{delete}?_to_field={name}", {"post": "yes"}).status_code == 400


@sqlite_only
@each_seat
def test_the_record_of_an_announcement_is_read_by_those_who_reach_the_office(world, seat):
    """Everybody reads an announced event; who prepared it, and with which words, stays with those above the office."""
    for place, letter in ANNOUNCED[seat].items():
        page = text_of(world.browsers[seat].get(world.url("announced", "change", place)))
        assert (place, f"Bisikan {place}" in page) == (place, letter != "s")


@sqlite_only
def test_a_form_keeps_nothing_of_who_opened_the_one_before(world):
    """Classes of forms are shared by all requests: what one person may choose must not stay on them."""
    from news.admin.forms import EditionForm
    from offices.admin.accounts import UserCreationForm

    for model in ("news.article", "offices.user"):
        for seat in ("m_manager", "manager"):
            assert world.browsers[seat].get(page_url(model, "add")).status_code == 200
    assert not EditionForm.base_fields["office"].queryset.exists()
    assert not UserCreationForm.base_fields["office"].queryset.exists()
