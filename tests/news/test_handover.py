"""Leaving an office: what is left behind, who takes it, and that nothing happens by halves."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.assigning import reassign
from news.audits import AUDITS
from news.handover import approvals_lost, hand_over, loads_of, still_in_hand
from news.models import Edition, Schedule, Transition
from news.refusals import NotNow
from news.scheduling import carry_out, schedule_withdrawal
from news.states import Step
from news.workflow import take_step
from offices.models import Entry, Kind, Membership, User
from offices.roles import Role
from offices.templatetags.dates import long_date
from tests.factories import MembershipFactory, approved, drafted, member, ministry, published, regency_office, submitted

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=1)


@pytest.fixture
def office():
    return regency_office()


@pytest.fixture
def manager(office):
    return member(Role.MANAGER, office, name="Manajer")


@pytest.fixture
def heir(office):
    return member(Role.EDITOR, office, name="Penerus")


@pytest.fixture
def leaver(office):
    return member(Role.EDITOR, office, name="Yang pergi")


def held(user, **fields):
    return Membership.objects.select_related("office__region", "user").get(user=user, **fields)


def stored(edition):
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)


def keys(membership, **how):
    return {load.key: [getattr(row, "edition_id", row.pk) for row in load.rows] for load in loads_of(membership, **how)}


def scheduled(office, by):
    edition = approved(office)
    take_step(edition, Step.SCHEDULE, by=by, due_at=timezone.now() + SOON)
    return stored(edition)


def everything(office, leaver, manager):
    """One row of every duty of `leaver`, by its key."""
    check = submitted(office)
    reassign(check, leaver, by=manager)
    live = published(office)
    MembershipFactory(user=leaver, office=office, role=Role.MANAGER)
    del leaver.current_memberships
    schedule_withdrawal(live, by=leaver, due_at=timezone.now() + SOON, note="Selesai.")
    return {
        "drafts": drafted(office, by=leaver),
        "checks": check,
        "submissions": submitted(office, by=leaver),
        "publications": scheduled(office, leaver),
        "withdrawals": live,
    }


def all_to(user):
    return dict.fromkeys(("drafts", "checks", "submissions", "publications", "withdrawals"), user)


def test_every_kind_of_work_is_found(office, leaver, manager):
    left = everything(office, leaver, manager)
    drafted(office), submitted(office), drafted(regency_office("73.05"))
    assert keys(held(leaver, role="editor")) == {}
    held(leaver, role="manager").delete()
    assert keys(held(leaver)) == {key: [edition.pk] for key, edition in left.items()}


def test_all_of_it_is_handed_over_and_told(office, leaver, manager):
    left = everything(office, leaver, manager)
    held(leaver, role="manager").delete()
    heir = member(Role.MANAGER, office, name="Penerus")
    hand_over(held(leaver), all_to(heir), by=manager)
    assert held(leaver).ends_on == timezone.localdate()
    assert stored(left["drafts"]).assigned_to == stored(left["checks"]).assigned_to == heir
    assert stored(left["submissions"]).submitted_by == heir
    assert set(Schedule.objects.waiting().values_list("requested_by", flat=True)) == {heir.pk}
    told = Transition.objects.filter(step=Step.ASSIGN, actor=manager, note__contains="Yang pergi → Penerus")
    assert set(told.values_list("edition", flat=True)) == {edition.pk for edition in left.values()}
    kinds = list(Entry.objects.filter(actor=manager).order_by("pk").values_list("kind", flat=True))
    assert kinds == [Kind.MEMBERSHIP_ENDED, *[Kind.HANDED_OVER] * 5]
    assert [sentence for audit in AUDITS for sentence in audit()] == []


def test_a_text_that_comes_back_comes_back_to_the_heir(office, leaver, manager, heir):
    edition = submitted(office, by=leaver)
    hand_over(held(leaver), {"submissions": heir}, by=manager)
    take_step(stored(edition), Step.REQUEST_CHANGES, by=manager, note="Lengkapi.")
    assert stored(edition).assigned_to == heir


def test_a_schedule_goes_out_in_the_name_of_the_heir(office, leaver, manager, heir):
    edition = submitted(office)
    take_step(edition, Step.APPROVE, by=manager)
    take_step(stored(edition), Step.SCHEDULE, by=leaver, due_at=timezone.now() + SOON)
    hand_over(held(leaver), {"publications": heir}, by=manager)
    Schedule.objects.update(due_at=timezone.now() - SOON)
    carry_out(Schedule.objects.get().pk)
    assert stored(edition).state == "published"
    assert stored(edition).published_by == heir


def test_without_a_choice_nothing_happens(office, leaver, manager, heir):
    edition = drafted(office, by=leaver)
    for heirs in ({}, {"checks": heir}, {"drafts": leaver}, {"drafts": member(Role.WRITER, regency_office("73.05"))}):
        with pytest.raises(NotNow, match="Pilih siapa yang meneruskan"):
            hand_over(held(leaver), heirs, by=manager)
    assert held(leaver).ends_on is None
    assert stored(edition).assigned_to == leaver
    assert not Transition.objects.filter(step=Step.ASSIGN).exists()


def test_single_texts_go_to_somebody_else(office, leaver, manager, heir):
    first, second = drafted(office, by=leaver), drafted(office, by=leaver)
    hand_over(held(leaver), {"drafts": heir, f"drafts-{second.pk}": manager}, by=manager)
    assert (stored(first).assigned_to, stored(second).assigned_to) == (heir, manager)


def test_nobody_checks_what_they_wrote_and_then_nothing_is_handed_over(office, leaver, manager, heir):
    edition, draft = submitted(office, by=heir), drafted(office, by=leaver)
    reassign(edition, leaver, by=manager)
    with pytest.raises(NotNow, match="Penerus ikut menulis"):
        hand_over(held(leaver), {"drafts": heir, "checks": heir}, by=manager)
    assert (stored(edition).assigned_to, stored(draft).assigned_to, held(leaver).ends_on) == (leaver, leaver, None)


def test_an_office_without_anybody_else_keeps_the_work(office, leaver):
    administrator = member(Role.ADMINISTRATOR, ministry())
    draft = drafted(office, by=leaver)
    Membership.objects.exclude(user__in=(leaver, administrator)).delete()
    hand_over(held(leaver), {}, by=administrator)
    assert (stored(draft).assigned_to, held(leaver).ends_on) == (None, timezone.localdate())


def test_another_role_at_the_office_keeps_the_work(office, leaver, manager):
    drafted(office, by=leaver)
    MembershipFactory(user=leaver, office=office, role=Role.WRITER)
    assert keys(held(leaver, role="editor")) == {}
    MembershipFactory(user=leaver, office=regency_office("73.05"), role=Role.EDITOR)
    Membership.objects.filter(user=leaver, role="writer").update(ends_on=timezone.localdate())
    assert set(keys(held(leaver, role="editor", office=office))) == {"drafts"}


def test_a_membership_that_ends_later_is_handed_over_now_to_who_stays(office, leaver, manager, heir):
    draft, day = drafted(office, by=leaver), timezone.localdate() + timedelta(days=10)
    Membership.objects.filter(user=heir).update(ends_on=day)
    with pytest.raises(NotNow):
        hand_over(held(leaver), {"drafts": heir}, by=manager, on=day)
    hand_over(held(leaver), {"drafts": manager}, by=manager, on=day)
    assert (held(leaver).ends_on, stored(draft).assigned_to) == (day, manager)


def test_who_becomes_a_writer_hands_over_checks_and_schedules_and_keeps_drafts(office, leaver, manager, heir):
    draft, edition = drafted(office, by=leaver), scheduled(office, leaver)
    assert set(keys(held(leaver), role=Role.WRITER)) == {"publications"}
    assert keys(held(leaver), role=Role.MANAGER) == {}
    new = hand_over(held(leaver), {"publications": heir}, by=manager, role=Role.WRITER)
    assert (new.role, stored(draft).assigned_to, Schedule.objects.get().requested_by) == ("writer", leaver, heir)
    assert edition.state == "scheduled"


def test_scheduled_texts_that_the_leaver_approved_are_told(office, leaver, manager):
    edition = submitted(office)
    take_step(edition, Step.APPROVE, by=leaver)
    take_step(stored(edition), Step.SCHEDULE, by=manager, due_at=timezone.now() + SOON)
    assert list(approvals_lost(held(leaver))) == [edition]
    assert not approvals_lost(held(leaver), role=Role.MANAGER)


def test_who_may_not_end_it_hands_nothing_over(office, leaver, heir, manager):
    draft = drafted(office, by=leaver)
    strangers = member(Role.MANAGER, regency_office("73.05")), heir, leaver
    for person in strangers:
        with pytest.raises(PermissionDenied):
            hand_over(held(leaver), {"drafts": heir}, by=person)
    with pytest.raises(ValidationError):
        hand_over(held(leaver), {"drafts": heir}, by=manager, on=timezone.localdate() - timedelta(days=1))
    assert stored(draft).assigned_to == leaver


def test_the_page_asks_and_then_ends(client, office, leaver, manager, heir):
    draft = drafted(office, by=leaver, headline="Draf yang ditinggalkan")
    client.force_login(manager)
    url = reverse("admin:offices_membership_end", args=[held(leaver).pk])
    page = client.get(url)
    assert page.status_code == 200
    assert "Draf yang ditinggalkan" in page.content.decode()
    assert list(page.context["form"].fields) == ["on", "drafts"]
    today = timezone.localdate()
    assert "Draf dan naskah yang dikembalikan: pilih penerusnya." in client.post(url, {"on": today}).content.decode()
    assert client.post(url, {"on": "kemarin", "drafts": heir.pk}).status_code == 400
    assert client.post(url, {"on": today - timedelta(days=1), "drafts": heir.pk}).status_code == 409
    assert (held(leaver).ends_on, stored(draft).assigned_to) == (None, leaver)
    response = client.post(url, {"on": today, "drafts": heir.pk})
    assert (response.status_code, response["Location"]) == (302, reverse("admin:offices_membership_changelist"))
    assert (held(leaver).ends_on, stored(draft).assigned_to) == (today, heir)
    [said] = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == f"Keanggotaan {leaver} (Redaktur) berakhir {long_date(today, None)}."
    assert "sudah berakhir" in client.get(url).content.decode()


def test_a_role_is_chosen_first_and_only_among_those_one_may_give(client, office, leaver, manager, heir):
    scheduled(office, leaver)
    client.force_login(manager)
    url = reverse("admin:offices_membership_role", args=[held(leaver).pk])
    assert [role.value for role in client.get(url).context["roles"]] == ["writer", "manager"]
    for wrong in ("curator", "editor", "raja"):
        assert client.post(url, {"role": wrong}).status_code == 400
    asked = client.get(url, {"role": "writer"})
    assert list(asked.context["form"].fields) == ["role", "publications"]
    assert client.post(url, {"role": "writer"}).status_code == 400
    assert client.post(url, {"role": "writer", "publications": heir.pk}).status_code == 302
    assert held(leaver, ends_on=None).role == "writer"


def test_the_membership_page_leads_to_both(client, office, leaver, manager):
    client.force_login(manager)
    own, other = held(manager), held(leaver)
    for membership, offered in ((other, True), (own, False)):
        page = client.get(reverse("admin:offices_membership_change", args=[membership.pk])).content.decode()
        for name in ("end", "role"):
            url = reverse(f"admin:offices_membership_{name}", args=[membership.pk])
            assert (url in page) is offered
            assert client.get(url).status_code == (200 if offered else 403)


def test_the_page_takes_the_same_queries_for_one_and_for_three_texts(client, office, leaver, manager, heir):
    client.force_login(manager)
    url, counts = reverse("admin:offices_membership_end", args=[held(leaver).pk]), []
    for more in (1, 2):
        for _number in range(more):
            drafted(office, by=leaver)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def closing(client, user):
    url = reverse("admin:offices_user_change", args=[user.pk])
    return client.post(url, {"username": user.username, "name": user.name, "email": user.email})


def is_open(user):
    return User.objects.get(pk=user.pk).is_active


def test_an_account_is_not_closed_while_work_is_in_its_hands(client, office, leaver, manager):
    everything(office, leaver, manager)
    client.force_login(manager)
    refused = closing(client, leaver)
    assert (refused.status_code, is_open(leaver)) == (200, True)
    for membership in Membership.objects.filter(user=leaver):
        assert reverse("admin:offices_membership_end", args=[membership.pk]) in refused.content.decode()


def test_a_single_row_of_any_duty_is_work_in_hand(office, leaver, manager):
    left = {key: edition.article_id for key, edition in everything(office, leaver, manager).items()}
    Edition.objects.filter(approved_by=leaver).update(approved_by=manager)
    for key, article in left.items():
        with transaction.atomic():
            Schedule.objects.exclude(edition__article=article).delete()
            others = Edition.objects.exclude(article=article)
            others.update(started_by=manager, submitted_by=manager, assigned_to=None)
            assert [held.user for held in still_in_hand(leaver)] == [leaver, leaver], key
            Edition.objects.update(started_by=manager, submitted_by=manager, assigned_to=None)
            Schedule.objects.all().delete()
            assert still_in_hand(leaver) == [], key
            transaction.set_rollback(True)


def test_nor_while_a_scheduled_text_leans_on_its_approval(client, office, leaver, manager):
    edition = submitted(office)
    take_step(edition, Step.APPROVE, by=leaver)
    take_step(stored(edition), Step.SCHEDULE, by=manager, due_at=timezone.now() + SOON)
    client.force_login(manager)
    assert "Akhiri keanggotaannya dahulu" in closing(client, leaver).content.decode()
    hand_over(held(leaver), {}, by=manager)
    assert closing(client, leaver).status_code == 302
    assert not is_open(leaver)


def test_an_account_is_closed_once_its_work_is_handed_over(client, office, leaver, manager, heir):
    draft = drafted(office, by=leaver)
    drafted(office, by=heir)
    client.force_login(manager)
    assert closing(client, leaver).status_code == 200
    ending = reverse("admin:offices_membership_end", args=[held(leaver).pk])
    client.post(ending, {"on": timezone.localdate(), "drafts": heir.pk})
    assert closing(client, leaver).status_code == 302
    assert (is_open(leaver), stored(draft).assigned_to) == (False, heir)


def test_an_account_without_work_is_closed_at_once(client, office, leaver, manager):
    drafted(office, by=manager)
    client.force_login(manager)
    assert closing(client, leaver).status_code == 302
    assert not is_open(leaver)


def test_the_name_of_the_busy_is_changed_all_the_same(client, office, leaver, manager):
    drafted(office, by=leaver)
    client.force_login(manager)
    url = reverse("admin:offices_user_change", args=[leaver.pk])
    asked = {"username": leaver.username, "name": "Nama baru", "email": leaver.email, "is_active": "on"}
    assert client.post(url, asked).status_code == 302
    assert User.objects.get(pk=leaver.pk).name == "Nama baru"
