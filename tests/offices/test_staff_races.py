"""Two people at the same moment: one invitation is accepted once, and an office keeps a manager."""

import pytest
from django.core.exceptions import ValidationError

from offices.invitations import accept, invite
from offices.memberships import end_membership
from offices.models import Invitation, Membership, User
from offices.roles import Role
from tests.factories import UserFactory, member, regency_office
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
