"""The beacon by which a reader's browser says that an article was read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from news.reads import is_machine, waiting

LARGEST_NUMBER = 2**63 - 1


@csrf_exempt
@require_POST
@never_cache
def article_read(request: HttpRequest, article_id: int) -> HttpResponse:
    """Note one read. The answer is 204 whatever happens, so that it tells nothing of what exists.

    There is no cookie a token could be bound to; instead the browser must say that the request comes from a page of
    ours.
    """
    machine = is_machine(request.headers.get("User-Agent", ""))
    if article_id <= LARGEST_NUMBER and not machine and _comes_from_a_page_of_ours(request):
        waiting.note(article_id)
    return HttpResponse(status=204)


def _comes_from_a_page_of_ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return site == "same-origin" and origin.partition("://")[2] == request.get_host()
