"""An office for every region: a default name where none has been verified."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from offices.importers.rows import RefusedTable, Tally, numbered_rows
from offices.models import Office, Region

VERIFIED = Path(__file__).resolve().parents[1] / "data" / "office_names.csv"
DEFAULT_NAME = "Dinas Komunikasi dan Informatika"
DEFAULT_ABBREVIATION = "Diskominfo"
SUB_OFFICE_NAME = "Suku Dinas Komunikasi, Informatika dan Statistik"
SUB_OFFICE_ABBREVIATION = "Sudin Kominfotik"
CAPITAL_PROVINCE = "31"


def import_offices(path: Path = VERIFIED) -> Tally:
    """Create the office of every region that has none; offices that exist are never renamed.

    The CSV file at `path` (code, official_name, abbreviation, slug) gives the verified names; every other office gets
    a default name that is marked unverified. Raises `RefusedTable` where a row names an unknown region, or a name or
    address does not fit.
    """
    with transaction.atomic():
        names = _verified_names(path)
        regions = list(Region.objects.order_by("code"))
        _refuse_unknown(names, regions)
        with_office = set(Office.objects.values_list("region_id", flat=True))
        missing = [region for region in regions if region.code not in with_office]
        offices = [_office(region, names.get(region.code)) for region in missing]
        _refuse_unfit(offices)
        Office.objects.bulk_create(offices)
    return Tally(added=len(missing), unchanged=len(with_office))


def _verified_names(path: Path) -> dict[str, dict[str, str]]:
    return {row["code"]: row for _line, row in numbered_rows(path, {"code", "official_name", "abbreviation", "slug"})}


def _refuse_unknown(names: dict[str, dict[str, str]], regions: list[Region]) -> None:
    unknown = sorted(set(names) - {region.code for region in regions})
    if unknown:
        raise RefusedTable([f"Kode wilayah {code} tidak dikenal." for code in unknown])


def _refuse_unfit(offices: list[Office]) -> None:
    """Raise `RefusedTable` for whatever a field or the uniqueness of addresses does not allow."""
    problems: list[str] = []
    taken = set(Office.objects.values_list("slug", flat=True))
    for office in offices:
        try:
            office.clean_fields(exclude=["region"])
        except ValidationError as error:
            problems += [f"Kantor {office.region_id}: {n}: {' '.join(t)}" for n, t in error.message_dict.items()]
        if office.slug in taken:
            problems.append(f"Kantor {office.region_id}: alamat {office.slug} sudah dipakai kantor lain.")
        taken.add(office.slug)
    if problems:
        raise RefusedTable(problems)


def _office(region: Region, verified: dict[str, str] | None) -> Office:
    if verified:
        names = {name: verified[name] for name in ("official_name", "abbreviation", "slug")}
        return Office(region=region, name_verified=True, **names)
    name, abbreviation = _default_name(region)
    return Office(region=region, official_name=name, abbreviation=abbreviation, slug=_default_slug(region))


def _default_name(region: Region) -> tuple[str, str]:
    """Jakarta's administrative units have a Suku Dinas of the province's office, every other region its own Dinas."""
    if region.parent_id == CAPITAL_PROVINCE:
        return SUB_OFFICE_NAME, SUB_OFFICE_ABBREVIATION
    return DEFAULT_NAME, DEFAULT_ABBREVIATION


def _default_slug(region: Region) -> str:
    """`prov-sulawesi-selatan`, `kab-bantaeng`, `kota-makassar`."""
    name = slugify(region.short_name)
    return f"prov-{name}" if region.is_province else name.replace("kabupaten-", "kab-", 1)
