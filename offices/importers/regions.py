"""The official list of regions, brought into the tree of regions."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from offices.importers.rows import RefusedTable, Tally, numbered_rows
from offices.models import Region
from offices.models.regions import ROOT_CODE

BUNDLED = Path(__file__).resolve().parents[1] / "data" / "regions.csv"
REQUIRED = {"code", "parent_code", "level", "name", "timezone", "latitude", "longitude"}
OPTIONAL = ("short_name", "capital", "island_group")
LEVEL_ABOVE = {
    Region.Level.PROVINCE: Region.Level.NATION,
    Region.Level.REGENCY: Region.Level.PROVINCE,
    Region.Level.CITY: Region.Level.PROVINCE,
}
ROOT = Region(
    code=ROOT_CODE,
    level=Region.Level.NATION,
    name="Indonesia",
    short_name="Indonesia",
    timezone="Asia/Jakarta",
    capital="Jakarta",
    island_group="Indonesia",
)


def import_regions(path: Path = BUNDLED) -> Tally:
    """Add and update the regions of the CSV file at `path`; regions it does not name stay as they are.

    Columns: code (Kemendagri, text), parent_code (empty for provinces), level (province, regency, city), name,
    timezone, latitude, longitude in degrees; optionally short_name, capital, island_group. One bad row refuses the
    whole file with `RefusedTable`, naming its line, and nothing changes.
    """
    with transaction.atomic():
        stored = {region.code: region for region in Region.objects.select_for_update()}
        tally = Tally()
        _store(stored.get(ROOT_CODE, ROOT), stored, tally)
        wanted = list(_parsed(path, stored))
        for region in sorted(wanted, key=lambda r: len(r.code)):
            _store(region, stored, tally)
    return tally


def _parsed(path: Path, stored: dict[str, Region]) -> Iterator[Region]:
    problems: list[str] = []
    rows = list(numbered_rows(path, REQUIRED))
    levels = {code: region.level for code, region in stored.items()}
    levels |= {row["code"]: row["level"] for _line, row in rows if row["code"] != ROOT_CODE}
    seen: dict[str, int] = {}
    for line, row in rows:
        try:
            if row["code"] in seen:
                raise ValueError(f"kode {row['code']} sudah ada di baris {seen[row['code']]}")
            seen[row["code"]] = line
            yield _region(row, levels, stored.get(row["code"]))
        except (ValueError, InvalidOperation) as error:
            problems.append(f"Baris {line}: {_sentence(error)}.")
    if not rows:
        problems.append("Berkas tidak berisi satu baris pun.")
    if problems:
        raise RefusedTable(problems)


def _sentence(error: Exception) -> str:
    if isinstance(error, InvalidOperation):
        return "lintang dan bujur harus berupa angka desimal"
    if isinstance(error, ValidationError):
        return "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
    return str(error)


def _parent_of(row: dict[str, str], levels: dict[str, str]) -> str:
    """The code of the parent; raises ValueError where the tree nation → province → kabupaten/kota would break."""
    parent = row["parent_code"] or ROOT_CODE
    if row["code"] == ROOT_CODE:
        raise ValueError(f"kode {ROOT_CODE} adalah wilayah nasional, bukan baris daftar ini")
    if parent not in levels:
        raise ValueError(f"kode induk {parent} tidak dikenal")
    if row["level"] not in LEVEL_ABOVE:
        raise ValueError(f"tingkat {row['level'] or 'kosong'} tidak dikenal (province, regency, atau city)")
    wanted = LEVEL_ABOVE[Region.Level(row["level"])]
    if levels[parent] != wanted:
        raise ValueError(f"kode induk {parent} tidak bertingkat {wanted}")
    return parent


def _degrees(row: dict[str, str]) -> dict[str, Decimal]:
    point = {"latitude": Decimal(row["latitude"]), "longitude": Decimal(row["longitude"])}
    if abs(point["latitude"]) > 90 or abs(point["longitude"]) > 180:
        raise ValueError("lintang paling jauh 90 derajat dan bujur paling jauh 180 derajat")
    return point


def _region(row: dict[str, str], levels: dict[str, str], stored: Region | None) -> Region:
    """The region of one row, with what its columns leave out kept as stored; raises ValueError or InvalidOperation."""
    region = Region(
        code=row["code"],
        parent_id=_parent_of(row, levels),
        level=row["level"],
        name=row["name"],
        timezone=row["timezone"],
        **_degrees(row),
        **{name: row.get(name, getattr(stored, name, "")) for name in OPTIONAL},
    )
    region.short_name = region.short_name or region.name
    try:
        region.clean_fields(exclude=["parent"])
    except ValidationError as error:
        raise ValueError(_sentence(error)) from error
    return region


def _store(region: Region, stored: dict[str, Region], tally: Tally) -> None:
    current = stored.get(region.code)
    if current is None:
        region.save(force_insert=True)
        tally.added += 1
    elif _facts(current) != _facts(region):
        region.save(force_update=True)
        tally.changed += 1
    else:
        tally.unchanged += 1
    stored[region.code] = region


def _facts(region: Region) -> dict[str, object]:
    return {f.attname: getattr(region, f.attname) for f in Region._meta.concrete_fields}
