"""One's own notices and settings, as pages of the newsroom: nobody opens those of somebody else."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from news.inbox import mark_read, notices_of
from news.models import NoticePreference
from news.paging import page_of
from news.wording import address_of, clock_of, sentence_of, step_left_by
from offices.models.regions import ZONES

EVERYTHING = {"tampil": "semua"}
LARGEST_KEY = 2**63 - 1


@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """What the person has been told, the unread alone unless everything is asked for."""
    shows_all = request.GET.get("tampil") == EVERYTHING["tampil"]
    rows = notices_of(request.user).select_related("actor", "edition")
    page = page_of(rows if shows_all else rows.filter(read_at=None), request.GET, "created_at")
    for notice in page.rows:
        notice.sentence, notice.next_step = sentence_of(notice), step_left_by(notice)
    context = {
        **admin.site.each_context(request),
        "title": _("Pemberitahuan"),
        "notices": page.rows,
        "newest": page.rows[0].pk if page.rows and page.is_first else None,
        "shows_all": shows_all,
        "clock": clock_of(request.user),
        **page.links(request.path, EVERYTHING if shows_all else {}),
    }
    return TemplateResponse(request, "admin/notices.html", context)


def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read what was there when the page was shown; what came since stays unread."""
    newest = request.POST.get("newest", "")
    if request.method != "POST" or not (newest.isascii() and newest.isdigit()):
        raise BadRequest(_("Gunakan tombol pada halaman pemberitahuan."))
    mark_read(notices_of(request.user).filter(pk__lte=min(int(newest[:20]), LARGEST_KEY)))
    messages.success(request, _("Semua pemberitahuan ditandai sudah dibaca."))
    return HttpResponseRedirect(reverse("admin:notices"))


def read_one(request: HttpRequest, notice_id: int, then: str) -> HttpResponse:
    """Mark one notice as read, and go on to what it speaks of, or back to the list."""
    notice = get_object_or_404(notices_of(request.user), pk=notice_id)
    if request.method != "POST" or then not in ("open", "stay"):
        raise BadRequest(_("Gunakan tombol pada halaman pemberitahuan."))
    mark_read(notices_of(request.user).filter(pk=notice.pk))
    return HttpResponseRedirect(address_of(notice) if then == "open" else reverse("admin:notices"))


class PreferenceForm(forms.ModelForm):
    """How to be told; the hours are shown on the clock of the person's office."""

    class Meta:
        model = NoticePreference
        fields = ("channel", "digest_hour")
        widgets = {"channel": forms.RadioSelect}

    def __init__(self, *args, clock, **kwargs):
        super().__init__(*args, **kwargs)
        hours = [(hour, f"{hour:02}.00 {ZONES[clock.key]}") for hour in range(24)]
        self.fields["digest_hour"] = forms.TypedChoiceField(
            label=_("Jam ringkasan"), choices=hours, coerce=int, help_text=_("Berlaku bila Anda memilih ringkasan.")
        )


@never_cache
def preferences(request: HttpRequest) -> HttpResponse:
    """The person's own settings."""
    stored = NoticePreference.objects.filter(user=request.user.pk).first() or NoticePreference(user=request.user)
    form = PreferenceForm(request.POST or None, instance=stored, clock=clock_of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Pengaturan Anda tersimpan."))
        return HttpResponseRedirect(reverse("admin:preferences"))
    context = {**admin.site.each_context(request), "title": _("Pengaturan saya"), "form": form}
    return TemplateResponse(request, "admin/preferences.html", context)


def pages(wrap) -> list:
    """The addresses of these pages, behind the newsroom's door `wrap`."""
    return [
        path("notices/", wrap(inbox), name="notices"),
        path("notices/read/", wrap(read_all), name="notices_read"),
        path("notices/<int:notice_id>/<str:then>/", wrap(read_one), name="notice_read"),
        path("preferences/", wrap(preferences), name="preferences"),
    ]
