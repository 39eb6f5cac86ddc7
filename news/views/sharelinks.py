"""What an outside checker sees: an edition before its publication, for as long as the link is open."""

from collections.abc import Callable
from functools import partial, wraps

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.attachments import documents_of, download
from news.models import Attachment, Edition, ShareLink
from news.sharelinks import is_open, link_of, note_opening
from news.states import PublicState
from news.views.articles import OFFICE, preview_of
from offices.templatetags.dates import long_time

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
ROBOTS = "noindex, nofollow"


def secluded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Whatever `view` answers, one and the same 404 included, is neither kept nor indexed nor told to other sites."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = render(request, "404.html", {"robots": ROBOTS}, status=404)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return guarded


@secluded
@require_safe
def shared_edition(request: HttpRequest, token: str) -> HttpResponse:
    """The edition as it stands now; 410 with a sentence once the link is closed, 404 for what is no link."""
    link, now = _link_or_404(token), timezone.now()
    if not is_open(link, now):
        return _closed(request, link)
    if request.method == "GET":
        note_opening(link, now)
    edition = Edition.objects.with_content().select_related(OFFICE, "article__rubric").get(pk=link.edition_id)
    for row in edition.photos.all():
        row.address_at = partial(_photo_address, token, row.photo_id)
    context = preview_of(request, edition)
    context["documents"] = documents_of(edition, partial(_document_address, token))
    context.update(shared=link, robots=ROBOTS)
    return render(request, "news/article_detail.html", context)


def _photo_address(token: str, photo_id: int, width: int) -> str:
    return reverse("shared_photo", args=[token, photo_id, width])


@secluded
@require_safe
def shared_photo(request: HttpRequest, token: str, photo_id: int, width: int) -> HttpResponseBase:
    """A rendition of a photo that stands in the shared edition, while the link is open; else 404."""
    link = _link_or_404(token)
    photos = {row.photo_id: row.photo for row in link.edition.photos.select_related("photo")}
    photo = photos.get(photo_id)
    if photo is None or width not in photo.widths or not is_open(link, timezone.now()):
        raise Http404
    try:
        file = storages["private"].open(photo.rendition_name(width))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp")


def _document_address(token: str, attachment: Attachment) -> str:
    return reverse("shared_document", args=[token, attachment.pk])


@secluded
@require_safe
def shared_document(request: HttpRequest, token: str, attachment_id: int) -> HttpResponseBase:
    """A document that is attached to the shared edition, while the link is open; else 404."""
    link = _link_or_404(token)
    documents = {row.attachment_id: row.attachment for row in link.edition.attachments.select_related("attachment")}
    if attachment_id not in documents or not is_open(link, timezone.now()):
        raise Http404
    return download(documents[attachment_id])


def _link_or_404(token: str) -> ShareLink:
    link = link_of(token)
    if link is None:
        raise Http404
    return link


def _closed(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """Why the link opens nothing any more, and the public page where there is one."""
    article = link.edition.article
    context = {
        "reason": _reason(link),
        "address": article.get_absolute_url() if article.public_state == PublicState.LIVE else "",
        "robots": ROBOTS,
    }
    return render(request, "news/share_closed.html", context, status=410)


def _reason(link: ShareLink) -> str:
    edition = link.edition
    if edition.published_at:
        return _("Naskah yang dibagikan sudah selesai diperiksa dan terbit.")
    if not edition.is_working:
        return _("Naskah yang dibagikan tidak dilanjutkan.")
    if link.revoked_at or timezone.now() < link.expires_at:
        return _("Redaksi menutup tautan ini.")
    until = long_time(link.expires_at, edition.article.office.region)
    return _("Tautan ini berlaku sampai %(until)s.") % {"until": until}
