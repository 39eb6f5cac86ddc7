"""An office for every region: verified names where they are known, and nothing edited is ever lost."""

import io

import pytest
from django.core.management import CommandError, call_command

from offices.importers.offices import import_offices
from offices.importers.regions import import_regions
from offices.importers.rows import RefusedTable
from offices.models import Office, Region
from tests.factories import RegionFactory, ministry, province_office, regency_office

pytestmark = pytest.mark.django_db

HEADER = "code,official_name,abbreviation,slug"


def table(folder, *lines):
    path = folder / "names.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def test_every_region_of_the_bundled_list_gets_one_office():
    import_regions()

    first, second = import_offices(), import_offices()

    assert (first.added, first.unchanged) == (553, 0)
    assert (second.added, second.unchanged) == (0, 553)
    assert Office.objects.count() == Region.objects.count() == 553
    assert Office.objects.values("slug").distinct().count() == 553
    known = Office.objects.filter(name_verified=True).values_list("slug", "official_name", "abbreviation")
    assert sorted(known) == [
        ("kab-bantaeng", "Dinas Komunikasi, Informatika, Statistik dan Persandian", "Diskominfo-SP"),
        ("pusat", "Kementerian Komunikasi dan Digital", "Komdigi"),
    ]
    slugs = ["prov-sulawesi-selatan", "kota-makassar", "kab-jeneponto"]
    assert Office.objects.filter(slug__in=slugs).count() == 3
    assert {office.abbreviation for office in Office.objects.filter(region__parent="31")} == {"Sudin Kominfotik"}
    for office in Office.objects.all():
        office.clean_fields(exclude=["region"])


def test_an_office_that_was_edited_keeps_its_names():
    office = regency_office("73.03")
    Office.objects.filter(pk=office.pk).update(official_name="Dinas Kominfo Baru", slug="bantaeng-baru")
    before = list(Office.objects.values())

    import_offices()

    assert list(Office.objects.filter(pk=office.pk).values()) == before
    assert sorted(Office.objects.values_list("region_id", flat=True)) == ["00", "73", "73.03"]


def test_only_missing_offices_are_added():
    province_office("73")
    RegionFactory(code="73.03", name="Kabupaten Bantaeng", short_name="Kab. Bantaeng")

    tally = import_offices()

    assert (tally.added, tally.unchanged) == (2, 1)
    assert sorted(Office.objects.values_list("slug", flat=True)) == ["kab-bantaeng", "kantor-73", "pusat"]


def test_a_default_name_is_marked_unverified(tmp_path):
    RegionFactory(code="73.04", name="Kabupaten Jeneponto", short_name="Kab. Jeneponto")

    import_offices(table(tmp_path))

    made = Office.objects.get(region="73.04")
    assert (made.name_verified, made.slug) == (False, "kab-jeneponto")
    assert (made.official_name, made.abbreviation) == ("Dinas Komunikasi dan Informatika", "Diskominfo")


def test_a_name_for_an_unknown_region_changes_nothing(tmp_path):
    RegionFactory(code="73.04")

    with pytest.raises(RefusedTable, match="99.99"):
        import_offices(table(tmp_path, "73.04,Dinas,D,kab-jeneponto", "99.99,Dinas,D,kab-entah"))

    assert Office.objects.count() == 0


@pytest.mark.parametrize(
    "row",
    [
        f"73.04,{'D' * 161},D,kab-jeneponto",
        f"73.04,Dinas,{'D' * 41},kab-jeneponto",
        "73.04,Dinas,D,2024",
        "73.04,Dinas,D,bukan alamat",
        "73.04,,D,kab-jeneponto",
        "73.04,Dinas,D,",
    ],
)
def test_a_verified_name_that_does_not_fit_changes_nothing(tmp_path, row):
    RegionFactory(code="73.04")

    with pytest.raises(RefusedTable, match="73.04"):
        import_offices(table(tmp_path, row))

    assert Office.objects.count() == 0


def test_an_address_that_another_office_took_changes_nothing(tmp_path):
    RegionFactory(code="73.04", name="Kabupaten Jeneponto", short_name="Kab. Jeneponto")
    Office.objects.filter(pk=ministry().pk).update(slug="kab-jeneponto")

    with pytest.raises(RefusedTable, match="kab-jeneponto"):
        import_offices(table(tmp_path))

    assert list(Office.objects.values_list("slug", flat=True)) == ["kab-jeneponto"]


def test_a_missing_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(RefusedTable, match="tidak dapat dibaca"):
        import_offices(tmp_path / "nowhere.csv")


def test_the_command_tells_how_many():
    RegionFactory(code="73.03")
    out = io.StringIO()

    call_command("import_offices", stdout=out)

    assert out.getvalue() == "Kantor: 3 ditambahkan, 0 diubah, 0 tidak berubah.\n"


def test_the_command_says_that_nothing_changed():
    with pytest.raises(CommandError, match="Tidak ada yang diubah"):
        call_command("import_offices")
