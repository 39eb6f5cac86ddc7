"""The page on which an editor changes the address of a published article."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.addresses import change_address, check_address, may_change_address, slug_from
from news.models import Edition
from news.refusals import AddressTaken, NotNow


class AddressForm(forms.Form):
    """What the verb refuses is said by the verb; here only what no column could be asked about."""

    slug = forms.CharField(
        label=gettext_lazy("Alamat baru"),
        max_length=120,
        help_text=gettext_lazy("Huruf kecil, angka, dan tanda hubung. Alamat lama tetap mengantar pembaca kemari."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class AddressPages:
    """Mixed into the page of an article: see the present address, type another, confirm it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.address_view)
        return [path("<int:article_id>/address/", view, name="news_article_address"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_change_address"] = obj is not None and may_change_address(request.user, obj.article)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def address_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """A GET and a POST without a confirmation change nothing; what is refused answers 409 at the first press."""
        edition = self.edition_of(request, article_id)
        if not may_change_address(request.user, edition.article):
            raise PermissionDenied
        wished = {"slug": slug_from(edition.headline)}
        form = AddressForm(request.POST if request.method == "POST" else None, initial=wished)
        if not form.is_valid():
            return self._address_page(request, edition, form)
        slug = form.cleaned_data["slug"]
        try:
            if not form.cleaned_data["confirmed"]:
                check_address(edition.article, slug)
                return self._address_page(request, edition, form, asked=slug)
            change_address(edition.article, slug, by=request.user)
        except NotNow as refusal:
            return self._address_refused(request, edition, refusal)
        self.message_user(request, _("Alamat diganti. Alamat lama mengantar pembaca ke alamat baru."))
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article_id]))

    def _address_refused(self, request: HttpRequest, edition: Edition, refusal: NotNow) -> HttpResponse:
        free = refusal.suggestion if isinstance(refusal, AddressTaken) else ""
        form = AddressForm(initial={"slug": free or request.POST["slug"]})
        said = {"refusal": str(refusal), "is_taken": bool(free)}
        return self._address_page(request, edition, form, status=409, **said)

    def _address_page(
        self, request: HttpRequest, edition: Edition, form: AddressForm, *, status: int = 200, **extra: Any
    ) -> HttpResponse:
        article = edition.article
        context = {
            **self.admin_site.each_context(request),
            "title": _("Ganti alamat"),
            "opts": self.opts,
            "article": article,
            "headline": edition.headline,
            "form": form,
            "prefix": article.get_absolute_url().removesuffix(f"{article.slug}/"),
            "changes": article.address_changes.select_related("actor").order_by("-pk"),
            "region": article.office.region,
            **extra,
        }
        return TemplateResponse(request, "admin/news/article/address.html", context, status=status)
