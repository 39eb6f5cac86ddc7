"""The official list of regions: counted, repeatable, and refused as a whole by the line of its fault."""

import io
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from offices.importers.regions import import_regions
from offices.importers.rows import RefusedTable
from offices.models import Region
from tests.factories import RegionFactory

pytestmark = pytest.mark.django_db

HEADER = "code,parent_code,level,name,timezone,latitude,longitude"
SOUTH_SULAWESI = "73,,province,Sulawesi Selatan,Asia/Makassar,-3.64467,119.94719"
BANTAENG = "73.03,73,regency,Kabupaten Bantaeng,Asia/Makassar,-5.48,119.97"
GOOD = (SOUTH_SULAWESI, BANTAENG)


def table(folder, *lines, header=HEADER):
    path = folder / "regions.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def counts(tally):
    return tally.added, tally.changed, tally.unchanged


def stored():
    return list(Region.objects.order_by("code").values())


def test_the_bundled_list_gives_553_regions_once():
    assert counts(import_regions()) == (553, 0, 0)
    before = stored()

    assert counts(import_regions()) == (0, 0, 553)
    assert stored() == before
    assert {level: Region.objects.filter(level=level).count() for level in Region.Level.values} == {
        "nation": 1,
        "province": 38,
        "regency": 416,
        "city": 98,
    }
    bantaeng = Region.objects.select_related("parent__parent").get(code="73.03")
    assert (bantaeng.name, bantaeng.parent.name) == ("Kabupaten Bantaeng", "Sulawesi Selatan")
    assert (bantaeng.parent.parent.code, bantaeng.zone_abbr) == ("00", "WITA")


def test_rows_are_counted_as_added_changed_and_unchanged(tmp_path):
    assert counts(import_regions(table(tmp_path, *GOOD))) == (3, 0, 0)

    renamed = BANTAENG.replace("Kabupaten Bantaeng", "Kabupaten Bantaeng Baru")
    jeneponto = "73.04,73,regency,Kabupaten Jeneponto,Asia/Makassar,-5.63,119.69"
    assert counts(import_regions(table(tmp_path, SOUTH_SULAWESI, renamed, jeneponto))) == (1, 1, 2)
    assert Region.objects.get(code="73.03").name == "Kabupaten Bantaeng Baru"


def test_regions_that_the_file_does_not_name_stay_as_they_are(tmp_path):
    import_regions(table(tmp_path, *GOOD))
    Region.objects.filter(code="00").update(capital="Nusantara", latitude=Decimal("-2.5"))
    Region.objects.filter(code="73").update(capital="Makassar")

    import_regions(table(tmp_path, BANTAENG))

    facts = Region.objects.order_by("code").values_list("code", "capital", "latitude")
    assert list(facts) == [
        ("00", "Nusantara", Decimal("-2.5")),
        ("73", "Makassar", Decimal("-3.64467")),
        ("73.03", "", Decimal("-5.48")),
    ]


def test_the_seven_official_columns_keep_the_facts_they_leave_out(tmp_path):
    extra = f"{HEADER},short_name,capital,island_group"
    rows = (f"{SOUTH_SULAWESI},Sulsel,Makassar,Sulawesi", f"{BANTAENG},Kab. Bantaeng,Bantaeng,Sulawesi")
    import_regions(table(tmp_path, *rows, header=extra))
    before = stored()

    assert counts(import_regions(table(tmp_path, *GOOD))) == (0, 0, 3)
    assert stored() == before


def test_a_new_region_without_a_short_name_takes_its_name(tmp_path):
    import_regions(table(tmp_path, *GOOD))

    assert Region.objects.get(code="73.03").short_name == "Kabupaten Bantaeng"


def test_codes_are_text_and_never_numbers(tmp_path):
    riau = "14,,province,Riau,Asia/Jakarta,0.5,101.8"
    meranti = "14.10,14,regency,Kabupaten Kepulauan Meranti,Asia/Jakarta,0.97,102.7"
    shortened = "14.1,14,regency,Kabupaten Lain,Asia/Jakarta,0.97,102.7"

    assert counts(import_regions(table(tmp_path, riau, meranti))) == (3, 0, 0)
    assert Region.objects.get(code="14.10").name == "Kabupaten Kepulauan Meranti"
    with pytest.raises(RefusedTable, match="Baris 4: .*nol di belakang"):
        import_regions(table(tmp_path, riau, meranti, shortened))
    assert list(Region.objects.order_by("code").values_list("code", flat=True)) == ["00", "14", "14.10"]


def test_children_may_stand_before_their_province(tmp_path):
    assert counts(import_regions(table(tmp_path, BANTAENG, SOUTH_SULAWESI))) == (3, 0, 0)


def test_the_province_may_be_stored_already(tmp_path):
    import_regions(table(tmp_path, SOUTH_SULAWESI))

    assert counts(import_regions(table(tmp_path, BANTAENG))) == (1, 0, 1)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_other_line_endings_are_no_fault(tmp_path, mark):
    path = tmp_path / "regions.csv"
    path.write_bytes(f"{mark}{HEADER}\r\n{SOUTH_SULAWESI}\r\n\r\n".encode())

    assert counts(import_regions(path)) == (2, 0, 0)


