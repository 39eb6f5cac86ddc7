"""Somebody is invited, begins to write, and leaves again; and the pages on which that happens are sound."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from news.models import Edition, Tag
from offices.invitations import invite
from offices.models import Entry, Kind, Membership, Office, User
from offices.roles import Role
from tests.browser.conftest import faults_of
from tests.browser.newsroom import PASSWORD, sign_in, take_step, with_password
from tests.factories import RubricFactory, drafted, member, ministry, published, regency_office
from tests.nu_checker import vnu


@pytest.fixture
def office(transactional_db):
    return regency_office("73.03")


def test_somebody_is_invited_writes_and_leaves_and_a_colleague_takes_over(new_page, office):
    manager = with_password(Role.MANAGER, office, username="manajer", name="Manajer Contoh")
    heir = member(Role.WRITER, office, username="penerus", name="Penerus Contoh")
    desk, guest = new_page(), new_page()
    sign_in(desk, manager)

    desk.goto("/admin/offices/invitation/add/")
    desk.fill("[name=name]", "Siti Baru")
    desk.fill("[name=email]", "siti@example.org")
    desk.select_option("[name=office]", str(office.pk))
    desk.select_option("[name=role]", "writer")
    desk.click("input[name=_save]")
    desk.get_by_text("Undangan dikirim ke siti@example.org.").wait_for()

    link = re.search(r"/undangan/\S+/", mail.outbox[-1].body)[0]
    guest.goto(link)
    guest.get_by_role("heading", name="Undangan ke meja redaksi").wait_for()
    guest.fill("[name=username]", "siti")
    guest.fill("[name=password1]", PASSWORD)
    guest.fill("[name=password2]", PASSWORD)
    guest.click("text=Buat akun dan terima undangan")
    guest.get_by_text("Undangan diterima. Silakan masuk.").wait_for()
    assert guest.goto(link).status == 404
    siti = User.objects.get(username="siti")
    sign_in(guest, siti)

    draft = drafted(office, by=siti, headline="Draf Siti")
    guest.goto(f"/admin/news/article/{draft.article_id}/change/")
    take_step(guest, "Kirim untuk diperiksa")
    second = drafted(office, by=siti, headline="Draf kedua Siti")

    membership = Membership.objects.get(user=siti)
    desk.goto(f"/admin/offices/membership/{membership.pk}/change/")
    desk.click("text=Akhiri keanggotaan…")
    desk.get_by_text("Draf kedua Siti").wait_for()
    desk.select_option("[name=drafts]", str(heir.pk))
    desk.select_option("[name=submissions]", str(manager.pk))
    desk.click("text=Akhiri dan alihkan")
    desk.locator(".messagelist .success").wait_for()

    membership.refresh_from_db()
    assert membership.ends_on == timezone.localdate()
    assert Edition.objects.get(pk=second.pk).assigned_to == heir
    assert Edition.objects.get(pk=draft.pk).submitted_by == manager
    guest.goto("/admin/")
    assert "/admin/login/" in guest.url

    desk.goto("/admin/offices/entry/")
    desk.fill("[name=orang]", "siti")
    desk.click("text=Tampilkan")
    desk.get_by_role("cell", name="Keanggotaan diakhiri").wait_for()
    told = set(Entry.objects.filter(person=siti).values_list("kind", flat=True))
    assert {Kind.INVITATION_ACCEPTED, Kind.SIGNED_IN, Kind.MEMBERSHIP_ENDED, Kind.HANDED_OVER} <= told


@pytest.fixture
def pages(office):
    """The pages about staff and topics, with something on each."""
    administrator = member(Role.ADMINISTRATOR, ministry())
    leaver = member(Role.EDITOR, office, name="Yang Pergi")
    member(Role.WRITER, office)
    for _number in range(2):
        drafted(office, by=leaver)
    published(office, tags=("rakor",), rubric=RubricFactory(name="Warta"))
    invitation = invite("Siti Baru", "siti@example.org", office, Role.WRITER, by=administrator)
    membership = leaver.memberships.get()
    source, target = Tag.objects.get(name="rakor"), Tag.objects.create(name="rakornas")
    return {
        "invitations": "/admin/offices/invitation/",
        "invite": "/admin/offices/invitation/add/",
        "invitation": f"/admin/offices/invitation/{invitation.pk}/change/",
        "memberships": "/admin/offices/membership/",
        "membership": f"/admin/offices/membership/{membership.pk}/change/",
        "end": f"/admin/offices/membership/{membership.pk}/end/",
        "role": f"/admin/offices/membership/{membership.pk}/role/",
        "new role": f"/admin/offices/membership/{membership.pk}/role/?role=writer",
        "trail": "/admin/offices/entry/",
        "steps": "/admin/offices/entry/steps/",
        "no trail": "/admin/offices/entry/?dari=kemarin",
        "merge": f"/admin/news/tag/{source.pk}/merge/",
        "merging": f"/admin/news/tag/{source.pk}/merge/?target={target.pk}",
        "tag": f"/admin/news/tag/{source.pk}/change/",
    }


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_about_staff_are_valid_html_and_have_no_accessibility_fault(new_page, pages, width):
    page = new_page(bypass_csp=True, viewport={"width": width, "height": 900})
    sign_in(page, with_password(Role.ADMINISTRATOR, ministry()))
    assert vnu({name: page.request.get(address).text() for name, address in pages.items()}) == []
    assert faults_of(page, pages) == []


def test_the_trail_is_read_on_a_phone_without_scrolling_sideways(new_page, pages):
    page = new_page(viewport={"width": 390, "height": 844})
    sign_in(page, with_password(Role.ADMINISTRATOR, ministry()))
    for book in ("trail", "steps"):
        page.goto(pages[book])
        assert page.locator(".wide tbody tr").count()
        assert page.locator(".wide").evaluate("wide => wide.scrollWidth <= wide.clientWidth"), book


def test_an_office_with_a_long_name_does_not_widen_a_form_on_a_phone(new_page, office):
    Office.objects.filter(pk=office.pk).update(abbreviation="Dinas Kominfo dan Persandian")
    page = new_page(viewport={"width": 390, "height": 844})
    sign_in(page, with_password(Role.ADMINISTRATOR, ministry()))
    for form in ("offices/membership", "offices/invitation"):
        page.goto(f"/admin/{form}/add/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), form


def test_the_page_behind_an_invitation_is_valid_html_and_has_no_accessibility_fault(new_page, office):
    from django.test import RequestFactory

    from offices.invitations import link_to

    manager = member(Role.MANAGER, office)
    with_password(Role.WRITER, regency_office("73.05"), email="lama@example.org")
    request = RequestFactory().get("/")
    invitations = [
        invite("Siti", "siti@example.org", office, Role.WRITER, by=manager),
        invite("Lama", "lama@example.org", office, Role.WRITER, by=manager),
    ]
    addresses = {str(row): link_to(row, request).removeprefix("http://testserver") for row in invitations}
    addresses["gone"] = "/undangan/tidak-ada/"
    page = new_page(bypass_csp=True)
    assert vnu({name: page.request.get(address).text() for name, address in addresses.items()}) == []
    assert faults_of(page, addresses) == []
