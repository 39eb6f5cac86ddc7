"""Officials whom a text names are listed and were in office; nobody is taken for somebody else."""

import time
from datetime import date

import pytest

from news.readiness import warnings
from news.readiness.officials import bare_name, full_names
from tests.factories import AppointmentFactory, EventFactory, OfficialFactory, PositionFactory, drafted, regency_office

pytestmark = pytest.mark.django_db

DAY = date(2019, 12, 11)


def serving(name, office=None, *, known_as="", **term):
    official = OfficialFactory(name=name, known_as=known_as)
    return AppointmentFactory(official=official, position=PositionFactory(office=office or regency_office()), **term)


def doubts(text, **fields):
    edition = drafted(body=f"<p>Pembuka.</p><p>{text}</p>", dateline_on=DAY, **fields)
    return [doubt for doubt in warnings(edition) if "pejabat yang disebut" in doubt]


MISSING = "Paragraf ke-2 menyebut {}, yang belum tercantum pada pejabat yang disebut."


@pytest.mark.parametrize(
    "text",
    ["Menurut Andi Contoh, rapat", "Bupati Andi Contoh.", "(Andi Contoh)", "Bupati H. Andi Contoh, S.H. hadir"],
)
def test_an_official_of_the_office_who_is_named_but_not_listed_is_said(text):
    serving("Andi Contoh")

    assert doubts(text) == [MISSING.format("Andi Contoh")]


def test_a_text_that_only_looks_like_names_is_read_at_once():
    started = time.monotonic()

    assert list(full_names("A-" * 50_000)) == []
    assert time.monotonic() - started < 2


def test_titles_in_the_register_do_not_hide_a_name():
    serving("Dr. H. Andi Contoh, S.H., M.Si.")

    assert doubts("Menurut Andi Contoh rapat") == [MISSING.format("Dr. H. Andi Contoh, S.H., M.Si.")]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Andi Contoh", "Andi Contoh"),
        ("Dr. H. Andi Contoh, S.H., M.Si.", "Andi Contoh"),
        ("Prof. Dr. Ir. Siti Rekaan", "Siti Rekaan"),
        ("Hj. Siti Rekaan", "Siti Rekaan"),
        ("Drs Andi Contoh", "Andi Contoh"),
        ("I Wayan Teladan", "I Wayan Teladan"),
        ("Sukarno", "Sukarno"),
        ("", ""),
    ],
)
def test_a_name_without_its_titles(name, bare):
    assert bare_name(name) == bare


def test_who_is_listed_is_not_said_again():
    term = serving("Andi Contoh")

    assert doubts("Menurut Andi Contoh, rapat", officials=(term.official,)) == []


@pytest.mark.parametrize("text", ["Andi Contohnya", "Landi Contoh", "andi contoh", "Andi dan Contoh"])
def test_only_whole_names_count(text):
    serving("Andi Contoh")

    assert doubts(text) == []


def test_a_name_of_one_word_is_not_found_in_a_longer_name():
    serving("Agus")

    assert doubts("Menurut Agus Salim rapat") == []
    assert doubts("Menurut Bupati Agus rapat") == [MISSING.format("Agus")]


def test_a_short_name_is_asked_about():
    serving("Syahrul Bayan", known_as="SBY")

    assert doubts("Menurut SBY, rapat") == [
        "Paragraf ke-2 menyebut “SBY”. Bila itu Syahrul Bayan, cantumkan pada pejabat yang disebut."
    ]


def test_who_is_known_by_a_full_name_is_found_wherever_they_serve():
    serving("Siti Rekaan Jauh", regency_office("11.01"), known_as="SRJ")
    serving("Joko", regency_office("11.01"))

    assert doubts("Menurut Kepala Dinas Siti Rekaan Jauh, rapat. SRJ dan Joko hadir.") == [
        MISSING.format("Siti Rekaan Jauh")
    ]


def test_those_of_the_event_are_found_by_short_names_too():
    host, guest = regency_office("11.01"), regency_office("64.01")
    serving("Siti Rekaan", host, known_as="SRK")
    serving("Joko", guest)
    event = EventFactory(organiser=host, state="published")
    event.participants.add(guest)

    assert doubts("Menurut SRK dan Joko, rapat", event=event) == [
        "Paragraf ke-2 menyebut “SRK”. Bila itu Siti Rekaan, cantumkan pada pejabat yang disebut.",
        MISSING.format("Joko"),
    ]


def test_who_left_the_office_before_is_not_asked_about_by_a_short_name():
    serving("Syahrul Bayan", known_as="SBY", held_until=date(2019, 1, 1))

    assert doubts("Menurut SBY, rapat") == []


def test_who_speaks_in_a_quote_is_to_be_listed_and_in_office():
    term = serving("Andi Contoh", held_until=DAY)
    edition = drafted(dateline_on=DAY, quotes=({"number": 2, "text": "Kata.", "speaker": term},))

    said = [doubt for doubt in warnings(edition) if "Andi Contoh" in doubt]

    assert said == [
        "Kutipan 2: jabatan Andi Contoh yang dipilih tidak berlaku pada tanggal titimangsa.",
        "Kutipan 2: Andi Contoh belum tercantum pada pejabat yang disebut.",
    ]


def test_at_most_eight_are_said():
    names = [f"Andi Contoh{letter}" for letter in "abcdefghij"]
    for name in names:
        serving(name)

    assert len(doubts(", ".join(names))) == 8
