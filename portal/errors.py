"""What readers see when a page cannot be shown."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.utils.translation import gettext as _

from news.views.errors import missing


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: plain text, because such a request may break a page too."""
    text = _("Permintaan ini tidak dapat dibaca. Periksa alamatnya, lalu coba lagi.")
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, whatever the reason."""
    return missing(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without a context: nothing here may fail again."""
    return HttpResponseServerError(loader.get_template("500.html").render())
