"""Duplicating an article as a new draft, from the article's own page."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from news.duplicating import duplicate
from news.models import Article
from offices.models import Office
from offices.workplace import chosen_office, workplaces


class Duplicable:
    """Mixed into the article's admin page: a button and what it does."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = path("<int:article_id>/duplicate/", wrap(self.duplicate_view), name="news_article_duplicate")
        return [own, *super().get_urls()]

    def duplicate_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        edition = self.edition_of(request, article_id)
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        copy = duplicate(edition, by=request.user, office=_office_in(request))
        self.log_addition(request, copy, _("Digandakan dari “%(headline)s”.") % {"headline": edition.headline})
        messages.success(request, _("Ini draf baru dengan isi yang sama. Yang lama tidak berubah."))
        if copy.article.office_id != edition.article.office_id and edition.photos.exists():
            messages.warning(request, _("Foto tidak ikut, karena tersimpan di pustaka kantor asalnya."))
        return self._back_to(copy)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["duplicate_offices"] = self._duplicate_offices(request, obj.article)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _duplicate_offices(self, request: HttpRequest, article: Article) -> list[Office]:
        """The offices in which a copy may begin, the natural one first; none for those who do not write here."""
        own = workplaces(request.user)
        if article.office not in own:
            return []
        first = chosen_office(request) or article.office
        return sorted(own, key=lambda office: office != first)


def _office_in(request: HttpRequest) -> Office | None:
    """The office that the form names, None where it names none. Raises `PermissionDenied` for one not one's own."""
    key = request.POST.get("office", "")
    if not key:
        return None
    for office in workplaces(request.user):
        if str(office.pk) == key:
            return office
    raise PermissionDenied
