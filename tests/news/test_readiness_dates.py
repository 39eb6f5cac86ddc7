"""Days as Indonesian texts name them: read in every usual spelling, and doubted where they cannot be right."""

from datetime import date

import pytest
from django.utils.formats import date_format
from hypothesis import given, settings
from hypothesis import strategies as st

from news.readiness import warnings
from news.readiness.days import WEEKDAYS, days_named_in
from tests.factories import drafted

NEAR = date(2019, 12, 11)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def december(day):
    return date(2019, 12, day)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Rabu, 11 Desember 2019", [(december(11), WED)]),
        ("Rabu 11 Desember 2019", [(december(11), WED)]),
        ("rabu,11 des. 2019", [(december(11), WED)]),
        ("RABU, 11 DESEMBER 2019", [(december(11), WED)]),
        ("Rabu (11 Desember 2019)", [(december(11), WED)]),
        ("Rabu, tanggal 11 Desember 2019", [(december(11), WED)]),
        ("Rabu malam, 11 Desember 2019", [(december(11), WED)]),
        ("Rabu Pon, 11 Desember 2019", [(december(11), WED)]),
        ("Rabu (11/12/2019)", [(december(11), WED)]),
        ("Rabu (11/12/19)", [(december(11), WED)]),
        ("Rabu (11/12)", [(december(11), WED)]),
        ("Rabu, 11 Desember", [(december(11), WED)]),
        ("11 Desember 2019 (Rabu)", [(december(11), WED)]),
        ("11 Desember 2019 (hari Rabu)", [(december(11), WED)]),
        ("Jumat, 13 Desember 2019", [(december(13), FRI)]),
        ("Jum'at, 13 Desember 2019", [(december(13), FRI)]),
        ("Jum’at, 13 Desember 2019", [(december(13), FRI)]),
        ("Minggu, 15 Desember 2019", [(december(15), SUN)]),
        ("Minggu 15 Desember 2019", [(december(15), SUN)]),
        ("Ahad, 15 Desember 2019", [(december(15), SUN)]),
        ("dua minggu 15 Desember 2019", [(december(15), None)]),
        ("11 Desember 2019", [(december(11), None)]),
        ("11–12 Desember 2019", [(december(11), None), (december(12), None)]),
        ("Rabu, 11-12 Desember 2019", [(december(11), WED), (december(12), None)]),
        ("Rabu–Kamis, 11–12 Desember 2019", [(december(11), WED), (december(12), THU)]),
        ("Rabu dan Kamis (11-12/12/2019)", [(december(11), WED), (december(12), THU)]),
        ("Senin hingga Rabu, 9 s.d. 11 Desember", [(december(9), MON), (december(11), WED)]),
        ("11-12 Desember 2019 (Rabu-Kamis)", [(december(11), WED), (december(12), THU)]),
        ("Sabtu, 30 November–1 Desember 2019", [(date(2019, 11, 30), SAT), (december(1), None)]),
        ("Selasa, 31 Desember", [(december(31), TUE)]),
        ("Rabu, 1 Januari", [(date(2020, 1, 1), WED)]),
        ("8 Nopember 2019, 3 Pebruari 2020", [(date(2019, 11, 8), None), (date(2020, 2, 3), None)]),
        ("31 Juni 2019", [(None, None)]),
        ("30 Februari", [(None, None)]),
        ("29 Februari 2019", [(None, None)]),
        ("29 Februari", [(date(2020, 2, 29), None)]),
        ("Rabu, 0 Desember 2019", [(None, WED)]),
        ("Rabu, 32 Desember 2019", [(None, WED)]),
        ("17 Agustus 1945", [(date(1945, 8, 17), None)]),
        ("pukul 08.30 11 Desember 2019", [(december(11), None)]),
    ],
)
def test_every_usual_way_of_naming_a_day_is_read(text, days):
    assert [(named.day, named.weekday) for named in days_named_in(text, NEAR)] == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Senin depan",
        "11 desa",
        "3/12 bagian",
        "Rp1.311 Desember",
        "Rabu, pukul 11.12 WITA",
        "Rabu (11/13)",
        "111 Desember 2019",
        "pasal 3 ayat 2",
        "Mei 2019",
        "4 Marta",
    ],
)
def test_what_names_no_day_is_left_alone(text):
    assert list(days_named_in(text, NEAR)) == []


@pytest.mark.parametrize("month", ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"])
def test_every_month_has_its_name(month):
    [named] = days_named_in(f"3 {month} 2019", NEAR)
    assert named.day.day == 3


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)), st.text(max_size=20))
def test_a_day_written_out_is_read_back(day, behind):
    months = [date_format(date(2019, month, 1), "F") for month in range(1, 13)]
    text = f"{WEEKDAYS[day.weekday()]}, {day.day} {months[day.month - 1]} {day.year:04} {behind}"

    first = next(days_named_in(text, NEAR))

    assert (first.day, first.weekday) == (day, day.weekday())


@settings(deadline=None)
@given(
    st.text() | st.lists(st.sampled_from(["Senin", " ", "11", "–", "Desember", "(", "/", "12", "2019"])).map("".join)
)
def test_no_text_is_too_strange(text):
    list(days_named_in(text, NEAR))


def wrong(edition):
    return [doubt for doubt in warnings(edition) if "“" in doubt and ("tidak cocok" in doubt or "penanggalan" in doubt)]


@pytest.mark.django_db
def test_a_day_that_cannot_be_right_is_said_with_its_place_and_what_would_be():
    edition = drafted(
        headline="Rapat digelar Senin, 11 Desember 2019",
        deck="Rapat digelar Rabu, 11 Desember 2019.",
        body="<p>Pembuka.</p><ul><li>Rapat Kamis&nbsp;(11/12)</li></ul><p>Ditutup <em>31</em> Juni 2019.</p>",
        quotes=({"number": 4, "text": "Sampai jumpa Ahad, 16 Desember", "attribution": "Warga"},),
        dateline_on=NEAR,
    )

    assert wrong(edition) == [
        "Judul: “Senin, 11 Desember 2019” tidak cocok: 11 Desember 2019 jatuh pada hari Rabu.",
        "Paragraf ke-2: “Kamis (11/12)” tidak cocok: 11 Desember 2019 jatuh pada hari Rabu.",
        "Paragraf ke-3: “31 Juni 2019” tidak ada dalam penanggalan.",
        "Kutipan 4: “Ahad, 16 Desember” tidak cocok: 16 Desember 2019 jatuh pada hari Senin.",
    ]


@pytest.mark.django_db
def test_at_most_five_wrong_days_are_said():
    assert len(wrong(drafted(body="<p>31 Juni 2019</p>" * 9))) == 5