BAD_ROWS = {
    "unknown parent": ("73.04,74,regency,X,Asia/Makassar,-5,119", "74"),
    "bad level": ("73.04,73,kecamatan,X,Asia/Makassar,-5,119", "kecamatan"),
    "no level": ("73.04,73,,X,Asia/Makassar,-5,119", "kosong"),
    "nation": ("73.04,73,nation,X,Asia/Makassar,-5,119", "nation"),
    "word for a number": ("73.04,73,regency,X,Asia/Makassar,selatan,119", "angka"),
    "comma for a point": ('73.04,73,regency,X,Asia/Makassar,"-5,5",119', "angka"),
    "no number": ("73.04,73,regency,X,Asia/Makassar,,119", "angka"),
    "not a number": ("73.04,73,regency,X,Asia/Makassar,NaN,119", ""),
    "infinity": ("73.04,73,regency,X,Asia/Makassar,-Infinity,119", ""),
    "beyond the pole": ("73.04,73,regency,X,Asia/Makassar,-95,119", "derajat"),
    "beyond the date line": ("73.04,73,regency,X,Asia/Makassar,-5,181", "derajat"),
    "huge number": ("73.04,73,regency,X,Asia/Makassar,1e999999,119", ""),
    "duplicate": ("73,,province,X,Asia/Makassar,-5,119", "sudah ada di baris 2"),
    "unknown zone": ("73.04,73,regency,X,Asia/Singapore,-5,119", "timezone"),
    "long name": (f"73.04,73,regency,{'X' * 81},Asia/Makassar,-5,119", "name"),
    "no name": ("73.04,73,regency,,Asia/Makassar,-5,119", "name"),
    "long code": ("73.040,73,regency,X,Asia/Makassar,-5,119", "code"),
    "no code": (",73,regency,X,Asia/Makassar,-5,119", "code"),
    "short row": ("73.04,73,regency", ""),
    "null character": ("73.04,73,regency,X\x00Y,Asia/Makassar,-5,119", ""),
    "its own parent": ("73.04,73.04,regency,X,Asia/Makassar,-5,119", "73.04"),
    "regency below a regency": ("73.04,73.03,regency,X,Asia/Makassar,-5,119", "73.03"),
    "regency below the nation": ("73.04,,regency,X,Asia/Makassar,-5,119", "00"),
    "province below a province": ("74,73,province,X,Asia/Makassar,-5,119", "73"),
    "the nation itself": ("00,,province,X,Asia/Makassar,-5,119", "00"),
}


@pytest.mark.parametrize("fault", BAD_ROWS)
def test_a_bad_row_is_named_by_its_line_and_changes_nothing(tmp_path, fault):
    row, word = BAD_ROWS[fault]
    import_regions(table(tmp_path, *GOOD))
    before = stored()
    changed = SOUTH_SULAWESI.replace("Sulawesi Selatan", "Nama Baru")

    with pytest.raises(RefusedTable) as refusal:
        import_regions(table(tmp_path, changed, BANTAENG, row))

    assert len(refusal.value.problems) == 1
    assert refusal.value.problems[0].startswith("Baris 4: ")
    assert word in refusal.value.problems[0]
    assert stored() == before


def test_the_first_import_leaves_nothing_behind_when_it_fails(tmp_path):
    with pytest.raises(RefusedTable):
        import_regions(table(tmp_path, SOUTH_SULAWESI, BAD_ROWS["bad level"][0]))

    assert stored() == []


def test_every_fault_is_named_at_once(tmp_path):
    rows = (BAD_ROWS["bad level"][0], BANTAENG, BAD_ROWS["unknown zone"][0].replace("73.04", "73.05"))

    with pytest.raises(RefusedTable) as refusal:
        import_regions(table(tmp_path, SOUTH_SULAWESI, *rows))

    assert [problem.split(":")[0] for problem in refusal.value.problems] == ["Baris 3", "Baris 5"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Baris 1: kolom .*code.* tidak ada"),
        (HEADER.replace("timezone,", "").encode(), "Baris 1: kolom timezone tidak ada"),
        (f"{HEADER}\n".encode().replace(b",", b";"), "Baris 1: kolom"),
        (f"{HEADER}\n".encode(), "tidak berisi satu baris pun"),
        (f"{HEADER}\n{SOUTH_SULAWESI}\n".encode("utf-16"), "bukan UTF-8"),
        (f"{HEADER}\n{SOUTH_SULAWESI.replace('Sulawesi', 'Sulawés')}\n".encode("latin-1"), "bukan UTF-8"),
        (f"{HEADER}\n{'x' * 200_000}\n".encode(), "Baris 2: bukan CSV"),
    ],
    ids=["empty", "missing column", "semicolons", "header only", "utf-16", "latin-1", "endless field"],
)
def test_a_file_that_is_no_table_of_regions_changes_nothing(tmp_path, content, sentence):
    path = tmp_path / "regions.csv"
    path.write_bytes(content)

    with pytest.raises(RefusedTable, match=sentence):
        import_regions(path)

    assert stored() == []


def test_a_missing_file_and_a_folder_are_refused_with_a_sentence(tmp_path):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(RefusedTable, match="tidak dapat dibaca"):
            import_regions(path)


def test_the_command_tells_how_many(tmp_path):
    RegionFactory(code="73.03")
    out = io.StringIO()

    call_command("import_regions", table(tmp_path, *GOOD), stdout=out)

    assert out.getvalue() == "Wilayah: 0 ditambahkan, 2 diubah, 1 tidak berubah.\n"


def test_the_command_names_the_line_and_fails(tmp_path):
    with pytest.raises(CommandError, match="Tidak ada yang diubah.\nBaris 2: "):
        call_command("import_regions", table(tmp_path, BAD_ROWS["bad level"][0]))
