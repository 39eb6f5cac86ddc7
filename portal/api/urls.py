"""The addresses of the API, all behind the door for programs; whatever is not among them is a problem document too."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, path, re_path, resolve
from ninja.responses import Response

from offices.programs import open_to_programs
from portal.api.reference import reference
from portal.api.schema import api, described_api

app_name = "api"


def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return Response(described_api())


def elsewhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address without its last slash leads to the one with it; any other is nothing."""
    if rest and not rest.endswith("/"):
        try:
            found = resolve(f"{request.path_info}/")
        except Resolver404:
            raise Http404 from None
        if found.url_name != "elsewhere":
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    raise Http404


def _operations():
    """What ninja routes, without its own first page."""
    for pattern in api.urls[0]:
        if pattern.name != "api-root":
            pattern.callback = open_to_programs(pattern.callback)
            yield pattern


urlpatterns = [
    path("", open_to_programs(reference), name="api-root"),
    path("openapi.json", open_to_programs(openapi), name="openapi"),
    *_operations(),
    re_path(r"^(?P<rest>[\s\S]*)$", open_to_programs(elsewhere), name="elsewhere"),
]
