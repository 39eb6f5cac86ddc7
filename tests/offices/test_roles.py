"""The roles, and the groups of them that the rest of the house asks for."""

from offices.roles import EDITORS, EVERY_ROLE, NATIONAL, NEWSROOM, OVERSEERS, Role


def test_there_are_seven_roles_with_indonesian_names():
    assert dict(Role.choices) == {
        "writer": "Penulis",
        "editor": "Redaktur",
        "manager": "Pengelola kantor",
        "supervisor": "Pembina provinsi",
        "curator": "Kurator pusat",
        "administrator": "Admin pusat",
        "auditor": "Pemantau",
    }


def test_every_role_belongs_to_the_newsroom_or_oversees_it():
    assert NEWSROOM | OVERSEERS == EVERY_ROLE
    assert NEWSROOM & OVERSEERS == frozenset()


def test_the_newsroom_is_writers_editors_and_managers():
    assert {"writer", "editor", "manager"} == NEWSROOM
    assert {"editor", "manager"} == EDITORS


def test_only_the_three_roles_of_the_ministry_reach_the_nation():
    assert {"curator", "administrator", "auditor"} == NATIONAL
    assert {Role.SUPERVISOR} == OVERSEERS - NATIONAL
