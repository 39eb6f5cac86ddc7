"""Two people at the same moment: an invitation is accepted once, a code lets one in, an office keeps a manager."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from offices.invitations import accept, invite
from offices.memberships import end_membership
from offices.models import Invitation, Membership, User
from offices.roles import Role
from tests.factories import UserFactory, member, regency_office
from tests.offices.second_factors import browser_after_password, given_password, is_signed_in, set_up_app
from tests.offices.test_appointments import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_accept_one_invitation_at_once_one_is_refused():
    invitation = invite(
        "Siti", "siti@example.org", regency_office(), Role.WRITER, by=member(Role.MANAGER, regency_office())
    )
    rivals = [UserFactory(email="siti@example.org"), UserFactory(email="SITI@example.org")]

    results = at_once(*(lambda user=user: accept(invitation, user).user_id for user in rivals))

    assert results.count(ValidationError) == 1
    accepted = Invitation.objects.get().accepted_by_id
    assert list(Membership.objects.filter(role="writer").values_list("user", flat=True)) == [accepted]


def test_of_two_managers_who_end_each_other_at_once_one_stays():
    office = regency_office()
    pair = [member(Role.MANAGER, office), member(Role.MANAGER, office)]
    memberships = {user.pk: Membership.objects.select_related("office__region").get(user=user) for user in pair}

    def end(other, by):
        return end_membership(memberships[other.pk], by=User.objects.get(pk=by.pk)).pk

    results = at_once(lambda: end(pair[0], pair[1]), lambda: end(pair[1], pair[0]))

    assert len([result for result in results if isinstance(result, int)]) == 1, results
    assert Membership.objects.filter(role="manager", ends_on=None).count() == 1


@pytest.mark.postgres
def test_of_two_who_give_one_recovery_code_at_once_the_second_waits_and_is_refused():
    manager = given_password(member(Role.MANAGER, regency_office()))
    browser = browser_after_password(manager)
    set_up_app(browser)
    code, *rest = browser.get("/akun/keamanan/kode/").context["unused_codes"]
    rival, kept = browser_after_password(manager), Authenticator.objects.get(user=manager, type="recovery_codes")

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            assert kept.wrap().validate_code(code)
            answer = pool.submit(at_once, lambda: rival.post("/akun/masuk/kode/", {"code": code}).status_code)
            assert not wait([answer], timeout=1).done
        assert answer.result(60) == [200]

    assert not is_signed_in(rival)
    assert browser.get("/akun/keamanan/kode/").context["unused_codes"] == rest
