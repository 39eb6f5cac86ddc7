"""How the photo library is searched and narrowed."""

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from news.models import EditionPhoto
from news.public_files import PHOTOS
from offices.admin.scoping import MOST_WORDS

SEARCHED = ("title", "caption", "credit", "alt")
ABOUT_SQUARE = 1.05


def matching(photos: QuerySet, term: str) -> QuerySet:
    """The photos that have every word of `term` in one of their texts, in whatever case it is spelled.

    SQLite compares only A to Z without case; so other letters are looked for in the ways they are written.
    """
    for word in term.replace("\x00", "").split()[:MOST_WORDS]:
        spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
        wanted = Q()
        for name in SEARCHED:
            for spelling in spellings:
                wanted |= Q(**{f"{name}__icontains": spelling})
        photos = photos.filter(wanted)
    return photos


class Choice(admin.SimpleListFilter):
    """A filter whose choices are its conditions by value; what it does not know narrows nothing."""

    conditions: dict = {}
    labels: tuple = ()

    def lookups(self, request, model_admin):
        return self.labels

    def queryset(self, request, queryset):
        narrow = self.conditions.get(self.value())
        return narrow(queryset, request) if narrow else queryset


class UseFilter(Choice):
    title = _("pemakaian")
    parameter_name = "pemakaian"
    labels = (("terbit", _("Sedang terbit")), ("dipakai", _("Dipakai")), ("belum", _("Belum dipakai")))
    conditions = {
        "terbit": lambda photos, request: photos.filter(pk__in=PHOTOS.live_rows().values("photo")),
        "dipakai": lambda photos, request: photos.filter(pk__in=EditionPhoto.objects.values("photo")),
        "belum": lambda photos, request: photos.exclude(pk__in=EditionPhoto.objects.values("photo")),
    }


class UploaderFilter(Choice):
    title = _("pengunggah")
    parameter_name = "pengunggah"
    labels = (("saya", _("Saya sendiri")),)
    conditions = {"saya": lambda photos, request: photos.filter(uploaded_by=request.user)}


class OrientationFilter(Choice):
    title = _("bentuk")
    parameter_name = "bentuk"
    labels = (("mendatar", _("Mendatar")), ("tegak", _("Tegak")), ("persegi", _("Persegi")))
    conditions = {
        "mendatar": lambda photos, request: photos.filter(width__gt=F("height") * ABOUT_SQUARE),
        "tegak": lambda photos, request: photos.filter(height__gt=F("width") * ABOUT_SQUARE),
        "persegi": lambda photos, request: photos.filter(
            width__lte=F("height") * ABOUT_SQUARE, height__lte=F("width") * ABOUT_SQUARE
        ),
    }


class ArchiveFilter(Choice):
    """Archived files are out of sight until they are asked for."""

    title = _("arsip")
    parameter_name = "arsip"
    labels = (("ya", _("Diarsipkan")), ("semua", _("Semua")))

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Tidak diarsipkan")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "semua":
            return queryset
        return queryset.filter(archived_at__isnull=self.value() != "ya")
