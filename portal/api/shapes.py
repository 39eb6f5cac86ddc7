"""The shapes of what the API answers, and what each member means."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(description=_("Satu kalimat untuk pembuat program."))


class RegionRef(Schema):
    code: str = Field(description=_("Kode Kemendagri; teks, bukan angka: 14.10 bukan 14.1."))
    name: str
    level: str = Field(description=_("nation, province, regency (kabupaten), atau city (kota)."))
    timezone: str = Field(description=_("Zona waktu IANA: Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura."))
    url: str


class OfficeRef(Schema):
    slug: str
    official_name: str
    url: str


class OfficialRef(Schema):
    slug: str
    name: str
    url: str


class RubricRef(Schema):
    slug: str
    name: str
    url: str


class TagRef(Schema):
    slug: str
    name: str
    url: str


class EventRef(Schema):
    year: int = Field(ge=0, le=9999)
    slug: str
    title: str
    url: str


class Rendition(Schema):
    url: str
    media_type: str
    width: int = Field(ge=1, le=100_000)
    height: int = Field(ge=1, le=100_000)


class Photo(Schema):
    caption: str
    credit: str = Field(description=_("Siapa yang memotret; wajib disebut bila foto dipakai."))
    alt: str = Field(description=_("Apa yang tampak, untuk yang tidak melihat fotonya."))
    focal_x: float = Field(
        ge=0, le=1, description=_("Titik yang harus tampak bila foto dipotong, dari kiri (0) ke kanan (1).")
    )
    focal_y: float = Field(ge=0, le=1, description=_("Dari atas (0) ke bawah (1)."))
    renditions: list[Rendition] = Field(description=_("Ukuran yang tersedia, yang tersempit lebih dahulu."))


class Document(Schema):
    title: str
    url: str
    media_type: str
    size: int = Field(ge=0, le=2**63 - 1, description=_("Besarnya dalam bita."))
    pages: int | None = Field(ge=0, le=2**31 - 1)


class Speaker(Schema):
    official: OfficialRef
    title: str = Field(description=_("Jabatan pada hari itu, misalnya Plt. Kepala Dinas."))
    place: str


class Quote(Schema):
    number: int = Field(ge=0, le=100_000)
    kind: str = Field(description=_("direct (kata demi kata) atau retold (disampaikan ulang)."))
    text: str
    speaker: Speaker | None
    attribution: str = Field(description=_("Siapa yang berbicara, bila bukan pejabat yang tercatat."))


class Version(Schema):
    number: int = Field(ge=1, le=2**31 - 1)
    published_at: datetime
    kind: str = Field(description=_("Kosong untuk yang pertama; typo, update, ralat, koreksi, atau hak_jawab."))
    note: str


class ArticleSummary(Schema):
    id: int = Field(ge=1, le=2**63 - 1)
    url: str = Field(description=_("Alamat resmi berita ini; sebutkan sebagai sumber."))
    data_url: str = Field(description=_("Alamat isi lengkapnya di API ini."))
    headline: str
    deck: str
    published_at: datetime = Field(description=_("Pertama kali terbit; perbaikan tidak mengubahnya."))
    published_on: date = Field(description=_("Tanggal terbit menurut jam setempat."))
    updated_at: datetime = Field(description=_("Terakhir berubah lebih dari salah ketik."))
    changed_at: datetime | None = Field(description=_("Terakhir berubah dalam hal apa pun, menurut jam server."))
    office: OfficeRef
    region: RegionRef
    rubric: RubricRef
    lead: Photo | None = Field(description=_("Foto utama."))


class Article(ArticleSummary):
    dateline_place: str
    dateline_on: date | None
    byline: str
    source: str
    body_html: str = Field(
        description=_("Isi yang sudah dibersihkan, dengan kutipan dan “Baca juga” di tempatnya; tautannya lengkap.")
    )
    body_text: str = Field(description=_("Isi tanpa tanda HTML; alinea dipisahkan baris kosong."))
    photos: list[Photo]
    documents: list[Document]
    quotes: list[Quote]
    officials: list[Speaker] = Field(description=_("Pejabat yang disebut, dengan jabatan pada hari itu."))
    event: EventRef | None
    tags: list[TagRef]
    corrections: list[Version] = Field(description=_("Ralat, koreksi, dan hak jawab, yang terbaru lebih dahulu."))
    versions: list[Version] = Field(description=_("Semua versi yang pernah terbit; kosong bila baru satu."))


class Change(Schema):
    id: int = Field(ge=1, le=2**63 - 1)
    state: str = Field(description=_("live (dapat dibaca), withdrawn (ditarik), atau removed (dihapus)."))
    changed_at: datetime
    article: Article | None = Field(
        description=_("Isi lengkap selama dapat dibaca; null bila salinannya harus dihapus.")
    )


class Region(RegionRef):
    short_name: str
    zone: str = Field(description="WIB, WITA, WIT.")
    parent: str | None = Field(description=_("Kode wilayah di atasnya; null untuk Indonesia."))
    capital: str
    island_group: str
    latitude: float | None = Field(ge=-90, le=90)
    longitude: float | None = Field(ge=-180, le=180)
    office: OfficeRef | None


class SocialAccount(Schema):
    network: str
    url: str


class Office(OfficeRef):
    name_verified: bool = Field(description=_("Apakah nama resmi sudah dicocokkan dengan peraturan daerah."))
    abbreviation: str
    region: RegionRef
    address: str
    phone: str
    email: str
    website: str
    logo: str | None
    accounts: list[SocialAccount]


class Term(Schema):
    title: str = Field(description=_("Jabatan dengan awalannya, misalnya Plt."))
    kind: str = Field(description="definitive, plt, plh, pj, pjs.")
    office: OfficeRef
    region: RegionRef
    held_from: date
    from_precision: str = Field(description=_("Seteliti apa tanggal itu diketahui: day, month, atau year."))
    held_until: date | None = Field(description=_("Hari pertama tidak lagi menjabat; null bila masih menjabat."))
    until_precision: str


class Official(OfficialRef):
    known_as: str
    appointments: list[Term] = Field(description=_("Yang terakhir lebih dahulu."))


class EventSummary(EventRef):
    series: str | None
    place: str
    timezone: str
    starts_at: datetime
    ends_at: datetime
    state: str = Field(description=_("published, postponed (ditunda), atau cancelled (dibatalkan)."))
    state_note: str
    organiser: OfficeRef
    calendar_url: str = Field(description=_("Berkas iCalendar."))


class Event(EventSummary):
    description_html: str
    description_text: str
    participants: list[OfficeRef]


class Rubric(RubricRef):
    description: str
