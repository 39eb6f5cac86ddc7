"""Replacing a photo: a new file that remembers what it replaces, and its place in the editions being written."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from news.access import may_write
from news.admin.photo_forms import WORDS, UploadForm
from news.models import Edition, Photo
from news.refusals import NotNow
from news.replacing import swap_photo, working_editions_with
from news.states import State
from offices.models import Office


class ReplaceForm(UploadForm):
    """The better file, with the words of the photo it replaces to begin with; it goes to the same library."""

    office = None

    def __init__(self, *args, photo, **kwargs):
        initial = {name: getattr(photo, name) for name in WORDS}
        forms.ModelForm.__init__(self, *args, initial=initial, **kwargs)
        self.fields["file"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"


class PhotoReplacing:
    """Mixed into the admin of photos."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:key>/replace/", wrap(self.replace_view), name="news_photo_replace"),
            path("<int:key>/swap/", wrap(self.swap_view), name="news_photo_swap"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["replace_url"] = reverse("admin:news_photo_replace", args=[obj.pk])
            context["relatives"] = [
                (label, photo, reverse("admin:news_photo_change", args=[photo.pk])) for label, photo in _relatives(obj)
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _changeable(self, request: HttpRequest, key: int) -> Photo:
        photo = self.get_object(request, str(key))
        if not self.has_change_permission(request, photo):
            raise PermissionDenied
        return photo

    def replace_view(self, request, key):
        """Take the better file in, outside any transaction, and offer to show it in what is being written."""
        photo = self._changeable(request, key)
        form = ReplaceForm(request.POST or None, request.FILES or None, photo=photo)
        if request.method == "POST" and form.is_valid():
            office = Office.objects.select_related("region").get(pk=photo.office_id)
            newer = self.stored(request, form, office=office, replaces=photo)
            if newer:
                return HttpResponseRedirect(reverse("admin:news_photo_swap", args=[newer.pk]))
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "opts": self.opts,
            "title": _("Ganti berkas: %s") % photo,
            "note": _(
                "Berkas baru menjadi foto tersendiri di pustaka. Berita yang sudah terbit tetap memakai foto lama; "
                "pada langkah berikut Anda memilih naskah mana yang memakai foto baru."
            ),
        }
        return TemplateResponse(request, "admin/news/photo/upload.html", context, status=400 if form.errors else 200)

    def swap_view(self, request, key):
        """Where the replaced photo stands in editions being written; a POST swaps it in those that were chosen."""
        photo = self._changeable(request, key)
        editions = list(working_editions_with(photo.replaces, request.user)) if photo.replaces else []
        if request.method == "POST":
            for edition in editions:
                if version := request.POST.get(f"edition-{edition.pk}"):
                    self._swap(request, edition, photo, version)
            return self.back_to(photo)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Pakai foto baru dalam naskah"),
            "photo": photo,
            "rows": [(edition, may_write(request.user, edition)) for edition in editions],
            "back": reverse("admin:news_photo_change", args=[photo.pk]),
        }
        return TemplateResponse(request, "admin/news/photo/swap.html", context)

    @staticmethod
    def _swap(request: HttpRequest, edition: Edition, photo: Photo, version: str) -> None:
        """Swap in one edition, and say how it went; a refusal changes nothing of it."""
        named = {"headline": edition.headline}
        seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        try:
            stored = swap_photo(edition, old=photo.replaces, new=photo, by=request.user, version=seen)
        except PermissionDenied:
            messages.warning(request, _("“%(headline)s”: naskah ini tidak dapat Anda ubah.") % named)
        except (NotNow, ValidationError) as refusal:
            sentence = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
            messages.warning(request, f"“{edition.headline}”: {sentence}")
        else:
            messages.success(request, _("“%(headline)s” kini memakai foto baru.") % named)
            if edition.state == State.APPROVED != stored.state:
                messages.warning(request, _("Persetujuan “%(headline)s” batal; naskah harus diperiksa lagi.") % named)


def _relatives(photo: Photo):
    if photo.replaces:
        yield _("Mengganti"), photo.replaces
    for newer in photo.replacements.all():
        yield _("Diganti oleh"), newer
