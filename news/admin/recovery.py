"""What was typed and not saved: kept while one types, offered when the form is opened again."""

import json
import secrets

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from news.admin.conflicts import shown_again
from news.admin.owners import ACCOUNT, refusal_of_anothers
from news.models import Edition, UnsavedText
from news.refusals import NotNow
from news.unsaved import TooLong, forget, is_key, keep, kept_under, typed_in
from offices.scope import EDIT, in_scope
from offices.templatetags.dates import short_time
from offices.workplace import first_office


class RecoveryPages:
    """Mixed into the page of an article; all of it concerns only the person who asks."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        keep_view, forget_view = wrap(require_POST(self.keep_typed_view)), wrap(require_POST(self.forget_typed_view))
        return [
            path("unsaved/", keep_view, name="news_article_keep_new"),
            path("<int:article_id>/unsaved/", keep_view, name="news_article_keep_typed"),
            path("unsaved/<str:key>/forget/", forget_view, name="news_article_forget"),
            *super().get_urls(),
        ]

    def keep_typed_view(self, request: HttpRequest, article_id: int | None = None) -> JsonResponse:
        """Keep the fields of an open form; a refusal answers with its sentence, and what was kept before stays."""
        try:
            sent = json.loads(request.body)
            if refusal := refusal_of_anothers(request, sent.get("account")):
                return JsonResponse({"sentence": refusal}, status=409)
            edition = self._edition_to_type_in(request, article_id)
            row = keep(request.user, str(sent["key"]), sent["typed"], edition)
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError) as error:
            raise BadRequest from error
        except NotNow as refusal:
            status = 413 if isinstance(refusal, TooLong) else 400
            return JsonResponse({"sentence": str(refusal)}, status=status)
        return JsonResponse({"kept_at": short_time(row.kept_at, _region(request, edition))})

    def _edition_to_type_in(self, request: HttpRequest, article_id: int | None) -> Edition | None:
        """The edition whose office the person writes for, in whatever state it is meanwhile; None for a new article."""
        if article_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        edition = self.edition_of(request, article_id)
        if not in_scope(request.user, edition, EDIT):
            raise PermissionDenied
        return edition

    def forget_typed_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Throw away what the person kept, and go back to the form it was typed into."""
        row = _own(request, key)
        forget(request.user, key)
        if row.edition is None:
            return HttpResponseRedirect(reverse("admin:news_article_add"))
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[row.edition.article_id]))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Where a kept text is asked for, the form with it, not saved; it then goes the way of any form.

        What another account typed is shown again, not saved, and stays that account's.
        """
        if request.method == "POST" and "_restore" in request.POST:
            row = _own(request, request.POST["_restore"])
            if (str(row.edition.article_id) if row.edition else None) != object_id:
                raise Http404
            request.POST = shown_again({**typed_in(row), "unsaved_key": row.key})
        elif request.method == "POST" and (refusal := refusal_of_anothers(request, request.POST.get(ACCOUNT))):
            return self._shown_again(request, object_id, [refusal])
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        sent = request.POST.get("unsaved_key", "")
        key = sent if is_key(sent) else secrets.token_urlsafe(16)
        kept = UnsavedText.objects.written_by(request.user).exclude(key=key).defer("content").order_by("-kept_at")
        mine = kept.filter(edition__article=obj.article_id) if obj is not None else kept.filter(edition=None)
        may_type = add or in_scope(request.user, obj, EDIT)
        context.update(
            unsaved_key=key,
            account=request.POST.get(ACCOUNT) or str(request.user.pk),
            kept_texts=list(mine) if may_type else [],
            kept_region=_region(request, obj) if may_type else None,
            keep_url=(
                reverse("admin:news_article_keep_new")
                if obj is None
                else reverse("admin:news_article_keep_typed", args=[obj.article_id])
            ),
        )
        return super().render_change_form(request, context, add, change, form_url, obj)


def _own(request: HttpRequest, key: str) -> UnsavedText:
    row = kept_under(request.user, key).select_related("edition").first()
    if row is None:
        raise Http404
    return row


def _region(request: HttpRequest, edition: Edition | None):
    """Whose clock is shown: that of the text's office, else of the one the person writes for."""
    if edition is not None:
        return edition.article.office.region
    return first_office(request).region
