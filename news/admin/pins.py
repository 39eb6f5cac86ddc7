"""Pinning an article to its office's front page, from the article's own page."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import Article, Pin
from news.pinning import MOST_DAYS, may_pin, pin_article, unpin_article
from news.refusals import NotNow
from news.states import PublicState
from offices.templatetags.dates import long_date


class PinForm(forms.Form):
    """Up to and including which day."""

    last_day = forms.DateField()


class Pinnable:
    """Mixed into the article's admin page: two buttons and what they do."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/pin/", wrap(self.pin_view), name="news_article_pin"),
            path("<int:article_id>/unpin/", wrap(self.unpin_view), name="news_article_unpin"),
            *super().get_urls(),
        ]

    def pin_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        edition = self.edition_of(request, article_id)
        form = PinForm(request.POST)
        if request.method != "POST" or not form.is_valid():
            raise BadRequest(_("Pilih harinya, lalu coba lagi."))
        try:
            pin = pin_article(edition.article, by=request.user, last_day=form.cleaned_data["last_day"])
        except NotNow as refusal:
            return self._refused(request, edition, refusal)
        day = long_date(pin.last_day, None)
        self.log_change(request, edition, _("Disematkan sampai dengan %(day)s.") % {"day": day})
        messages.success(request, _("Berita ini disematkan di halaman kantor sampai dengan %(day)s.") % {"day": day})
        return self._back_to(edition)

    def unpin_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        edition = self.edition_of(request, article_id)
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        unpin_article(edition.article, by=request.user)
        self.log_change(request, edition, _("Sematan dilepas."))
        messages.success(request, _("Berita ini tidak lagi disematkan."))
        return self._back_to(edition)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context.update(self._pin_of(request, obj.article))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _pin_of(self, request: HttpRequest, article: Article) -> dict:
        """What the page shows about pinning to whoever arranges the office's front page; else nothing."""
        if article.public_state != PublicState.LIVE or not may_pin(request.user, article):
            return {}
        today = article.office.local_day(timezone.now())
        return {
            "may_pin": True,
            "pin": Pin.objects.filter(article=article).shown_on(today).first(),
            "first_pin_day": today,
            "last_pin_day": today + timedelta(days=MOST_DAYS),
            "suggested_pin_day": today + timedelta(days=7),
        }
