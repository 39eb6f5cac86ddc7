"""Preview links for outside checkers in the newsroom: made, listed and revoked beside their article."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from news.models import Edition, ShareLink
from news.refusals import NotNow
from news.sharelinks import LONGEST, SHORTEST, USUAL, may_revoke, may_share, open_links, revoke, share
from offices.links import absolute
from offices.scope import rows_in_scope

MOST_LISTED = 50


class ShareForm(forms.Form):
    """Whom a link is for, and how long it lasts."""

    checker = ShareLink._meta.get_field("checker").formfield()
    days = forms.IntegerField(
        label=gettext_lazy("Berlaku berapa hari"), min_value=SHORTEST, max_value=LONGEST, initial=USUAL
    )


class ShareLinkPages:
    """Mixed into the page of articles."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/share/", wrap(never_cache(self.share_view)), name="news_article_share"),
            path(
                "<int:article_id>/share/<int:link_id>/revoke/", wrap(self.revoke_view), name="news_article_share_revoke"
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["open_share_links"] = open_links(obj, timezone.now()).count() if obj.is_working else 0
        return super().render_change_form(request, context, add, change, form_url, obj)

    def share_view(self, request, article_id):
        """The links of the article; a POST makes one and shows it, once."""
        edition = self.edition_of(request, article_id)
        if request.method != "POST":
            return self._share_page(request, edition, ShareForm())
        form = ShareForm(request.POST)
        if not form.is_valid():
            if not may_share(request.user, edition):
                raise PermissionDenied
            return self._share_page(request, edition, form, status=400)
        try:
            link, token = share(edition, by=request.user, **form.cleaned_data)
        except NotNow as refusal:
            return self._refused(request, edition, refusal)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._share_page(request, edition, form, status=400)
        address = absolute(request, reverse("shared_edition", args=[token]))
        return self._share_page(request, edition, ShareForm(), made=link, address=address)

    def _share_page(
        self, request: HttpRequest, edition: Edition, form: ShareForm, status: int = 200, **shown: object
    ) -> HttpResponse:
        links = rows_in_scope(request.user, ShareLink.objects.filter(edition__article=edition.article_id))
        links = links.select_related("edition__article__office__region", "created_by", "revoked_by")
        opened = set(open_links(edition, timezone.now()).values_list("pk", flat=True)) if edition.is_working else set()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Tautan pratinjau: %s") % edition.headline,
            "opts": self.opts,
            "article": edition.article,
            "region": edition.article.office.region,
            "headline": edition.headline,
            "form": form if may_share(request.user, edition) else None,
            "rows": [
                {"link": link, "is_open": link.pk in opened, "may_revoke": may_revoke(request.user, link)}
                for link in links[:MOST_LISTED]
            ],
            **shown,
        }
        return TemplateResponse(request, "admin/news/article/share.html", context, status=status)

    def revoke_view(self, request, article_id, link_id):
        """Close one link of this article."""
        edition = self.edition_of(request, article_id)
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman tautan pratinjau."))
        links = rows_in_scope(request.user, ShareLink.objects.filter(edition__article=edition.article_id))
        link = links.select_related("edition__article__office__region__parent").filter(pk=link_id).first()
        if link is None:
            raise Http404
        try:
            revoke(link, by=request.user)
        except NotNow as refusal:
            return self._refused(request, edition, refusal)
        messages.success(request, _("Tautan untuk %s sudah dicabut.") % link.checker)
        return HttpResponseRedirect(reverse("admin:news_article_share", args=[edition.article_id]))
