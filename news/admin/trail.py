"""The audit trail in the newsroom: two books that managers read of their office and overseers of all they oversee."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.paging import page_of
from news.queries import DAY
from news.states import Step
from news.trail import entries_for, file_of_entries, file_of_steps, kind_of_thing, reads_trail, steps_for, zone_for
from offices.admin.scoping import OfficeScopedAdmin
from offices.models import Entry, Kind, User
from offices.templatetags.dates import short_time

ROWS_A_PAGE = 50
EVERYTHING = [("", _("Semua"))]
NOT_BEFORE, NOT_AFTER = MinValueValidator(date(1945, 1, 1)), MaxValueValidator(date(2199, 12, 31))
THINGS = (
    *("offices.user", "offices.membership", "offices.invitation", "offices.office", "offices.official"),
    *("offices.position", "offices.appointment", "offices.region", "news.article", "news.edition", "news.event"),
    "news.demand",
    *("news.eventseries", "news.photo", "news.attachment", "news.rubric", "news.tag"),
)


class DayInput(forms.DateInput):
    """The browser's own field for a day; what is none is not shown again, which HTML forbids."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")

    def format_value(self, value):
        shown = super().format_value(value)
        return shown if shown and DAY.fullmatch(shown) else None


class BookForm(forms.Form):
    """What a book is narrowed to, as it stands in the address."""

    orang = forms.CharField(label=_("Orang"), max_length=120, required=False, help_text=_("Nama atau nama pengguna."))
    dari = forms.DateField(label=_("Dari tanggal"), required=False, widget=DayInput, validators=[NOT_BEFORE])
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False, widget=DayInput, validators=[NOT_AFTER])
    people: tuple[str, ...] = ()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("dari") and cleaned.get("sampai") and cleaned["dari"] > cleaned["sampai"]:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal awal."))
        return cleaned

    def narrow(self, rows: QuerySet, zone: Any) -> QuerySet:
        """The rows that match everything asked; the days are those of `zone`, the last one included."""
        asked = self.cleaned_data
        if asked["orang"]:
            named = User.objects.filter(Q(username__iexact=asked["orang"]) | Q(name__icontains=asked["orang"]))
            who = Q()
            for column in self.people:
                who |= Q(**{f"{column}__in": named.values("pk")})
            rows = rows.filter(who)
        if asked["dari"]:
            rows = rows.filter(at__gte=datetime.combine(asked["dari"], time(), zone))
        if asked["sampai"]:
            rows = rows.filter(at__lt=datetime.combine(asked["sampai"] + timedelta(days=1), time(), zone))
        return rows

    def chosen(self) -> dict[str, str]:
        """The parameters that say the same again."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


class EntryForm(BookForm):
    jenis = forms.ChoiceField(label=_("Kejadian"), choices=[*EVERYTHING, *Kind.choices], required=False)
    benda = forms.ChoiceField(
        label=_("Jenis benda"),
        choices=lambda: [*EVERYTHING, *((label, kind_of_thing(label)) for label in THINGS)],
        required=False,
    )
    q = forms.CharField(label=_("Nama benda"), max_length=120, required=False)
    people = ("actor", "person")
    field_order = ("orang", "jenis", "benda", "q", "dari", "sampai")

    def narrow(self, rows, zone):
        asked = self.cleaned_data
        rows = super().narrow(rows, zone)
        rows = rows.filter(kind=asked["jenis"]) if asked["jenis"] else rows
        rows = rows.filter(thing_model=asked["benda"]) if asked["benda"] else rows
        return rows.filter(thing_name__icontains=asked["q"]) if asked["q"] else rows


class StepsForm(BookForm):
    jenis = forms.ChoiceField(label=_("Langkah"), choices=[*EVERYTHING, *Step.choices], required=False)
    q = forms.CharField(label=_("Judul"), max_length=120, required=False)
    people = ("actor",)
    field_order = ("orang", "jenis", "q", "dari", "sampai")

    def narrow(self, rows, zone):
        asked = self.cleaned_data
        rows = super().narrow(rows, zone)
        rows = rows.filter(step=asked["jenis"]) if asked["jenis"] else rows
        return rows.filter(edition__headline__icontains=asked["q"]) if asked["q"] else rows


@admin.register(Entry)
class EntryAdmin(OfficeScopedAdmin):
    """Read, narrowed and taken along as a file; a row is never added or changed from here."""

    fields = readonly_fields = ("moment", "kind", "actor", "person", "office", "thing_name", "note", "address")

    @admin.display(description=_("pada"))
    def moment(self, entry):
        return short_time(entry.at, entry.office.region if entry.office else timezone.get_default_timezone())

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("export/", wrap(self.export_view), name="offices_entry_export"),
            path("steps/", wrap(self.steps_view), name="offices_entry_steps"),
            path("steps/export/", wrap(self.steps_export_view), name="offices_entry_steps_export"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor", "person", "office__region")

    def changelist_view(self, request, extra_context=None):
        return self._book(request, EntryForm, entries_for, "offices_entry_export", _("Jejak audit"))

    def steps_view(self, request):
        return self._book(request, StepsForm, steps_for, "offices_entry_steps_export", _("Langkah naskah"))

    def export_view(self, request):
        return self._file(request, EntryForm, entries_for, file_of_entries, "jejak-audit")

    def steps_export_view(self, request):
        return self._file(request, StepsForm, steps_for, file_of_steps, "langkah-naskah")

    def _book(
        self, request: HttpRequest, form_class: type[BookForm], rows_for: Callable, export: str, title: Any
    ) -> HttpResponse:
        form, rows = self._asked(request, form_class, rows_for)
        page = page_of(rows, request.GET, field="at", size=ROWS_A_PAGE)
        for row in page.rows:
            row.thing = kind_of_thing(getattr(row, "thing_model", ""))
        address = reverse(f"admin:{export}")
        chosen = form.chosen() if form.is_valid() else {}
        context = {
            **self.admin_site.each_context(request),
            **page.links(request.path, chosen),
            "title": title,
            "opts": self.opts,
            "form": form,
            "rows": page.rows,
            "zone": zone_for(request.user),
            "is_steps": form_class is StepsForm,
            "export_url": f"{address}?{request.GET.urlencode()}" if chosen else address,
        }
        status = 200 if form.is_valid() else 400
        return TemplateResponse(request, "admin/offices/entry/book.html", context, status=status)

    def _file(
        self,
        request: HttpRequest,
        form_class: type[BookForm],
        rows_for: Callable,
        file_of: Callable[..., Iterator[str]],
        name: str,
    ) -> StreamingHttpResponse:
        form, rows = self._asked(request, form_class, rows_for)
        if not form.is_valid():
            raise BadRequest(_("Saringan ini tidak dapat dipahami."))
        response = StreamingHttpResponse(file_of(rows, zone_for(request.user)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}_{timezone.localdate()}.csv"'
        return response

    @staticmethod
    def _asked(request: HttpRequest, form_class: type[BookForm], rows_for: Callable) -> tuple[BookForm, QuerySet]:
        """The form as it was sent, and the rows it leaves; a filter in Django's own way is none of ours."""
        if not reads_trail(request.user):
            raise PermissionDenied
        if any("__" in parameter for parameter in request.GET):
            raise BadRequest
        form = form_class(request.GET)
        rows = rows_for(request.user)
        return form, form.narrow(rows, zone_for(request.user)) if form.is_valid() else rows.none()
